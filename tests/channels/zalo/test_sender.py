"""What goes out: few messages, pictures and documents by link, and an outcome for every failure."""

import hashlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from channels.zalo.client import ZaloClient
from channels.zalo.courier import Links, ZaloCourier
from channels.zalo.limits import DATABASE_RETRY
from channels.zalo.public_files import PublicFiles
from channels.zalo.question_page import QuestionPage
from channels.zalo.sender import ZaloSender
from messages import Choice, Document, Outgoing, Picture
from scheduler.outcomes import Ambiguous, AttachedFile, Delivered, Impossible, NotSent, Outcome, Spent, Unreachable
from storage.db.database import Database
from storage.delivery import usage
from storage.directory import accounts, persons
from tests.channels.zalo.helpers import NOW, TOKEN, now
from tests.fakes.zalo import FakeZalo, Rules, Trouble
from tests.waiting import until

PICTURE = Outgoing("Tuần 47", (Choice("menu", "Menu"),), (Picture("attendance", {}, "Biểu đồ tuần 47"),))
DOCUMENT = Outgoing("Đây ạ.", (), document=Document("letter", {}, "Báo cáo.docx"))


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[PublicFiles]:
    """A served media folder."""
    app = web.Application()
    app.add_routes(PublicFiles(b"k" * 32, "", tmp_path, now).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield PublicFiles(b"k" * 32, f"http://{host}:{port}", tmp_path, now, over_http=True)
    await runner.cleanup()


def sender_with(files: PublicFiles, client: ZaloClient, database: Database) -> ZaloSender:
    links = Links(files, QuestionPage(b"k" * 32, "https://bot.example"))
    return ZaloSender("100", ZaloCourier(client, database, links, now), database, now)


@pytest.fixture
def sender(files: PublicFiles, client: ZaloClient, database: Database, zalo: FakeZalo) -> ZaloSender:
    zalo.says(TOKEN, "c1", "chào")
    return sender_with(files, client, database)


def attachment(tmp_path: Path, name: str, *, is_picture: bool) -> tuple[AttachedFile, ...]:
    path = tmp_path / name
    path.write_bytes(b"content" * 300)
    return (AttachedFile(path, "ab" * 32, name, "", is_picture),)


def photos_of_a_report(folder: Path, count: int) -> tuple[AttachedFile, ...]:
    """Where photos lie and what they are called in earnest."""
    found = []
    for number in range(1, count + 1):
        sha256 = hashlib.sha256(bytes([number])).hexdigest()
        path = folder / sha256[:2] / sha256
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes([number]))
        found.append(AttachedFile(path, sha256, sha256, f"Hình ảnh hoạt động {number}/{count}", is_picture=True))
    return tuple(found)


async def test_while_the_database_is_away_nothing_is_sent_and_nothing_is_uncertain(
    zalo: FakeZalo, sender: ZaloSender, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_query: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(database, "aread", away)
    outcome = await sender.send("c1", Outgoing("Chưa có báo cáo tuần này."), ())
    assert outcome == NotSent("OperationalError", DATABASE_RETRY)
    assert zalo.heard("c1") == []


async def test_a_menu_is_one_message(zalo: FakeZalo, sender: ZaloSender) -> None:
    outcome = await sender.send("c1", Outgoing("Chọn giúp ạ:", (Choice("a", "Tọa đàm"),)), ())
    assert isinstance(outcome, Delivered)
    assert outcome.external_id
    assert outcome.messages == 1
    assert zalo.heard("c1") == ["Chọn giúp ạ:\n\n1. Tọa đàm\n\nAnh/chị trả lời bằng số."]


async def test_hints_are_in_the_readers_language(zalo: FakeZalo, sender: ZaloSender, database: Database) -> None:
    def add(db: Connection) -> None:
        accounts.add_account(db, persons.add_person(db, "Ms Hoa", "en", NOW), "zalo", "100", "c1", NOW)

    await database.awrite(add)
    await sender.send("c1", Outgoing("Please choose:", (Choice("a", "Talk"),)), ())
    assert zalo.heard("c1") == ["Please choose:\n\n1. Talk\n\nReply with a number."]


async def test_a_picture_goes_with_its_text_and_can_be_fetched_late_and_twice(
    zalo: FakeZalo, sender: ZaloSender, tmp_path: Path
) -> None:
    outcome = await sender.send("c1", PICTURE, attachment(tmp_path, "week.png", is_picture=True))
    assert outcome == Delivered(outcome.external_id if isinstance(outcome, Delivered) else "", 1)
    assert zalo.heard("c1") == ["Tuần 47\n\n1. Menu\n\nAnh/chị trả lời bằng số."]
    await until(lambda: len(zalo.sent[0].fetched) == 2)
    assert zalo.sent[0].fetched == [b"content" * 300] * 2


async def test_more_pictures_cost_no_message_more(zalo: FakeZalo, sender: ZaloSender, tmp_path: Path) -> None:
    photos = photos_of_a_report(tmp_path, 5)
    report = Outgoing("Khu phố 5 · Nói chuyện chuyên đề về gia đình và trẻ em\n" * 4, (Choice("menu", "Menu"),) * 3)
    outcome = await sender.send("c1", report, photos)
    assert isinstance(outcome, Delivered)
    assert (outcome.messages, len(zalo.sent)) == (1, 1)
    (sent,) = zalo.sent
    shown = re.findall(r"Hình ảnh hoạt động (\d)/5:\n(http\S+)", sent.text)
    assert [number for number, _ in shown] == ["2", "3", "4", "5"]
    async with ClientSession() as session:
        for address, photo in zip([sent.picture, *(link for _, link in shown)], photos, strict=True):
            async with session.get(address) as answer:
                assert await answer.read() == photo.path.read_bytes()


async def test_a_refused_picture_is_left_out(zalo: FakeZalo, sender: ZaloSender, tmp_path: Path) -> None:
    zalo.trouble["sendPhoto"] = Trouble.BAD_REQUEST
    assert isinstance(await sender.send("c1", PICTURE, attachment(tmp_path, "week.png", is_picture=True)), Delivered)
    assert [sent.picture for sent in zalo.sent] == [""]


async def test_a_document_is_a_link_with_its_name_and_size(zalo: FakeZalo, sender: ZaloSender, tmp_path: Path) -> None:
    await sender.send("c1", DOCUMENT, attachment(tmp_path, "Báo cáo.docx", is_picture=False))
    text = zalo.heard("c1")[0]
    assert text.startswith("Đây ạ.\n\nTệp: Báo cáo.docx (2 KB), tải được trong 7 ngày:\nhttp://127.0.0.1:")


async def test_without_a_public_address_pictures_and_documents_are_said_in_words(
    zalo: FakeZalo, client: ZaloClient, database: Database, tmp_path: Path
) -> None:
    zalo.says(TOKEN, "c1", "chào")
    sender = sender_with(PublicFiles(b"k" * 32, "http://127.0.0.1:8080", tmp_path, now), client, database)
    await sender.send("c1", PICTURE, attachment(tmp_path, "week.png", is_picture=True))
    await sender.send("c1", DOCUMENT, attachment(tmp_path, "Báo cáo.docx", is_picture=False))
    assert zalo.heard("c1") == [
        "Tuần 47\n\nBiểu đồ tuần 47\n\n1. Menu\n\nAnh/chị trả lời bằng số.",
        "Đây ạ.\n\nTệp Báo cáo.docx: anh/chị tải trên trang web của bot ạ.",
    ]


async def test_every_part_of_a_long_message_is_counted(zalo: FakeZalo, sender: ZaloSender) -> None:
    outcome = await sender.send("c1", Outgoing("từ " * 1_500), ())
    assert isinstance(outcome, Delivered)
    assert outcome.messages == len(zalo.heard("c1")) == 3


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (Trouble.RATE, NotSent("rate", 30.0)),
        (Trouble.FORBIDDEN, NotSent("platform_trouble", 10.0)),
        (Trouble.BAD_TOKEN, NotSent("bad_token", 600.0)),
        (Trouble.BAD_REQUEST, Unreachable("refused")),
        (Trouble.TEAPOT, Impossible("refused_418")),
    ],
)
async def test_what_was_surely_not_sent_has_its_outcome(
    zalo: FakeZalo, sender: ZaloSender, database: Database, trouble: Trouble, expected: Outcome
) -> None:
    zalo.trouble["sendMessage"] = trouble
    assert await sender.send("c1", Outgoing("x"), ()) == expected
    assert database.read(lambda db: usage.of(db, "zalo", "100", "2026-11")).sent == 0


@pytest.mark.parametrize("trouble", [Trouble.BAD_GATEWAY, Trouble.CUT])
async def test_what_may_have_been_sent_is_ambiguous_and_counted(
    zalo: FakeZalo, sender: ZaloSender, database: Database, trouble: Trouble
) -> None:
    zalo.trouble["sendMessage"] = trouble
    assert isinstance(await sender.send("c1", Outgoing("x"), ()), Ambiguous)
    assert database.read(lambda db: usage.of(db, "zalo", "100", "2026-11")).sent == 1


@pytest.mark.parametrize("rules", [Rules(quota=3)])
async def test_a_message_cut_off_by_the_quota_is_ambiguous_and_what_follows_waits_for_the_next_month(
    sender: ZaloSender, database: Database
) -> None:
    await database.awrite(lambda db: usage.add(db, "zalo", "100", "2026-11", sent=2_990))
    assert isinstance(await sender.send("c1", Outgoing("từ " * 1_500), ()), Ambiguous)
    assert await sender.send("c1", Outgoing("x"), ()) == Spent("quota", 21_600.0)
    assert database.read(lambda db: usage.of(db, "zalo", "100", "2026-11")).sent == 2_992


@pytest.mark.parametrize("rules", [Rules(quota=1)])
async def test_a_month_that_was_used_up_may_end_later_than_ours(
    sender: ZaloSender, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_now", lambda: datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    assert await sender.send("c1", Outgoing("x"), ()) == NotSent("rate", 30.0)
    await database.awrite(lambda db: usage.refuse(db, "zalo", "100", "2026-11"))
    assert await sender.send("c1", Outgoing("x"), ()) == Spent("quota", 21_600.0)
