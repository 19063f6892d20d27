"""What becomes of a message, in delivery's words."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from channels.telegram.client import Client
from channels.telegram.courier import TelegramCourier, TelegramIncomplete
from channels.telegram.failures import CallFailed, NeverArrived, TelegramRefused, TelegramUnclear
from channels.telegram.pace import PUBLIC, ChatPace, SendingPace
from channels.telegram.sender import FLOODED_CHATS, TelegramSender, outcome_of
from messages import Choice, Outgoing, PassOn, Picture
from scheduler.outcomes import Ambiguous, AttachedFile, Delivered, Impossible, Moved, NotSent, Outcome, Unreachable
from scheduler.rate import Rate
from storage.db.database import Database
from tests.fakes.telegram import FakeTelegram, Mishap, Someone
from tests.fakes.telegram.rates import Rates

OUTCOMES: list[tuple[CallFailed, type[Outcome]]] = [
    (NeverArrived("ClientConnectorDNSError"), NotSent),
    (TelegramUnclear("ServerDisconnectedError"), Ambiguous),
    (TelegramIncomplete("500"), Ambiguous),
    (TelegramRefused(429, "Too Many Requests", retry_after=7), NotSent),
    (TelegramRefused(400, "the group became a supergroup", moved_to="-1001"), Moved),
    (TelegramRefused(403, "Forbidden: bot was blocked by the user"), Unreachable),
    (TelegramRefused(403, "Forbidden: user is deactivated"), Unreachable),
    (TelegramRefused(400, "Bad Request: chat not found"), Unreachable),
    (TelegramRefused(400, "Bad Request: PEER_ID_INVALID"), Unreachable),
    (TelegramRefused(401, "Unauthorized"), NotSent),
    (TelegramRefused(400, "Bad Request: message is too long"), Impossible),
    (TelegramRefused(413, "Request Entity Too Large"), Impossible),
]


@pytest.fixture
def sender(client: Client, store: Database) -> TelegramSender:
    return make(client, store, PUBLIC)


def pictures(folder: Path, *megabytes: int) -> tuple[AttachedFile, ...]:
    found = []
    for number, size in enumerate(megabytes):
        path = folder / f"{number}.png"
        path.write_bytes(bytes(size * 1024 * 1024))
        found.append(AttachedFile(path, f"h{number}", path.name, "", is_picture=True))
    return tuple(found)


def make(
    client: Client, store: Database, pace: SendingPace, monotonic: Callable[[], float] = time.monotonic
) -> TelegramSender:
    rate = Rate(pace.overall, pace.overall_burst, monotonic)
    return TelegramSender("4242", TelegramCourier(client, store), rate, ChatPace(pace, monotonic))


@pytest.mark.parametrize(
    ("failure", "outcome"), OUTCOMES, ids=lambda value: str(value) if isinstance(value, CallFailed) else ""
)
def test_each_failure_has_its_outcome(failure: CallFailed, outcome: type[Outcome]) -> None:
    assert isinstance(outcome_of(failure), outcome)


def test_what_can_never_be_sent_is_logged_with_its_method(caplog: pytest.LogCaptureFixture) -> None:
    failure = TelegramRefused(400, "Bad Request: BUTTON_DATA_INVALID")
    failure.method = "SendMessage"
    outcome_of(failure)
    assert "SendMessage is refused for good" in caplog.text


async def test_a_message_is_delivered_under_its_number(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    outcome = await sender.send("1", Outgoing("Chào", (Choice("menu", "Menu"),)), ())
    assert outcome == Delivered(str(lan.seen()[0]["message_id"]))


async def test_a_message_whose_picture_could_not_be_drawn_goes_without_it(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 1)
    outcome = await sender.send("1", Outgoing("Tuần 45", (), (Picture("attendance", {}),)), ())
    assert isinstance(outcome, Delivered)
    assert lan.texts() == ["Tuần 45"]


async def test_a_picture_goes_with_its_text(fake: FakeTelegram, sender: TelegramSender, tmp_path: Path) -> None:
    lan = Someone(fake.world, 1)
    (tmp_path / "a.png").write_bytes(b"png")
    file = AttachedFile(tmp_path / "a.png", "h", "a.png", "hình", is_picture=True)
    await sender.send("1", Outgoing("Tuần 45", (), (Picture("attendance", {}),)), (file,))
    assert "photo" in lan.seen()[0]


@pytest.mark.parametrize(
    ("sizes", "kinds"), [((11,), ["document"]), ((1, 11, 1), ["photo", "photo", "document", "text"])]
)
async def test_a_picture_too_big_for_a_photo_goes_as_a_document_by_itself(
    fake: FakeTelegram, sender: TelegramSender, tmp_path: Path, sizes: tuple[int, ...], kinds: list[str]
) -> None:
    lan = Someone(fake.world, 1)
    for _ in range(2):
        await sender.send("1", Outgoing("Khu phố 5"), pictures(tmp_path, *sizes))
    assert fake.world.uploads == len(sizes)
    assert [next(kind for kind in ("photo", "document", "text") if kind in each) for each in lan.seen()] == kinds * 2


async def test_an_album_takes_as_many_places_as_it_has_photos(
    fake: FakeTelegram, client: Client, store: Database, tmp_path: Path
) -> None:
    fake.world.rates.enforced = True
    lan = Someone(fake.world, 1)
    rate = Rate(30, 30, lambda: 0.0)
    sender = TelegramSender(
        "4242", TelegramCourier(client, store), rate, ChatPace(SendingPace(30, 30, 1.0, 8), lambda: 0.0)
    )
    assert rate.take(1) == 1
    assert await sender.send("1", Outgoing("Khu phố 5"), pictures(tmp_path, 1, 1, 1)) == Delivered("4", 4)
    assert await sender.send("1", Outgoing("Khu phố 6"), pictures(tmp_path, 1, 1, 1, 1)) == NotSent(
        "the chat's pace", 1.0
    )
    assert len(lan.seen()) == 4
    assert rate.take(30) == 26


def test_more_photos_than_a_chat_bears_at_once_go_when_it_has_rested() -> None:
    now = [0.0]
    chats = ChatPace(SendingPace(30, 30, 1.0, 8), lambda: now[0])
    assert chats.wait("1", 11) == 0.0
    assert chats.wait("1") == 4.0
    now[0] = 4.0
    assert chats.wait("1") == 0.0
    assert chats.wait("1", 11) == 8.0


async def test_it_is_seen_that_a_picture_or_document_is_on_its_way(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    fake.trouble.order("sendChatAction", Mishap.ERROR_500)
    for is_picture in (True, True, False):
        await sender.show_action("1", is_picture=is_picture)
    assert lan.chat.actions == ["upload_photo", "upload_document"]


async def test_a_chat_is_not_written_to_faster_than_telegram_bears(
    fake: FakeTelegram, client: Client, store: Database
) -> None:
    sender = make(client, store, SendingPace(1_000, 1_000, 1.0, 3), lambda: 0.0)
    lan, hoa = Someone(fake.world, 1), Someone(fake.world, 2)
    outcomes = [await sender.send("1", Outgoing(str(n)), ()) for n in range(5)]
    assert [type(outcome) for outcome in outcomes] == [Delivered] * 3 + [NotSent] * 2
    assert isinstance(await sender.send("2", Outgoing("khác"), ()), Delivered)
    assert (len(lan.seen()), len(hoa.seen())) == (3, 1)


async def test_a_flooded_chat_waits_alone_and_a_flooded_bot_altogether(
    fake: FakeTelegram, client: Client, store: Database
) -> None:
    pace = SendingPace(1_000, 1_000, 1.0, 3)
    rate = Rate(pace.overall, pace.overall_burst, lambda: 0.0)
    sender = TelegramSender("4242", TelegramCourier(client, store), rate, ChatPace(pace, lambda: 0.0))
    for number in range(FLOODED_CHATS):
        Someone(fake.world, number)
        assert rate.take(1) == 1
        fake.trouble.order("sendMessage", Mishap.SLOW_DOWN)
        assert await sender.send(str(number), Outgoing("x"), ()) == NotSent("too many requests", 1.0)
        again = await sender.send(str(number), Outgoing("x"), ())
        assert isinstance(again, NotSent)
    assert rate.take(1) == 0


async def test_the_fakes_own_limits_are_kept(fake: FakeTelegram, client: Client, store: Database) -> None:
    now = [0.0]
    fake.world.rates = Rates(lambda: now[0])
    fake.world.rates.enforced = True
    sender, lan = make(client, store, PUBLIC, lambda: now[0]), Someone(fake.world, 1)
    for n in range(40):
        await sender.send("1", Outgoing(str(n)), ())
        now[0] += 0.25
    assert (fake.world.rates.refused, len(lan.seen())) == (0, 29)


async def test_what_is_for_somebody_else_is_copied_and_shared_by_buttons(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 7)
    given = PassOn("Mời anh/chị & bạn", "https://go-vap.vn/j/K7MP-4XQ2", "Sao chép", "Chia sẻ")
    await sender.send("7", Outgoing("Lời mời", (Choice("menu", "Menu"),), pass_on=given), ())
    (copying, sharing), (menu,) = _board(lan)
    assert copying["copy_text"] == {"text": "Mời anh/chị & bạn\nhttps://go-vap.vn/j/K7MP-4XQ2"}
    assert sharing["url"].startswith("https://t.me/share/url?url=https%3A%2F%2Fgo-vap.vn%2Fj%2FK7MP-4XQ2&text=M%E1%BB")
    assert menu["callback_data"] == "menu"


@pytest.mark.parametrize(("text", "link"), [("dài " * 200, "https://go-vap.vn/j/K7MP-4XQ2"), ("dài " * 2_000, "")])
async def test_of_a_text_too_long_for_a_button_the_link_is_copied(
    fake: FakeTelegram, sender: TelegramSender, text: str, link: str
) -> None:
    lan = Someone(fake.world, 7)
    given = PassOn(text, link, "Sao chép", "Chia sẻ")
    assert isinstance(await sender.send("7", Outgoing("Lời mời", pass_on=given), ()), Delivered)
    assert [button.get("copy_text") for row in _board(lan) for button in row] == (
        [{"text": link}, None] if link else []
    )


def _board(someone: Someone) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = someone.seen()[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return rows
