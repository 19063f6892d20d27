"""Does work for very many people without keeping anybody waiting: a slice at a time, each in its own transaction.

A slice holds the writer for about `TARGET_SECONDS`, however many people there are; turns go in between. No progress is
stored: what is left to do is looked up anew. So the work may be killed between any two slices, and two processes may do
it at once.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from storage.db.database import Database

TARGET_SECONDS = 0.02
"""A turn waits for the slice and the outbox's look before it; both together stay well below a tenth of a second."""
SMALLEST = 128
"""Ids of the first and the smallest slice: its statements alone cost 3 ms, each person a hundredth of that."""
LARGEST = 2_000
"""Ids of the largest slice. A database changes its plans beyond some thousands, and longer slices are not cheaper."""
FOUND_AT_ONCE = 10_000
"""Ids read together, while turns go on; the last of them may be some seconds old when their turn comes."""


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work.

    `find(db, after, most)` only reads: it returns the next ids beyond `after`, ascending, that have something to do.
    `do(db, ids)` does it in the writer, looking again: the ids may have been read a while ago.
    `largest` is given where a single id may take long: then slices begin with one.
    """

    find: Callable[[Connection, int, int], Sequence[int]]
    do: Callable[[Connection, Sequence[int]], None]
    largest: int | None = None
    known: Hashable = None
    """Work of this name stays done once it is done: it need not be looked for at each tick (`scheduler.ticker`)."""
    renews: bool = False
    """Whether it makes other tasks necessary again."""


def once(job: Callable[[Connection], None]) -> Task:
    """Make a task for few ids: it is done in one slice."""
    return Task(lambda _db, after, _most: () if after else (1,), lambda db, _ids: job(db))


class Pace:
    """Chooses a slice's number of ids by the time that the one before took; `monotonic` is in seconds."""

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
    """Do all of a task, and tell whether there was anything to do."""
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
