"""Runs a process's ticks one at a time, slice by slice. While nothing is due a tick costs next to nothing."""

import asyncio
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from itertools import chain

from plan.calendar import Calendar
from plan.model import Plan
from scheduler.slices import Task, work
from scheduler.tick import tasks
from storage.db.database import Database

LOOK_AGAIN_SECONDS = 3600.0
"""Finished work is looked through again after this time: another process may have run with another calendar, or a unit
may have been entered with a past day."""


class Looked:
    """Remembers what need not be looked for at each tick, since it was all done a while ago.

    It only saves looks: if it forgets, that costs a look. `monotonic` is in seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._known: dict[Hashable, float] = {}
        self._now: datetime | None = None

    def begin(self, now: datetime) -> None:
        """Begin a tick at `now`. If the clock went back it was wrong before, and people may have joined since."""
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
    """Brings a database up to date, tick by tick; `monotonic` is in seconds.

    `first` lists what a tick does before anything falls due: what rooms above this one have to do on a day.
    """

    def __init__(
        self,
        database: Database,
        plan: Plan,
        calendar: Calendar,
        monotonic: Callable[[], float],
        first: Callable[[datetime], Iterable[Task]],
    ) -> None:
        self._database = database
        self._plan = plan
        self._calendar = calendar
        self._monotonic = monotonic
        self._first = first
        self._looked = Looked(monotonic)
        self._one_at_a_time = asyncio.Lock()

    async def tick(self, now: datetime) -> None:
        """Bring due rows, and the digests that say them, up to `now`."""
        async with self._one_at_a_time:
            self._looked.begin(now)
            for task in chain(self._first(now), tasks(self._plan, self._calendar, now)):
                if self._looked.has(task.known):
                    continue
                did = await work(self._database, task, self._monotonic)
                if did and task.renews:
                    self._looked.forget()
                self._looked.remember(task.known)
