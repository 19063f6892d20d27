"""A backup that is not exactly what was packed is refused, and nothing is unpacked outside its place."""

import hashlib
import io
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.operations.archive import Manifest, Packer, contents, verify
from storage.db import sqlite_file

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PHOTO = b"a photo" * 500
PHOTO_NAME = f"media/{hashlib.sha256(PHOTO).hexdigest()[:2]}/{hashlib.sha256(PHOTO).hexdigest()}"


def silent(_: str, __: int, ___: int) -> None:
    """Progress that nobody reads."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small backup."""
    source, path = tmp_path / "source", tmp_path / "backup.tar"
    with path.open("wb") as file:
        packer = Packer(file)
        for name, content in (("media/in-hand/zalo-100.json", b"{}"), ("bot.db", b"data"), (PHOTO_NAME, PHOTO)):
            source.write_bytes(content)
            packer.add(name, source)
        packer.finish(NOW, "0001")
    return path


def test_what_was_packed_comes_out(archive: Path) -> None:
    manifest = verify(archive, silent)
    assert (manifest.made_at, manifest.schema, manifest.media) == (NOW, "0001", 2)
    unpacked = {name: content.read() for name, content in contents(archive)}
    assert unpacked == {"media/in-hand/zalo-100.json": b"{}", "bot.db": b"data", PHOTO_NAME: PHOTO}


def test_a_changed_byte_anywhere_in_a_file_is_noticed(archive: Path) -> None:
    whole = archive.read_bytes()
    for at in (whole.index(PHOTO), whole.index(PHOTO) + len(PHOTO) - 1, whole.index(b"data")):
        changed = bytearray(whole)
        changed[at] ^= 1
        archive.write_bytes(changed)
        with pytest.raises(UsageError, match="not what was packed"):
            verify(archive, silent)


def test_a_backup_that_was_cut_off_is_refused_wherever_it_ends(archive: Path) -> None:
    whole = archive.read_bytes()
    end = whole.index(b'"format"')
    for length in (0, 100, 512, 1_024, 2_000, 4_096, end - 600, end):
        archive.write_bytes(whole[:length])
        with pytest.raises(UsageError, match="no backup that can be trusted"):
            verify(archive, silent)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.tar"
    path.write_bytes(b"Dear committee, " * 1_000)
    with pytest.raises(UsageError, match="no archive at all"):
        verify(path, silent)


def named(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = 4
    return info


def link(kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo("secret")
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    "intruder",
    [
        *(named(name) for name in ("../evil", "/etc/cron.d/evil", "media/../../evil", "media/in-hand/../../x.json")),
        *(named(name) for name in ("bot.db-wal", "media/ab/notahash", ".env", "bot.db\n")),
        named("bot.db"),
        named("secret"),
        link(tarfile.SYMTYPE),
        link(tarfile.LNKTYPE),
        link(tarfile.FIFOTYPE),
        link(tarfile.DIRTYPE),
    ],
    ids=lambda info: f"{info.name!r} of type {info.type!r}",
)
def test_whatever_else_stands_in_it_is_refused(archive: Path, intruder: tarfile.TarInfo) -> None:
    with tarfile.open(archive, "a") as tar:
        tar.addfile(intruder, io.BytesIO(b"evil"))
    with pytest.raises(UsageError, match="no backup that can be trusted"):
        verify(archive, silent)


def rewritten(archive: Path, change: Callable[[Manifest], bytes]) -> None:
    """The same files with another list."""
    manifest = change(verify(archive, silent))
    files = [(name, content.read()) for name, content in contents(archive)]
    with tarfile.open(archive, "w") as tar:
        for name, content in [*files, ("manifest.json", manifest)]:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"format": 2}', b"\xff", b'{"format": 1, "made_at": 5}'])
def test_a_list_that_cannot_be_read_is_refused(archive: Path, text: bytes) -> None:
    rewritten(archive, lambda _: text)
    with pytest.raises(UsageError, match="its list cannot be read"):
        verify(archive, silent)


def test_a_file_that_is_listed_but_not_there_is_noticed(archive: Path) -> None:
    rewritten(archive, lambda kept: kept.to_json().replace(b'"bot.db"', b'"secret"'))
    with pytest.raises(UsageError, match=r"bot\.db is not what was packed"):
        verify(archive, silent)


def test_only_what_has_a_place_is_packed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with (tmp_path / "b.tar").open("wb") as file, pytest.raises(ValueError, match="has no place"):
        Packer(file).add("../x", tmp_path / "x")


def test_a_copy_is_of_one_moment_though_others_write(tmp_path: Path) -> None:
    source, stop = tmp_path / "bot.db", threading.Event()
    with closing(sqlite3.connect(source, isolation_level=None, check_same_thread=False)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE one (x)")
        writer.execute("CREATE TABLE other (x)")
        writer.execute(
            "CREATE TABLE bulk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000)"
            " SELECT randomblob(2000) AS x FROM n"
        )
        seen: list[int] = []

        def write() -> None:
            while not stop.is_set():
                writer.execute("BEGIN")
                writer.execute("INSERT INTO one VALUES (1)")
                writer.execute("INSERT INTO other VALUES (1)")
                writer.execute("COMMIT")

        writing = threading.Thread(target=write)
        writing.start()
        try:
            sqlite_file.copy(source, tmp_path / "copy.db", lambda done, _: seen.append(done))
        finally:
            stop.set()
            writing.join()
    assert len(seen) > 2, "copied in steps"
    assert seen == sorted(seen), "and never begun anew"
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        [counts] = copy.execute("SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM other)").fetchall()
    assert counts[0] == counts[1]
