"""getUpdates, confirmed only by what is committed.

The offset moves past a batch when all of it was taken. It lives in memory: after a restart Telegram repeats what was
not confirmed, and the inbox knows what was taken. It is never compared with an earlier one: after a quiet week
Telegram counts on from a random number, which may be a smaller one.

While the database takes nothing, the batch in hand holds up everything after it. Now and again the same offset is then
asked for: that confirms nothing and shows the hundred oldest updates, so that their senders can be told, once.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

from channels.telegram import limits
from channels.telegram.client import BadToken, Client, RawUpdates
from channels.telegram.failures import CallFailed, TelegramRefused
from channels.telegram.intake import TelegramIntake, Unread, lane
from channels.telegram.outage import pause
from channels.telegram.reading import ALLOWED_UPDATES, Heard, update_id
from channels.waiting import unless
from scheduler.waiting import comes_within
from storage.db.writer import Unavailable

QUIET_SECONDS = 86_400.0
"""After a day without updates Telegram keeps none, and an old offset could only be wrong."""
LOOK_AHEAD_SECONDS = 3.0
"""Seconds between two looks at who else waits in an outage: soon for a person, seldom for Telegram."""
SAID_EVERY = 10
"""Repetitions of a failure between two lines in the log."""
ADVICE = {
    401: str(BadToken()),
    404: str(BadToken()),
    409: "Another program fetches this bot's updates, or a webhook is set: stop that one, or set BOT_WEBHOOK=1.",
}

log = logging.getLogger(__name__)


class Polling:
    """One poller of one bot. The process that runs it holds the bot's lock (`channels.poller_lock`)."""

    def __init__(
        self, client: Client, intake: TelegramIntake, monotonic: Callable[[], float], seconds: int = limits.POLL_SECONDS
    ) -> None:
        self._client = client
        self._intake = intake
        self._monotonic = monotonic
        self._seconds = seconds
        self._offset: int | None = None
        self._last = monotonic()
        self._failures = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`. Updates in hand are then finished; those not yet fetched stay with Telegram."""
        while not stop.is_set():
            batch = await unless(stop, self._fetch())
            if batch and await self._take(batch, stop):
                self._offset = max(number for raw in batch if (number := update_id(raw)) is not None) + 1
                self._last = self._monotonic()
        await self._intake.presses.drain()

    async def _fetch(self) -> list[Any]:
        """Fetch the next updates in the order of their ids. After a failure wait for its pause and return none."""
        if self._monotonic() - self._last > QUIET_SECONDS:
            self._offset = None
        request = RawUpdates(offset=self._offset, timeout=self._seconds, allowed_updates=ALLOWED_UPDATES)
        try:
            batch = await self._client.call(request, more=self._seconds)
        except CallFailed as failure:
            await asyncio.sleep(self._pause_after(failure))
            return []
        self._failures = 0
        return sorted(batch, key=lambda raw: update_id(raw) or 0)

    def _pause_after(self, failure: CallFailed) -> float:
        code, asked = (failure.code, failure.retry_after) if isinstance(failure, TelegramRefused) else (0, 0.0)
        if self._failures % SAID_EVERY == 0:
            log.error("Updates cannot be fetched (%s). %s", failure, ADVICE.get(code, "Trying again."))
        self._failures += 1
        return max(asked, pause(self._failures - 1))

    async def _take(self, batch: list[Any], stop: asyncio.Event) -> bool:
        """Commit a batch and return whether all of it was committed. In an outage tell those who wrote after it."""
        over = asyncio.Event()
        looking = asyncio.create_task(self._look_ahead(over, stop))
        try:
            return await self._take_all(batch, stop)
        finally:
            over.set()
            await looking  # two calls of getUpdates at once would refuse each other

    async def _look_ahead(self, over: asyncio.Event, stop: asyncio.Event) -> None:
        while not await comes_within(over, LOOK_AHEAD_SECONDS):
            if self._intake.is_out:
                request = RawUpdates(offset=self._offset, timeout=0, allowed_updates=ALLOWED_UPDATES)
                try:
                    waiting = await unless(stop, self._client.call(request))
                except CallFailed:
                    continue
                for raw in waiting or ():
                    self._intake.wait_behind(raw)

    async def _take_all(self, batch: list[Any], stop: asyncio.Event) -> bool:
        """Take each person's updates in order, and different persons' side by side."""
        lanes: dict[str, list[Heard | Unread]] = defaultdict(list)
        for raw in batch:
            item = self._intake.look(raw)
            if item is not None:
                lanes[lane(item)].append(item)
        return all(await asyncio.gather(*(self._take_in_order(items, stop) for items in lanes.values())))

    async def _take_in_order(self, items: list[Heard | Unread], stop: asyncio.Event) -> bool:
        """Offer each update until it is taken. False if `stop` came first."""
        for item in items:
            for attempt in count():
                try:
                    await self._intake.take(item)
                    break
                except Unavailable:
                    if await comes_within(stop, pause(attempt)):
                        return False
        return True
