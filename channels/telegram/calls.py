"""The parts of a message as calls to the Bot API. Pure."""

from aiogram.methods import SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message

from channels.telegram.layout import Part, Rows

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""An invitation's link is not to be opened by Telegram's servers."""


def text_call(chat: str, part: Part) -> SendMessage:
    """A text with its buttons."""
    return SendMessage(
        chat_id=chat,
        text=part.html,
        parse_mode="HTML",
        link_preview_options=_NO_PREVIEW,
        reply_markup=keyboard(part.buttons),
    )


def file_call(chat: str, part: Part, file: InputFile | str, *, as_photo: bool) -> TelegramMethod[Message]:
    """A picture or document, as bytes or by the id that Telegram gave it, with its caption and buttons."""
    markup = keyboard(part.buttons)
    if as_photo:
        return SendPhoto(chat_id=chat, photo=file, caption=part.html, parse_mode="HTML", reply_markup=markup)
    return SendDocument(chat_id=chat, document=file, caption=part.html, parse_mode="HTML", reply_markup=markup)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=choice.label, callback_data=choice.id) for choice in row] for row in rows
        ]
    )


def file_id(message: Message) -> str:
    """What Telegram calls the file of a message that was just sent."""
    if message.photo:
        return message.photo[-1].file_id
    return message.document.file_id if message.document else ""
