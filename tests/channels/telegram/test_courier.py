"""Messages to chats, as the chat shows them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from channels.telegram.client import Client
from channels.telegram.courier import TelegramCourier, TelegramIncomplete
from channels.telegram.failures import CallFailed, NeverArrived, TelegramRefused, TelegramUnclear
from channels.telegram.layout import parts
from messages import Choice, Document, Outgoing, Picture
from scheduler.outcomes import AttachedFile
from storage.db.database import Database
from tests.channels.telegram.support import PATIENCE
from tests.fakes.telegram import FakeTelegram, Mishap, Someone
from tests.process import free_port

CHOICES = (Choice("i:9:2:a", "Tọa đàm"), Choice("i:9:2:b", "Phát thanh"), Choice("i:9:2:<", "Lùi", "lùi"))
PICTURE = Outgoing("Tuần 45", CHOICES, pictures=(Picture("attendance", {}, "hình"),))

REPORT = Outgoing("Khu phố 5 · 30 nữ, 15 nam", CHOICES)


@pytest.fixture
def courier(client: Client, store: Database) -> TelegramCourier:
    return TelegramCourier(client, store)


@pytest.fixture
def photos(tmp_path: Path) -> list[AttachedFile]:
    """Four photos of a report."""
    found = []
    for n in range(4):
        path = tmp_path / f"{n}"
        path.write_bytes(b"\xff\xd8" + bytes([n]) * 1000)
        found.append(AttachedFile(path, f"hash-{n}", path.name, "", is_picture=True))
    return found


def photo_of(message: dict[str, Any]) -> str:
    return str(message["photo"][-1]["file_id"])


@pytest.fixture
def bars(tmp_path: Path) -> AttachedFile:
    path = tmp_path / "bars.png"
    path.write_bytes(b"\x89PNG" + bytes(1000))
    return AttachedFile(path, "hash-of-the-recipe", "tuan-45.png", "", is_picture=True)


async def test_a_text_arrives_as_it_was_written(fake: FakeTelegram, courier: TelegramCourier) -> None:
    lan = Someone(fake.world, 1)
    text = "Nữ < nam & <b>không</b> đậm &amp; “ngoặc”\n\n• 30 nữ"
    number = await courier.bring("1", parts(Outgoing(text, CHOICES)))
    (message,) = lan.seen()
    assert message["text"] == text
    assert "entities" not in message
    assert number == str(message["message_id"])
    assert lan.buttons() == ["Tọa đàm", "Phát thanh", "Lùi"]


async def test_a_long_text_arrives_whole_and_in_order(fake: FakeTelegram, courier: TelegramCourier) -> None:
    lan = Someone(fake.world, 1)
    text = "\n\n".join(f"Khu phố {n}: 30 nữ, 15 nam 👩‍🏫" for n in range(400))
    await courier.bring("1", parts(Outgoing(text, CHOICES)))
    assert len(lan.seen()) > 2
    assert "\n\n".join(lan.texts()) == text


async def test_a_picture_is_uploaded_once_for_all_who_get_it(
    fake: FakeTelegram, courier: TelegramCourier, bars: AttachedFile
) -> None:
    people = [Someone(fake.world, number) for number in range(1, 9)]
    await asyncio.gather(*(courier.bring(str(person.number), parts(PICTURE, [bars])) for person in people))
    await courier.bring("1", parts(PICTURE, [bars]))
    assert fake.world.uploads == 1
    assert [person.chat.actions for person in people if person.chat.actions] == [["upload_photo"]]
    assert [person.texts()[-1] for person in people] == ["Tuần 45"] * 8
    assert all(person.buttons() for person in people)


async def test_a_file_that_telegram_forgot_is_uploaded_again(
    fake: FakeTelegram, courier: TelegramCourier, bars: AttachedFile
) -> None:
    Someone(fake.world, 1)
    await courier.bring("1", parts(PICTURE, [bars]))
    fake.world.files.clear()
    await courier.bring("1", parts(PICTURE, [bars]))
    await courier.bring("1", parts(PICTURE, [bars]))
    assert fake.world.uploads == 2


async def test_photos_come_side_by_side_and_what_to_press_under_them(
    fake: FakeTelegram, courier: TelegramCourier, photos: list[AttachedFile]
) -> None:
    lan = Someone(fake.world, 1)
    number = await courier.bring("1", parts(REPORT, photos))
    *album, last = lan.seen()
    assert [fake.world.files[photo_of(message)] for message in album] == [each.path.read_bytes() for each in photos]
    assert len({message["media_group_id"] for message in album}) == 1
    assert (last["text"], lan.buttons()) == (REPORT.text, ["Tọa đàm", "Phát thanh", "Lùi"])
    assert number == str(last["message_id"])
    assert lan.chat.actions == ["upload_photo"]


async def test_each_photo_of_an_album_is_uploaded_once_wherever_it_is_shown(
    fake: FakeTelegram, courier: TelegramCourier, photos: list[AttachedFile]
) -> None:
    people = [Someone(fake.world, number) for number in (1, 2)]
    await courier.bring("1", parts(REPORT, photos[:1]))
    await asyncio.gather(*(courier.bring(str(person.number), parts(REPORT, photos)) for person in people))
    assert fake.world.uploads == len(photos)
    await courier.bring("2", parts(REPORT, photos[2:3]))
    assert fake.world.files[photo_of(people[1].seen()[-1])] == photos[2].path.read_bytes()
    assert fake.world.uploads == len(photos)


async def test_an_album_of_which_a_photo_was_forgotten_is_uploaded_anew(
    fake: FakeTelegram, courier: TelegramCourier, photos: list[AttachedFile]
) -> None:
    lan = Someone(fake.world, 1)
    await courier.bring("1", parts(REPORT, photos))
    del fake.world.files[photo_of(lan.seen()[1])]
    await courier.bring("1", parts(REPORT, photos))
    assert fake.world.uploads == 2 * len(photos)
    await courier.bring("1", parts(REPORT, photos))
    assert fake.world.uploads == 2 * len(photos)
    assert len(lan.seen()) == 3 * (len(photos) + 1)


async def test_the_same_photo_twice_in_an_album_is_shown_twice(
    fake: FakeTelegram, courier: TelegramCourier, bars: AttachedFile
) -> None:
    lan = Someone(fake.world, 1)
    for _ in range(2):
        await courier.bring("1", parts(REPORT, [bars, bars]))
    assert ["photo" in message for message in lan.seen()] == [True, True, False] * 2


async def test_an_album_that_came_without_its_text_has_begun(
    fake: FakeTelegram, courier: TelegramCourier, photos: list[AttachedFile]
) -> None:
    lan = Someone(fake.world, 1)
    fake.trouble.order("sendMessage", Mishap.ERROR_500)
    with pytest.raises(TelegramIncomplete):
        await courier.bring("1", parts(REPORT, photos))
    assert len(lan.seen()) == len(photos)


async def test_a_document_keeps_its_name(fake: FakeTelegram, courier: TelegramCourier, bars: AttachedFile) -> None:
    lan = Someone(fake.world, 1)
    sheet = AttachedFile(bars.path, "sheet", "báo cáo tuần 45.xlsx", "", is_picture=False)
    await courier.bring("1", parts(Outgoing("", document=Document("xlsx", {}, sheet.name)), (), [sheet]))
    assert lan.seen()[0]["document"]["file_name"] == sheet.name


OUTCOMES: list[tuple[Mishap, type[CallFailed], bool]] = [
    (Mishap.SILENT_BEFORE, TelegramUnclear, False),
    (Mishap.SILENT_AFTER, TelegramUnclear, True),
    (Mishap.CUT_BEFORE, TelegramUnclear, False),
    (Mishap.CUT_AFTER, TelegramUnclear, True),
    (Mishap.ERROR_500, TelegramUnclear, False),
    (Mishap.HTML_502, TelegramUnclear, False),
    (Mishap.HTML_502_AFTER, TelegramUnclear, True),
    (Mishap.SLOW_DOWN, TelegramRefused, False),
]


@pytest.mark.parametrize(("mishap", "kind", "arrives"), OUTCOMES, ids=[each[0].name for each in OUTCOMES])
async def test_what_cannot_be_known_is_not_called_unsent(
    fake: FakeTelegram, courier: TelegramCourier, mishap: Mishap, kind: type[CallFailed], arrives: bool
) -> None:
    lan = Someone(fake.world, 1)
    fake.trouble.order("sendMessage", mishap)
    with pytest.raises(kind):
        await courier.bring("1", parts(Outgoing("một")))
    assert lan.texts() == (["một"] if arrives else [])


async def test_a_server_that_is_not_there_got_nothing(store: Database) -> None:
    client = Client("1:abc", f"http://127.0.0.1:{free_port()}", PATIENCE)
    with pytest.raises(NeverArrived):
        await TelegramCourier(client, store).bring("1", parts(Outgoing("một")))
    await client.close()


async def test_refusals_say_why(fake: FakeTelegram, courier: TelegramCourier) -> None:
    Someone(fake.world, 1).blocks()
    Someone(fake.world, 2).chat.moved_to = -1002
    for chat, code, moved in (("1", 403, ""), ("2", 400, "-1002"), ("3", 400, "")):
        with pytest.raises(TelegramRefused) as caught:
            await courier.bring(chat, parts(Outgoing("một")))
        assert (caught.value.code, caught.value.moved_to) == (code, moved)


async def test_a_message_that_stops_half_way_is_known_to_have_begun(
    fake: FakeTelegram, courier: TelegramCourier
) -> None:
    lan = Someone(fake.world, 1)
    long = Outgoing("đoạn\n\n" * 1_000)
    await courier.bring("1", parts(long))
    whole = len(lan.seen())
    fake.trouble.order("sendMessage", None, Mishap.SLOW_DOWN)
    await courier.bring("1", parts(long))
    assert len(lan.seen()) == 2 * whole
    fake.trouble.order("sendMessage", None, Mishap.ERROR_500)
    with pytest.raises(TelegramIncomplete):
        await courier.bring("1", parts(long))
    assert len(lan.seen()) == 2 * whole + 1


async def test_no_failure_carries_the_token(fake: FakeTelegram, store: Database) -> None:
    seen: list[str] = []
    for url in (fake.url, f"http://127.0.0.1:{free_port()}", "http://nowhere.invalid"):
        client = Client(fake.token, url, 1)
        fake.trouble.order("sendMessage", Mishap.HTML_502)
        try:
            await TelegramCourier(client, store).bring("77", parts(Outgoing("một")))
        except CallFailed as failure:
            seen += [repr(failure), str(failure), repr(failure.__context__), repr(failure.__cause__)]
        try:
            await client.download("gone")
        except CallFailed as failure:
            seen += [repr(failure), str(failure), repr(failure.__context__), repr(failure.__cause__)]
        await client.close()
    assert len(seen) == 24
    assert not [line for line in seen if "canaryTOKEN" in line]
