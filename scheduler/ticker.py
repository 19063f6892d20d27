"""Ticks of a process: one at a time, slice by slice, and near to nothing while nothing is due."""

import asyncio
from collections.abc import Callable, Hashable
from datetime import datetime

from plan.calendar import Calendar
from plan.model import Plan
from scheduler.slices import work
from scheduler.tick import tasks
from storage.db.database import Database

LOOK_AGAIN_SECONDS = 3600.0
"""What was done is looked through again after this: another process may have run with another calendar, a unit may have
been entered with a day that is past."""


class Looked:
    """What need not be looked for at each tick, since all of it was done a while ago.

    It spares looks and decides nothing: forgetting it costs a look. `monotonic` is in seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._known: dict[Hashable, float] = {}
        self._now: datetime | None = None

    def begin(self, now: datetime) -> None:
        """A tick at `now` begins. A clock that went back was wrong: people may have joined since."""
        if self._now is not None and now < self._now:
            self.forget()
        self._now = now
        oldest = self._monotonic() - LOOK_AGAIN_SECONDS
        self._known = {known: since for known, since in self._known.items() if since > oldest}

    def has(self, known: Hashable) -> bool:
        return known in self._known

    def remember(self, known: Hashable) -> None:
        if known is not None:
            self._known.setdefault(known, self._monotonic())

    def forget(self) -> None:
        self._known.clear()


class Ticker:
    """Brings a database up to date, tick by tick; `monotonic` is in seconds."""

    def __init__(self, database: Database, plan: Plan, calendar: Calendar, monotonic: Callable[[], float]) -> None:
        self._database = database
        self._plan = plan
        self._calendar = calendar
        self._monotonic = monotonic
        self._looked = Looked(monotonic)
        self._one_at_a_time = asyncio.Lock()

    async def tick(self, now: datetime) -> None:
        """Bring what is due, and the digests that say it, up to `now`."""
        async with self._one_at_a_time:
            self._looked.begin(now)
            for task in tasks(self._plan, self._calendar, now):
                if self._looked.has(task.known):
                    continue
                did = await work(self._database, task, self._monotonic)
                if did and task.renews:
                    self._looked.forget()
                self._looked.remember(task.known)
