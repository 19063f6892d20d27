"""Deletes, once an hour and by rule, what nobody needs any more.

It deletes rows by the rules of `storage.db.retention`, files that no row has named for a day, and drawn pictures that
nobody has wanted for a month (they can be drawn again). Rows go slice by slice, with turns in between, and only while
the conversation's clock goes evenly (`storage.db.even_clock`).
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from reports.gallery import Gallery
from scheduler.slices import Task, work
from scheduler.waiting import comes_within
from storage.db import even_clock, retention
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.files.media import MediaStore

EVERY_SECONDS = 3600.0
ORPHAN_AGE = timedelta(days=1)
DRAWN_AGE = timedelta(days=30)
"""Longer than a link to one lives."""

log = logging.getLogger(__name__)


class Housekeeping:
    """Sweeps until told to stop. `now` is the conversation's clock."""

    def __init__(self, database: Database, store: MediaStore, gallery: Gallery, now: Callable[[], datetime]) -> None:
        self._database = database
        self._store = store
        self._gallery = gallery
        self._now = now

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep at once, then every hour."""
        while not stop.is_set():
            try:
                await self.sweep()
            except (Unavailable, OSError) as error:
                log.warning("housekeeping waits: %s", type(error).__name__)
            await comes_within(stop, EVERY_SECONDS)

    async def sweep(self) -> None:
        """Do one round."""
        now = self._now()
        await self._database.awrite(partial(even_clock.note, now=now))
        if await self._database.aread(partial(even_clock.is_even, now=now)):
            await self._sweep_rows(now)
        known = await self._database.aread(retention.named_files)
        machine = datetime.now(UTC)  # which the files' own times are of, never the conversation's
        removed = await asyncio.to_thread(self._store.sweep, known, machine - ORPHAN_AGE)
        await asyncio.to_thread(self._gallery.sweep, machine - DRAWN_AGE)
        if removed:
            log.info("%d files that nothing names were removed", removed)

    async def _sweep_rows(self, now: datetime) -> None:
        for sweep in retention.sweeps(now):
            await work(self._database, Task(sweep.find, sweep.drop), time.monotonic)
