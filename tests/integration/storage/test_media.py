"""Files by their content: whole or absent, once, and swept when nobody names them."""

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import pytest

from storage.files.media import RESERVE, MediaFull, MediaStore

CONTENT = b"photo"
NAME = hashlib.sha256(CONTENT).hexdigest()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def aged(store: MediaStore, sha256: str) -> Path:
    path = store.path(sha256)
    os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    return path


def files(store: MediaStore) -> list[str]:
    return sorted(path.name for path in store.path(NAME).parent.parent.glob("??/*"))


def test_a_file_is_found_under_its_content(store: MediaStore) -> None:
    assert store.put(CONTENT) == NAME
    assert store.path(NAME).read_bytes() == CONTENT
    assert store.path(NAME).parent.name == NAME[:2]


def test_the_same_content_twice_is_one_file(store: MediaStore) -> None:
    assert store.put(CONTENT) == store.put(CONTENT)
    assert files(store) == [NAME]


def test_the_file_is_on_the_disk_before_it_has_its_name(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    flush = os.fsync

    def watched(handle: int) -> None:
        seen.append(store.path(NAME).exists())
        flush(handle)

    monkeypatch.setattr(os, "fsync", watched)
    store.put(CONTENT)
    assert seen == [False, True, True]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing_behind(
    store: MediaStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_handle: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MediaFull):
        store.put(CONTENT)
    assert files(store) == []


def test_another_error_of_the_disk_stays_what_it_is(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_handle: int) -> NoReturn:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken") as raised:
        store.put(CONTENT)
    assert not isinstance(raised.value, MediaFull)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME + "0", NAME[:-1] + "\n"])
def test_only_a_sha256_is_a_name(store: MediaStore, name: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        store.path(name)


def test_a_sweep_takes_old_files_that_nobody_names(store: MediaStore) -> None:
    orphan, named, fresh = (store.put(content) for content in (b"orphan", b"named", b"fresh"))
    aged(store, orphan)
    aged(store, named)
    assert store.sweep({named}, older_than=YESTERDAY) == 1
    assert files(store) == sorted([named, fresh])


def test_a_sweep_takes_what_a_crash_left_half_written(store: MediaStore) -> None:
    store.put(CONTENT)
    part = store.path(NAME).with_name(".part-abc")
    part.write_bytes(b"ha")
    os.utime(part, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    store.sweep({NAME}, older_than=YESTERDAY)
    assert files(store) == [NAME]


def test_putting_an_old_orphan_again_saves_it_from_the_sweep(store: MediaStore) -> None:
    aged(store, store.put(CONTENT))
    store.put(CONTENT)
    assert store.sweep(set(), older_than=YESTERDAY) == 0


def test_an_empty_store_has_nothing_to_sweep(store: MediaStore) -> None:
    assert store.sweep(set(), older_than=YESTERDAY) == 0


def test_what_nobody_wanted_is_dropped(store: MediaStore) -> None:
    store.drop(store.keep(BytesIO(CONTENT)))
    assert files(store) == []


def test_what_was_put_again_meanwhile_is_somebody_elses(store: MediaStore) -> None:
    mine = store.keep(BytesIO(CONTENT))
    others = store.keep(BytesIO(CONTENT))
    store.drop(mine)
    assert files(store) == [NAME]
    store.drop(others)
    assert files(store) == []


def test_files_leave_a_reserve_for_messages_and_reports(tmp_path: Path) -> None:
    left = [RESERVE + len(CONTENT), RESERVE + len(CONTENT) - 1]
    store = MediaStore(tmp_path / "media", free=lambda _: left[0])
    store.drop(store.keep(BytesIO(CONTENT)))
    del left[0]
    with pytest.raises(MediaFull):
        store.put(CONTENT)
    assert files(store) == []


def test_what_is_arriving_is_no_file_of_the_folder(store: MediaStore) -> None:
    with store.open_spool() as spool:
        spool.write(CONTENT)
        assert [path for path in store.path(NAME).parent.parent.rglob("*") if path.is_file()] == []
        assert store.keep(spool).sha256 == NAME
