"""Work for very many, done so that nobody waits for it: a slice at a time, each a transaction of its own.

A slice holds the writer for about `TARGET_SECONDS`, however many people there are; turns go in between. Nothing is kept
of how far the work came: what is still to be done is found anew, so that it may be killed between any two slices, and
done by two processes at once.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from storage.db.database import Database

TARGET_SECONDS = 0.02
"""A turn waits for the slice before it, and the outbox's look; both together stay well below a tenth of a second."""
SMALLEST = 128
"""The first slice, and the least: a slice's statements cost 3 ms by themselves, each person a hundredth of that."""
LARGEST = 2_000
"""A database's plans change beyond some thousands of ids; longer slices are not cheaper."""
FOUND_AT_ONCE = 10_000
"""Ids read together, while turns go on; the last of them may be some seconds old when their turn comes."""


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work.

    `find(db, after, most)` only reads: the next ids, ascending, beyond `after`, for which there is something to do.
    `do(db, ids)` does it in the writer, looking again: the ids may have been read a while ago.
    `largest` is given where a single id may take long: then slices begin with one.
    """

    find: Callable[[Connection, int, int], Sequence[int]]
    do: Callable[[Connection, Sequence[int]], None]
    largest: int | None = None
    known: Hashable = None
    """What stays done once it is done, under this name: it need not be looked for at each tick (`scheduler.ticker`)."""
    renews: bool = False
    """Whether it makes other tasks necessary again."""


def once(job: Callable[[Connection], None]) -> Task:
    """Work that concerns few: one slice."""
    return Task(lambda _db, after, _most: () if after else (1,), lambda db, _ids: job(db))


class Pace:
    """How many ids a slice takes, by what the one before took; `monotonic` is in seconds."""

    def __init__(self, monotonic: Callable[[], float], largest: int | None) -> None:
        self._monotonic = monotonic
        self._smallest, self._largest = (1, largest) if largest else (SMALLEST, LARGEST)
        self.most = self._smallest

    def timed(self, do: Callable[[Connection, Sequence[int]], None], ids: Sequence[int], db: Connection) -> None:
        """Do a slice, and choose the size of the next one: at most twice as many."""
        begun = self._monotonic()
        do(db, ids)
        factor = TARGET_SECONDS / max(self._monotonic() - begun, TARGET_SECONDS / 2)
        self.most = max(self._smallest, min(self._largest, int(self.most * factor)))


async def work(database: Database, task: Task, monotonic: Callable[[], float]) -> bool:
    """Do all of a task; whether there was anything to do."""
    pace, after = Pace(monotonic, task.largest), 0
    while ids := await database.aread(partial(_find, task, after)):
        begin = 0
        while part := ids[begin : begin + pace.most]:
            await database.awrite(partial(pace.timed, task.do, part))
            begin += len(part)
        after = ids[-1]
    return after > 0


def _find(task: Task, after: int, db: Connection) -> Sequence[int]:
    return task.find(db, after, FOUND_AT_ONCE)
