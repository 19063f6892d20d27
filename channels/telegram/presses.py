"""Settles a pressed button with Telegram: stops its spinner and puts the choice in the place of the menu.

This happens after the commit, beside the conversation, and may fail: a menu that stays is harmless, because its buttons
carry the interview's revision.
"""

import asyncio
import logging
from collections.abc import Coroutine
from html import escape
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from channels.telegram import limits
from channels.telegram.client import Client
from channels.telegram.failures import CallFailed
from channels.telegram.reading import Heard
from locales import texts
from messages.limits import units

AT_ONCE = 32
"""Such calls at the same time: they must not take the connections that answers need."""

log = logging.getLogger(__name__)


class Presses:
    """Calls that nobody waits for, and whose failure changes nothing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._room = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def settle(self, query: CallbackQuery) -> None:
        """Stop the button's spinner and show the choice in place of its menu."""
        self._start(self._try(AnswerCallbackQuery(callback_query_id=query.id)))
        shown = chosen(query)
        if shown:
            self._start(self._try(shown))

    def tell_of_outage(self, heard: Heard) -> None:
        """Say that the message is not stored yet, on the button or as a message of its own."""
        say = texts(heard.incoming.language)
        text = say("I cannot store anything right now. Your message is kept and will be handled; no need to resend it.")
        if heard.press:
            brief = text[: limits.MAX_CALLBACK_ANSWER]
            self._start(self._try(AnswerCallbackQuery(callback_query_id=heard.press.id, text=brief)))
        else:
            self._start(self._try(SendMessage(chat_id=heard.incoming.account, text=text)))

    async def drain(self) -> None:
        """Wait for what is under way."""
        if self._running:
            await asyncio.wait(self._running, timeout=limits.CALL_SECONDS)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _try(self, method: TelegramMethod[Any]) -> None:
        async with self._room:
            try:
                await self._client.call(method)
            except CallFailed as failure:
                # An old query, a message that already shows the choice, one that the person deleted: all are normal.
                log.debug("%s: %s", type(method).__name__, failure)


def chosen(query: CallbackQuery) -> TelegramMethod[Any] | None:
    """Make the edit that replaces a menu by its choice. None if Telegram no longer shows the message.

    What copies and shares stays: an invitation is passed on after the next one was made, too.
    A table stays as it is with its buttons: it is looked at more than once.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None or message.rich_message is not None:
        return None
    chat, number = message.chat.id, message.message_id
    label, kept = _label(message, query.data or ""), _kept(message.reply_markup)
    mark = f"\n\n<b>➤ {escape(label, quote=False)}</b>" if label else ""
    grown = units(message.text or message.caption or "") + units(label) + 4
    if not mark or grown > (limits.MAX_TEXT if message.text else limits.MAX_CAPTION):
        return EditMessageReplyMarkup(chat_id=chat, message_id=number, reply_markup=kept)
    shown = (message.html_text + mark).strip()
    if message.text:
        return EditMessageText(chat_id=chat, message_id=number, text=shown, parse_mode="HTML", reply_markup=kept)
    return EditMessageCaption(chat_id=chat, message_id=number, caption=shown, parse_mode="HTML", reply_markup=kept)


def _kept(markup: InlineKeyboardMarkup) -> InlineKeyboardMarkup | None:
    rows = [[button for button in row if button.callback_data is None] for row in markup.inline_keyboard]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row]) if any(rows) else None


def _label(message: Message, data: str) -> str:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    return next((button.text for row in rows for button in row if button.callback_data == data), "")
