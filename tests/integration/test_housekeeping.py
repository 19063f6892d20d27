"""One round of housekeeping, on real folders and rows."""

import asyncio
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.operations.housekeeping import DRAWN_AGE, ORPHAN_AGE, Housekeeping
from reports.gallery import Gallery
from reports.pictures.invitation import invitation_card
from storage.files.media import MediaStore
from tests.conversation import Town

CARD = invitation_card("https://bot.example/j/K7MX2QRT", "K7MX-2QRT", "Cán bộ", "Phường 10", date(2020, 11, 23), "vi")


def age(path: Path, by: timedelta) -> None:
    moment = (datetime.now(UTC) - by - timedelta(minutes=1)).timestamp()
    os.utime(path, (moment, moment))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_orphans_and_pictures_that_nobody_wants_go_and_a_wanted_one_stays(gv: Town, tmp_path: Path) -> None:
    store = MediaStore(tmp_path / "media")
    gallery = Gallery(tmp_path / "media" / "rendered", store)
    orphan = store.path(store.put(b"a photo of an interview that was never sent"))
    wanted = gallery.path_of(CARD)
    half = wanted.with_name("tmp-half-written")
    half.write_bytes(b"\x89PNG")
    age(orphan, ORPHAN_AGE)
    for path in (wanted, half):
        age(path, DRAWN_AGE)
    gallery.path_of(CARD)

    asyncio.run(Housekeeping(gv.database, store, gallery, lambda: gv.now).sweep())
    assert [path.exists() for path in (orphan, half, wanted)] == [False, False, True]

    age(wanted, DRAWN_AGE)
    asyncio.run(Housekeeping(gv.database, store, gallery, lambda: gv.now).sweep())
    assert not wanted.exists()
    assert gallery.path_of(CARD).exists()
