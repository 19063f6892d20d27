"""python-telegram-bot, which knows nothing of ours, reads what the fake serves and sends what ours sends.

So the fake is not only what we believe of the Bot API: a second, independent implementation agrees with it.
"""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import telegram
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from channels.telegram.client import Client
from channels.telegram.courier import TelegramCourier
from channels.telegram.layout import parts
from channels.telegram.reading import read
from messages import Choice, Edit, File, Location, Outgoing, Press, Reachability, Text
from scheduler.outcomes import AttachedFile
from storage.db.database import Database
from tests.fakes.telegram import FakeTelegram, Mishap, Someone


@pytest.fixture
async def other(fake: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    bot = telegram.Bot(fake.token, base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot")
    async with bot:
        yield bot


async def test_both_read_the_same_updates_alike(fake: FakeTelegram, other: telegram.Bot) -> None:
    lan = Someone(fake.world, 7, "Lan")
    question = await other.send_message(7, "Đã làm gì?", reply_markup=_keyboard(("Tọa đàm", "i:1:1:a")))
    lan.says("30 nữ 15 nam")
    lan.edits("31 nữ 15 nam", of="30 nữ 15 nam")
    lan.sends_photo(b"jpeg", "tọa đàm", album="g")
    lan.sends_document(b"pdf", "a.pdf", "application/pdf")
    lan.sends_location(10.8, 106.7)
    lan.taps("Tọa đàm")
    lan.blocks()
    raw = [waiting.body for waiting in fake.world.updates.peek()]
    ours = [found.incoming.content for body in raw if (found := read(body, "4242"))]
    theirs = [_content(update) for update in await other.get_updates()]
    assert [_plain(content) for content in ours] == theirs
    assert question.message_id == 1


def _plain(content: Any) -> tuple[Any, ...]:
    match content:
        case Text(text):
            return ("text", text)
        case Edit(_, text):
            return ("edit", text)
        case File() as file:
            return ("file", file.remote, file.size, file.caption, file.album)
        case Location(latitude, longitude):
            return ("place", latitude, longitude)
        case Press(choice):
            return ("press", choice)
        case Reachability(usable):
            return ("reachable", usable)
    raise AssertionError(content)


def _content(update: telegram.Update) -> tuple[Any, ...]:
    """The same by python-telegram-bot's classes."""
    message = update.message
    if update.callback_query:
        return ("press", update.callback_query.data)
    if update.my_chat_member:
        return ("reachable", update.my_chat_member.new_chat_member.status == "member")
    if update.edited_message:
        return ("edit", update.edited_message.text)
    assert message
    if message.photo or message.document:
        file = message.photo[-1] if message.photo else message.document
        assert isinstance(file, telegram.PhotoSize | telegram.Document)
        return ("file", file.file_id, file.file_size, message.caption or "", message.media_group_id or "")
    if message.location:
        return ("place", message.location.latitude, message.location.longitude)
    return ("text", message.text)


def _keyboard(*buttons: tuple[str, str]) -> telegram.InlineKeyboardMarkup:
    row = [telegram.InlineKeyboardButton(label, callback_data=data) for label, data in buttons]
    return telegram.InlineKeyboardMarkup([row])


async def test_both_send_the_same_messages_alike(
    fake: FakeTelegram, client: Client, store: Database, other: telegram.Bot, tmp_path: Path
) -> None:
    ours, theirs = Someone(fake.world, 1), Someone(fake.world, 2)
    path = tmp_path / "a.png"
    path.write_bytes(b"png")
    picture = AttachedFile(path, "h", "a.png", "", is_picture=True)
    courier = TelegramCourier(client, store)
    await courier.bring("1", parts(Outgoing("1 < 2 & 3", (Choice("a", "Có"), Choice("b", "Không")))))
    await courier.bring("1", parts(Outgoing("Tuần 45"), [picture]))
    await other.send_message(2, "1 &lt; 2 &amp; 3", "HTML", reply_markup=_keyboard(("Có", "a"), ("Không", "b")))
    await other.send_photo(2, path, "Tuần 45")
    assert [_shown(message) for message in ours.seen()] == [_shown(message) for message in theirs.seen()]


def _shown(message: dict[str, Any]) -> tuple[Any, ...]:
    return (message.get("text"), message.get("caption"), "photo" in message, message.get("reply_markup"))


async def test_both_send_and_read_an_album_alike(
    fake: FakeTelegram, client: Client, store: Database, other: telegram.Bot, tmp_path: Path
) -> None:
    ours, theirs = Someone(fake.world, 1), Someone(fake.world, 2)
    paths = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for path in paths:
        path.write_bytes(path.name.encode())
    photos = [AttachedFile(path, path.name, path.name, "", is_picture=True) for path in paths]
    for _ in range(2):  # uploaded, then by their ids
        await TelegramCourier(client, store).bring("1", parts(Outgoing("Khu phố 5"), photos))
    media = [telegram.InputMediaPhoto(path.read_bytes()) for path in paths]
    for _ in range(2):
        sent = await other.send_media_group(2, media)
        await other.send_message(2, "Khu phố 5")
        in_order = sorted(sent, key=lambda message: message.message_id)
        media = [telegram.InputMediaPhoto(message.photo[-1].file_id) for message in in_order]
    assert [_in_album(fake, message) for message in ours.seen()] == [_in_album(fake, each) for each in theirs.seen()]
    assert [len({message.media_group_id for message in sent}), fake.world.uploads] == [1, 4]


def _in_album(fake: FakeTelegram, message: dict[str, Any]) -> tuple[Any, ...]:
    photo = fake.world.files[message["photo"][-1]["file_id"]] if "photo" in message else b""
    return (message.get("text"), photo, "media_group_id" in message)


async def test_the_fake_refuses_the_albums_that_telegram_refuses(fake: FakeTelegram, other: telegram.Bot) -> None:
    lan = Someone(fake.world, 1)
    photo, paper = telegram.InputMediaPhoto(b"jpeg"), telegram.InputMediaDocument(b"pdf")
    refused: list[tuple[str, Sequence[telegram.InputMediaPhoto | telegram.InputMediaDocument]]] = [
        ("no messages", [photo]),
        ("too many messages", [photo] * 11),
        ("mixed", [photo, paper]),
        ('#2 with the error message "wrong file', [photo, telegram.InputMediaPhoto("AgACforgotten")]),
        ("media not found", [photo, telegram.InputMediaPhoto("attach://nothing")]),
        ("caption is too long", [photo, telegram.InputMediaPhoto(b"jpeg", "a" * 1_025)]),
        ("too big for a photo", [photo, telegram.InputMediaPhoto(bytes(11 * 1024 * 1024))]),
    ]
    for words, media in refused:
        with pytest.raises(BadRequest, match=re.compile(words, re.IGNORECASE)):
            await other.send_media_group(1, media)
    assert lan.seen() == []


async def test_an_album_shows_no_buttons_whoever_sends_it(fake: FakeTelegram, other: telegram.Bot) -> None:
    lan = Someone(fake.world, 1)
    media = [telegram.InputMediaPhoto(b"a"), telegram.InputMediaPhoto(b"b")]
    await other.send_media_group(1, media, api_kwargs={"reply_markup": _keyboard(("Có", "a"))})
    assert (len(lan.seen()), lan.buttons()) == (2, [])


async def test_the_fake_refuses_what_telegram_refuses(fake: FakeTelegram, other: telegram.Bot) -> None:
    Someone(fake.world, 1)
    Someone(fake.world, 2).blocks()
    refused: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (BadRequest, "too long", {"chat_id": 1, "text": "a" * 4_097}),
        (BadRequest, "too long", {"chat_id": 1, "text": "👩" * 2_049}),
        (BadRequest, "empty", {"chat_id": 1, "text": " "}),
        (BadRequest, "unclosed start tag", {"chat_id": 1, "text": "1 < 2", "parse_mode": "HTML"}),
        (BadRequest, "unsupported start tag", {"chat_id": 1, "text": "<x>1</x>", "parse_mode": "HTML"}),
        (BadRequest, "can't find end tag", {"chat_id": 1, "text": "<b>1", "parse_mode": "HTML"}),
        (BadRequest, "button_data_invalid", {"chat_id": 1, "text": "x", "reply_markup": _keyboard(("ế", "ế" * 22))}),
        (BadRequest, "chat not found", {"chat_id": 99, "text": "x"}),
        (Forbidden, "blocked", {"chat_id": 2, "text": "x"}),
    ]
    for kind, words, message in refused:
        with pytest.raises(kind) as caught:
            await other.send_message(**message)
        assert words in str(caught.value).lower()


async def test_the_fake_floods_conflicts_and_breaks_as_telegram_does(
    fake: FakeTelegram, other: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    Someone(fake.world, 1)
    fake.trouble.order("sendMessage", Mishap.SLOW_DOWN, Mishap.HTML_502)
    with pytest.raises(RetryAfter):
        await other.send_message(1, "x")
    with pytest.raises(NetworkError):
        await other.send_message(1, "x")
    fake.pusher.set({"url": "http://127.0.0.1:9/"})
    with pytest.raises(Conflict):
        await other.get_updates()
    fake.token = "another"
    with pytest.raises(InvalidToken):
        await other.get_me()
