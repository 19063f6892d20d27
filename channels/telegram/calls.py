"""The parts of a message as calls to the Bot API. Pure."""

from collections.abc import Sequence
from typing import cast
from urllib.parse import quote

from aiogram.methods import SendDocument, SendMediaGroup, SendMessage, SendPhoto, SendRichMessage, TelegramMethod
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    InputRichMessage,
    LinkPreviewOptions,
    Message,
)
from pydantic import BaseModel

from channels.telegram import limits
from channels.telegram.layout import Part, Rows
from messages import PassOn
from messages.limits import units

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""An invitation's link is not to be opened by Telegram's servers."""


class StoredFile(BaseModel):
    """A file as Telegram keeps it."""

    file_id: str


class Sent(BaseModel):
    """The parts that we read of a message just sent; Telegram returns the whole of it."""

    message_id: int
    photo: list[StoredFile] = []
    document: StoredFile | None = None

    @property
    def file_id(self) -> str:
        """Telegram's id of the message's file."""
        if self.photo:
            return self.photo[-1].file_id
        return self.document.file_id if self.document else ""


class _Text(SendMessage):
    __returning__ = Sent  # type: ignore[assignment]


class _Photo(SendPhoto):
    __returning__ = Sent  # type: ignore[assignment]


class _Document(SendDocument):
    __returning__ = Sent  # type: ignore[assignment]


class _Rich(SendRichMessage):
    __returning__ = Sent  # type: ignore[assignment]


class _Album(SendMediaGroup):
    __returning__ = list[Sent]


# aiogram's own types again, for their parameters' sake; what comes back is a `Sent` nevertheless.
_TEXT: type[SendMessage] = _Text
_PHOTO: type[SendPhoto] = _Photo
_DOCUMENT: type[SendDocument] = _Document
_RICH: type[SendRichMessage] = _Rich
_ALBUM: type[SendMediaGroup] = _Album


def text_call(chat: str, part: Part) -> TelegramMethod[Sent]:
    """A text with its buttons."""
    call = _TEXT(
        chat_id=chat,
        text=part.html,
        parse_mode="HTML",
        link_preview_options=_NO_PREVIEW,
        reply_markup=keyboard(part.buttons, part.pass_on),
    )
    return cast(TelegramMethod[Sent], call)


def rich_call(chat: str, rich: InputRichMessage, buttons: Rows) -> TelegramMethod[Sent]:
    """A rich message with its buttons."""
    return cast(TelegramMethod[Sent], _RICH(chat_id=chat, rich_message=rich, reply_markup=keyboard(buttons)))


def file_call(chat: str, part: Part, file: InputFile | str) -> TelegramMethod[Sent]:
    """A photo or document, as bytes or by the id that Telegram gave it, with its caption and buttons."""
    call: TelegramMethod[Message]
    markup = keyboard(part.buttons, part.pass_on)
    if part.as_photos:
        call = _PHOTO(chat_id=chat, photo=file, caption=part.html, parse_mode="HTML", reply_markup=markup)
    else:
        call = _DOCUMENT(chat_id=chat, document=file, caption=part.html, parse_mode="HTML", reply_markup=markup)
    return cast(TelegramMethod[Sent], call)


def album_call(chat: str, files: Sequence[InputFile | str]) -> TelegramMethod[list[Sent]]:
    """Photos side by side, each as bytes or by its id."""
    call = _ALBUM(chat_id=chat, media=[InputMediaPhoto(media=file) for file in files])
    return cast(TelegramMethod[list[Sent]], call)


def keyboard(rows: Rows, pass_on: PassOn | None = None) -> InlineKeyboardMarkup | None:
    """Buttons under a message, before them those that pass it on."""
    buttons = [[InlineKeyboardButton(text=choice.label, callback_data=choice.id) for choice in row] for row in rows]
    if pass_on:
        buttons.insert(0, _passing(pass_on))
    return InlineKeyboardMarkup(inline_keyboard=buttons) if any(buttons) else None


def _passing(given: PassOn) -> list[InlineKeyboardButton]:
    """The buttons that copy and share; of what is too long the link alone, where there is one."""
    copied = next((text for text in (given.whole, given.link) if 0 < units(text) <= limits.MAX_COPIED), "")
    copying = [InlineKeyboardButton(text=given.copy, copy_text=CopyTextButton(text=copied))] if copied else []
    sharing = [InlineKeyboardButton(text=given.share, url=_sharing(given))] if given.link else []
    return [*copying, *sharing]


def _sharing(given: PassOn) -> str:
    """Telegram's link that asks whom to send something to (core.telegram.org/api/links#share-links)."""
    alone = f"https://t.me/share/url?url={quote(given.link, safe='')}"
    both = f"{alone}&text={quote(given.text, safe='')}"
    return both if len(both) <= limits.MAX_SHARED else alone
