"""Wakes the tick: APScheduler does so each minute, and a watchdog restarts APScheduler if it dies.

It decides nothing. The tick itself works out what is due, so a lost or doubled wake-up changes nothing. Rules fall due
on whole minutes, and so the wake-up comes on whole minutes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from periods.days import ZONE
from scheduler.waiting import comes_within

SILENCE_SECONDS = 180.0
"""Seconds on the monotonic clock, three missed minutes, after which the scheduler counts as dead."""
WATCH_SECONDS = 15.0

log = logging.getLogger(__name__)


class Clockwork:
    """Calls `tick` at once, then every minute, until told to stop; `monotonic` is in seconds."""

    def __init__(
        self, tick: Callable[[], Awaitable[None]], monotonic: Callable[[], float], watch_seconds: float = WATCH_SECONDS
    ) -> None:
        self._tick = tick
        self._monotonic = monotonic
        self._watch_seconds = watch_seconds
        self._woken = monotonic()

    async def run(self, stop: asyncio.Event) -> None:
        await self._wake()
        scheduler = self.start_scheduler()
        try:
            while not stop.is_set():
                await comes_within(stop, self._watch_seconds)
                if not stop.is_set() and self._monotonic() - self._woken > SILENCE_SECONDS:
                    log.error("nothing woke the reminders for %.0f s; the scheduler is started anew", SILENCE_SECONDS)
                    scheduler.shutdown(wait=False)
                    scheduler = self.start_scheduler()
                    await self._wake()
        finally:
            scheduler.shutdown(wait=False)

    def start_scheduler(self) -> AsyncIOScheduler:
        """Make a scheduler with one job, the wake-up: never dropped for being late, never run twice at a time."""
        scheduler = AsyncIOScheduler(timezone=ZONE)
        minute = CronTrigger(second=0, timezone=ZONE)
        scheduler.add_job(self._wake, minute, misfire_grace_time=None, coalesce=True, max_instances=1)
        scheduler.start()
        return scheduler

    async def _wake(self) -> None:
        self._woken = self._monotonic()
        try:
            await self._tick()
        except Exception as error:  # noqa: BLE001 (the next minute tries again)
            log.error("the tick failed: %s", type(error).__name__)  # noqa: TRY400 (statements hold personal data)
