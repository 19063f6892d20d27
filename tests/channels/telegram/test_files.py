"""Files that people send: fetched after the commit, kept by their content, said when they are lost."""

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import insert, select

from channels.fetching import TRIES, Fetching
from channels.telegram.client import Client
from channels.telegram.files import TelegramFiles
from messages import decode
from storage import tables as t
from storage.db.database import Database
from storage.files.media import MediaStore
from tests.channels.telegram.support import NOW
from tests.fakes.telegram import FakeTelegram, Mishap


def jpeg() -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 30), "green").save(held, "JPEG")
    return held.getvalue()


class Desk:
    """A person with attachments to fetch, and a clock that can be moved."""

    def __init__(self, client: Client, database: Database, folder: Path) -> None:
        self.folder = folder
        self.media = MediaStore(folder)
        self.database = database
        self.clock = NOW
        self._source = TelegramFiles(client)
        person = {"id": 1, "name": "Lan", "language": "vi", "created_at": NOW, "is_sample": False}
        account = {"id": 1, "person_id": 1, "channel": "telegram", "bot": "4242", "external_id": "7", "usable": True}
        database.write(lambda db: db.execute(insert(t.person).values(person))).result()
        database.write(
            lambda db: db.execute(insert(t.account).values(account | {"created_at": NOW, "last_used_at": NOW}))
        ).result()

    def expects(self, remote: str, *, is_image: bool) -> None:
        row = {"person_id": 1, "account_id": 1, "state": "pending", "remote": remote, "is_image": is_image}
        empty = {"sha256": "", "name": "", "mime": "", "size": 0, "attempts": 0, "created_at": NOW}
        self.database.write(lambda db: db.execute(insert(t.attachment).values(row | empty))).result()

    async def tries(self) -> tuple[str, str]:
        """Fetch once; the attachment's state and content's name then."""
        await self._fetch()
        row = self.database.read(lambda db: db.execute(select(t.attachment)).one())
        return row.state, row.sha256

    async def states(self) -> set[str]:
        """Fetch once; the states of all attachments then."""
        await self._fetch()
        return set(self.database.read(lambda db: db.scalars(select(t.attachment.c.state)).all()))

    async def _fetch(self) -> None:
        fetching = Fetching(
            "telegram",
            "4242",
            source=self._source,
            database=self.database,
            media=self.media,
            machine=lambda: self.clock,
            now=lambda: NOW,
        )
        await fetching.fetch_pending()

    def notices(self) -> list[str]:
        return self.database.read(lambda db: [decode(body).text for body in db.scalars(select(t.outbox.c.body))])


@pytest.fixture
def desk(client: Client, store: Database, tmp_path: Path) -> Desk:
    (tmp_path / "media").mkdir()
    return Desk(client, store, tmp_path / "media")


async def test_a_photo_is_kept_without_its_metadata_under_its_content(fake: FakeTelegram, desk: Desk) -> None:
    desk.expects(fake.world.store(jpeg(), uploaded=False), is_image=True)
    state, sha256 = await desk.tries()
    assert state == "stored"
    assert hashlib.sha256(desk.media.path(sha256).read_bytes()).hexdigest() == sha256
    assert desk.notices() == []


async def test_a_document_is_kept_as_it_came(fake: FakeTelegram, desk: Desk) -> None:
    desk.expects(fake.world.store(b"%PDF-1.7", uploaded=False), is_image=False)
    state, sha256 = await desk.tries()
    assert state == "stored"
    assert desk.media.path(sha256).read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize(
    "mishap", [Mishap.HTML_502, Mishap.CUT_AFTER, Mishap.SILENT_BEFORE], ids=lambda each: each.name
)
async def test_a_download_that_fails_is_tried_again_later(fake: FakeTelegram, desk: Desk, mishap: Mishap) -> None:
    desk.expects(fake.world.store(jpeg(), uploaded=False), is_image=True)
    fake.trouble.order("download", mishap)
    if mishap is Mishap.SILENT_BEFORE:
        fake.trouble.order("getFile", mishap)
    assert (await desk.tries())[0] == "pending"
    assert (await desk.tries())[0] == "pending", "it waits before it asks again"
    desk.clock += timedelta(seconds=6)
    if mishap is Mishap.SILENT_BEFORE:
        fake.trouble.stop()
    assert (await desk.tries())[0] == "stored"


async def test_that_a_full_disk_keeps_files_waiting_is_said_at_once_and_once(fake: FakeTelegram, desk: Desk) -> None:
    free = [0]
    desk.media = MediaStore(desk.folder, lambda _: free[0])
    for _ in range(3):
        desk.expects(fake.world.store(jpeg(), uploaded=False), is_image=True)
    for _ in range(3):
        assert await desk.states() == {"pending"}
        desk.clock += timedelta(minutes=1)
    (said,) = desk.notices()
    assert "hết chỗ" in said
    assert "đang chờ" in said
    free[0] = 2**40
    for _ in range(3):
        desk.clock += timedelta(minutes=1)
        states = await desk.states()
    assert states == {"stored"}
    assert desk.notices() == [said]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"no photo at all", "Anh/chị gửi lại dạng JPG"), (b"a" * (21 * 1024 * 1024), "không tải được")],
    ids=["no photo", "too big"],
)
async def test_what_can_never_be_had_is_said_to_its_author_with_what_to_do(
    fake: FakeTelegram, desk: Desk, content: bytes, said: str
) -> None:
    desk.expects(fake.world.store(content, uploaded=False), is_image=True)
    assert (await desk.tries())[0] == "lost"
    (notice,) = desk.notices()
    assert said in notice


async def test_a_file_that_does_not_come_is_given_up_in_the_end(desk: Desk) -> None:
    desk.expects("unknown", is_image=True)
    for _ in range(TRIES - 1):
        assert (await desk.tries())[0] == "pending"
        desk.clock += timedelta(hours=1)
    assert (await desk.tries())[0] == "lost"
    assert len(desk.notices()) == 1
