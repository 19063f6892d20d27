"""Polls for updates. An update stays in hand, and nothing more is fetched, until it is committed.

The platform has no offset. Most sources say that a poll consumes its update, one says that it is repeated until it
ages out. This module serves both: it keeps what it fetched on the disk, and recognises what is repeated.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.zalo.answers import CallError
from channels.zalo.client import ZaloClient
from channels.zalo.hand import Hand
from channels.zalo.intake import ZaloIntake
from channels.zalo.limits import FIRST_PAUSE, INSTANT_SECONDS, LONGEST_PAUSE
from channels.zalo.parse import Update, updates_in
from scheduler.waiting import comes_within
from storage.db.writer import Unavailable

log = logging.getLogger(__name__)


class Poller:
    """One bot's polling; exactly one may run for a token."""

    def __init__(self, client: ZaloClient, intake: ZaloIntake, hand: Hand, *, monotonic: Callable[[], float]) -> None:
        self._client = client
        self._intake = intake
        self._hand = hand
        self._monotonic = monotonic

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`; a poll that is under way is awaited, since its answer may be the only copy."""
        await self._take_all(self._hand.left(), stop)
        pause = FIRST_PAUSE
        while not stop.is_set():
            began = self._monotonic()
            try:
                raw = await self._client.get_updates()
            except CallError as error:
                log.warning("zalo bot %s: polling failed: %s", self._client.bot, error)
                await comes_within(stop, pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            if not await self._take_all(raw, stop) and self._monotonic() - began < INSTANT_SECONDS:
                await comes_within(stop, INSTANT_SECONDS)

    async def _take_all(self, raw: Any, stop: asyncio.Event) -> bool:
        """Commit what a poll brought, and tell whether any of it was new. It stays in hand if `stop` comes first."""
        updates = updates_in(raw)
        if not updates:
            return False
        self._hold(raw)
        news = [await self._commit(update, stop) for update in updates]
        if None in news:
            self._hold(raw)  # again, since the disk may have had no room before
            return False
        self._hand.release()
        return any(news)

    def _hold(self, raw: Any) -> None:
        """Hold what was fetched. If the disk takes nothing it is committed from memory."""
        try:
            self._hand.hold(raw)
        except OSError as error:
            log.error("zalo bot %s: an update is in memory only: %s", self._client.bot, error.strerror)  # noqa: TRY400

    async def _commit(self, update: Update, stop: asyncio.Event) -> bool | None:
        """Try until the database takes the update. `None` if `stop` came first."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._intake.take(update)
            except Unavailable:
                log.warning("zalo bot %s: the database is away, an update waits in hand", self._client.bot)
            await comes_within(stop, pause)
            if stop.is_set():
                return None
            pause = min(2 * pause, LONGEST_PAUSE)
