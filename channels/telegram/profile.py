"""Keeps up to date what people see of the bot beside the conversation: descriptions and commands menus.

Descriptions and the strangers' menu are set at the start if they differ. A person's menu is set again when their roles
or language have changed. The menu set last is remembered, so that a start costs no calls.
"""

import asyncio
import hashlib
import logging

from aiogram.methods import (
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from channels.ports import Now
from channels.telegram import rows
from channels.telegram.client import Client
from channels.telegram.failures import CallFailed, TelegramRefused
from channels.telegram.menus import menu
from channels.telegram.reading import CHANNEL
from locales import DEFAULT_LANGUAGE, LANGUAGES, texts
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.directory import bots

LOOK_EVERY_SECONDS = 30.0
"""How soon a new role shows in the menu."""
PAUSE_SECONDS = 0.2
"""Seconds between two calls, so that menus never take the room of messages."""

log = logging.getLogger(__name__)


class Profile:
    """Keeps a bot's descriptions and menus as they should be."""

    def __init__(self, client: Client, database: Database, now: Now, place: str) -> None:
        self._client = client
        self._database = database
        self._now = now
        self._place = place

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop`. A failure is logged and tried again; nothing depends on it."""
        introduced = False
        while not stop.is_set():
            try:
                if not introduced:
                    await self.introduce()
                    introduced = True
                await self.refresh_menus(stop)
            except CallFailed as failure:
                log.warning("Descriptions or menus could not be set: %s", failure)
            await comes_within(stop, LOOK_EVERY_SECONDS)

    async def introduce(self) -> None:
        """Note the bot's name, and set the descriptions and menu that everybody sees, where they differ."""
        name = (await self._client.call(GetMe())).username or ""
        await self._database.awrite(lambda db: bots.introduce(db, CHANNEL, self._client.bot_id, name))
        for language in LANGUAGES:
            code = "" if language == DEFAULT_LANGUAGE else language
            await self._describe(language, code)
            here = BotCommandScopeDefault()
            shown = await self._client.call(GetMyCommands(scope=here, language_code=code or None))
            offered = menu((), language)
            if _mark(shown) != _mark(offered):
                await self._client.call(SetMyCommands(commands=offered, scope=here, language_code=code or None))

    async def _describe(self, language: str, code: str) -> None:
        say = texts(language)
        long = say(
            "I take reports on gender equality work in {place}: what was done, and how many women and men came. "
            "I also remind of what is due. To begin, open the invitation link that you were sent.",
            place=self._place,
        )
        short = say("Reports on gender equality work in {place}, by chat.", place=self._place)
        if (await self._client.call(GetMyDescription(language_code=code))).description != long:
            await self._client.call(SetMyDescription(description=long, language_code=code))
        if (await self._client.call(GetMyShortDescription(language_code=code))).short_description != short:
            await self._client.call(SetMyShortDescription(short_description=short, language_code=code))

    async def refresh_menus(self, stop: asyncio.Event) -> None:
        """Set the menu of every person whose roles or language have changed, until `stop`."""
        now = self._now()
        for owner in await self._database.aread(lambda db: rows.owners(db, self._client.bot_id, now)):
            offered = menu(owner.roles, owner.language)
            if _mark(offered) != owner.shown:
                await self._set(owner, offered)
                if await comes_within(stop, PAUSE_SECONDS):
                    return

    async def _set(self, owner: rows.Owner, offered: list[BotCommand]) -> None:
        scope = BotCommandScopeChat(chat_id=owner.chat)
        try:
            await self._client.call(SetMyCommands(commands=offered, scope=scope))
        except TelegramRefused as failure:
            # A chat that is gone gets no menu, and is not asked again; anything else is tried again later.
            if failure.code not in {400, 403}:
                raise
        await self._database.awrite(lambda db: rows.mark_menu(db, owner.account_id, _mark(offered)))


def _mark(offered: list[BotCommand]) -> str:
    """A short name for a menu."""
    shown = "\n".join(f"{command.command} {command.description}" for command in offered)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]
