"""A table in Telegram: a rich message within Telegram's limits where the server takes such, a classic one elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from channels.telegram.client import Client
from channels.telegram.courier import TelegramCourier
from channels.telegram.pace import PUBLIC, ChatPace
from channels.telegram.presses import chosen
from channels.telegram.reading import read
from channels.telegram.rich import rich_parts
from channels.telegram.sender import TelegramSender
from messages import Choice, Column, Group, Kind, Outgoing, PassOn, Press, Table
from scheduler.outcomes import Ambiguous, Delivered, Unreachable
from scheduler.rate import Rate
from storage.db.database import Database
from tests.fakes.telegram import FakeTelegram, Mishap, Someone
from tests.fakes.telegram.people import buttons, shown
from tests.tables import HOSTILE, MESSAGE, SMALL, by_ward, hostile


@pytest.fixture
def sender(client: Client, store: Database) -> TelegramSender:
    rate = Rate(1_000, 1_000, lambda: 0.0)
    return TelegramSender("4242", TelegramCourier(client, store), rate, ChatPace(PUBLIC, lambda: 0.0))


def called(fake: FakeTelegram) -> list[str]:
    return [method for method, _ in fake.world.calls]


def rows_of(message: dict[str, Any]) -> Iterator[list[str]]:
    """The cells of all tables of a rich message, whatever they lie in."""
    waiting = list(message["rich_message"]["blocks"])
    while waiting:
        block = waiting.pop(0)
        yield from ([cell.get("text", "") for cell in row] for row in block.get("cells", []))
        waiting += block.get("blocks", [])


async def test_a_table_is_one_rich_message_with_its_buttons(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    assert isinstance(await sender.send("1", MESSAGE, ()), Delivered)
    (message,) = lan.seen()
    assert list(rows_of(message)) == [
        ["Đơn vị", "Hoạt động", "Nữ", "Tỷ lệ nữ (%)", "Tình trạng"],
        ["Phường 1", "12", "1.200", "62,5", "đủ"],
        ["Phường 10", "3", "0", "–", "thiếu 2"],
        ["Phường 3", "7", "450", "40–50", "đủ"],
        ["Cộng", "22", "1.650", "60,0", ""],
    ]
    assert "Tháng 11/2020 – Quận Gò Vấp" in shown(message)
    assert lan.buttons() == ["Tóm tắt", "Menu"]


async def test_wards_are_opened_one_by_one_and_each_has_a_button(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    await sender.send("1", replace(MESSAGE, table=by_ward()), ())
    (message,) = lan.seen()
    blocks = message["rich_message"]["blocks"]
    wards = [block["summary"] for block in blocks if block["type"] == "details"]
    assert wards == [f"Phường {n}" for n in range(1, 17)]
    assert sum(row[0].startswith("Khu phố") for row in rows_of(message)) == 186
    assert [button["callback_data"] for button in buttons(message)][-1] == "summary:P16"


async def test_more_than_one_message_holds_is_split_between_blocks(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    await sender.send("1", replace(MESSAGE, table=by_ward(40, 1_500)), ())
    messages = lan.seen()
    assert len(messages) == 4
    assert all("rich_message" in message for message in messages)
    rows = [row for message in messages for row in rows_of(message)]
    assert sum(row[0].startswith("Khu phố") for row in rows) == 1_500
    assert [bool(message.get("reply_markup")) for message in messages] == [False, False, False, True]


async def test_long_texts_are_shortened_and_split_within_the_limits(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    columns = (Column("Đơn vị", Kind.TEXT), Column("Việc", Kind.TEXT))
    table = Table("Bảng", columns, rows=tuple((f"Khu phố {n}", "ữ" * 500) for n in range(300)))
    await sender.send("1", Outgoing("", table=table), ())
    rows = [row for message in lan.seen() for row in rows_of(message) if row[0].startswith("Khu phố")]
    assert len(rows) == 300
    assert {len(row[1]) for row in rows} == {200}


async def test_what_people_wrote_does_nothing(fake: FakeTelegram, sender: TelegramSender) -> None:
    lan = Someone(fake.world, 1)
    await sender.send("1", Outgoing("<i>Tháng</i>", table=hostile()), ())
    assert [HOSTILE, "3", "1.200", "62,5", "=HYPERLINK(1)"] in list(rows_of(lan.seen()[0]))
    fake.world.knows_rich = False
    await sender.send("1", Outgoing("<i>Tháng</i>", table=hostile()), ())
    assert f"• {HOSTILE}: 3 hoạt động" in lan.texts()[-1]
    assert "entities" not in lan.seen()[-1]


async def test_a_server_without_rich_messages_gets_the_classic_one_and_is_not_asked_again(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 1)
    fake.world.knows_rich = False
    for _ in range(2):
        assert isinstance(await sender.send("1", MESSAGE, ()), Delivered)
    assert called(fake) == ["sendrichmessage", "sendmessage", "sendmessage"]
    assert lan.texts()[0].startswith("Tháng 11/2020 – Quận Gò Vấp\n\nTheo phường\nCộng: 22 hoạt động")
    assert lan.buttons() == ["Tóm tắt", "Menu"]


async def test_a_table_that_is_refused_goes_as_text_and_the_next_is_tried(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 1)
    too_long = replace(MESSAGE, choices=(replace(MESSAGE.choices[0], id="x" * 65),))
    group = Group("Phường 1", SMALL.rows, opens=too_long.choices[0])
    await sender.send("1", Outgoing("Tháng 11", table=replace(SMALL, groups=(group,))), ())
    assert "rich_message" not in lan.seen()[0]
    await sender.send("1", MESSAGE, ())
    assert "rich_message" in lan.seen()[1]


async def test_who_blocked_the_bot_is_unreachable_with_a_table_too(fake: FakeTelegram, sender: TelegramSender) -> None:
    Someone(fake.world, 1).chat.blocked = True
    assert isinstance(await sender.send("1", MESSAGE, ()), Unreachable)
    assert called(fake) == ["sendrichmessage"]


async def test_a_table_that_may_have_come_is_not_sent_a_second_time_as_text(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    Someone(fake.world, 1)
    fake.trouble.order("sendRichMessage", Mishap.HTML_502_AFTER)
    assert isinstance(await sender.send("1", MESSAGE, ()), Ambiguous)
    assert called(fake) == ["sendrichmessage"]


def test_a_table_too_wide_for_telegram_is_no_rich_message() -> None:
    wide = Table("", tuple(Column(str(n)) for n in range(21)), rows=(tuple(range(21)),))
    assert rich_parts(Outgoing("Tháng", table=wide)) == []
    assert rich_parts(Outgoing("Tháng")) == []


async def test_a_button_inside_is_pressed_like_any_other_and_the_table_stays(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 1)
    await sender.send("1", replace(MESSAGE, table=by_ward(2, 4)), ())
    lan.taps("Xem Phường 2")
    (update,) = fake.world.updates.peek(1)
    heard = read(update.body, "4242")
    assert heard
    assert heard.press
    assert heard.incoming.content == Press("summary:P2")
    assert chosen(heard.press) is None


async def test_what_is_passed_on_can_be_after_something_else_was_pressed(
    fake: FakeTelegram, sender: TelegramSender
) -> None:
    lan = Someone(fake.world, 1)
    given = PassOn("Mời anh/chị", "https://bot.example/j/K7MP-4XQ2", "Sao chép", "Chia sẻ")
    await sender.send("1", Outgoing("Lời mời", (Choice("menu", "Menu"),), pass_on=given), ())
    lan.taps("Menu")
    (update,) = fake.world.updates.peek(1)
    heard = read(update.body, "4242")
    assert heard
    assert heard.press
    edit = chosen(heard.press)
    assert edit
    markup = edit.model_dump(exclude_none=True)["reply_markup"]
    assert [button["text"] for row in markup["inline_keyboard"] for button in row] == ["Sao chép", "Chia sẻ"]
