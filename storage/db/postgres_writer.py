"""The writer on PostgreSQL: a pool of threads, one transaction a job, with a queue for each key."""

from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from time import sleep
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.db.writer import CLOSED, CommitListener, Follower, Job, Unavailable, notify, ring

T = TypeVar("T")

THREADS = 8
CONFLICT_TRIES = 3
"""Codes of deadlocks and serialization failures: PostgreSQL reports them, and we repeat the transaction."""
CONFLICT_PAUSE = 0.02
"""Seconds before repeating: at once, it would take the lock again from the transaction that it made way for."""


class PostgresWriter:
    """A pool of threads, one transaction a job, jobs of one key in order."""

    def __init__(self, engine: Engine) -> None:
        self.listeners: list[CommitListener] = []
        self.followers: list[Follower] = []
        self.bells: list[Callable[[], None]] = []
        self._engine = engine
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="writer")
        self._guard = Lock()
        self._queues: dict[Hashable, deque[Job]] = {}
        self._called: set[Follower] = set()
        self._closed = False

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]":
        entry = Job(job)
        with self._guard:
            if self._closed:
                raise Unavailable(CLOSED)
            self._hand_in(entry, key)
        return entry.future

    def _hand_in(self, entry: Job, key: Hashable) -> None:
        if key is None:
            self._pool.submit(self._perform, entry)
        elif key in self._queues:
            self._queues[key].append(entry)
        else:
            self._queues[key] = deque([entry])
            self._pool.submit(self._serve, key)

    def close(self) -> None:
        with self._guard:
            self._closed = True
        self._pool.shutdown(wait=True)
        self._engine.dispose()

    def _serve(self, key: Hashable) -> None:
        """Do all jobs that wait for a key, then let go of it."""
        while True:
            with self._guard:
                if not self._queues[key]:
                    del self._queues[key]
                    return
                entry = self._queues[key].popleft()
            self._perform(entry)

    def _perform(self, job: Job) -> None:
        touched: list[int] | None = None
        for attempt in range(CONFLICT_TRIES):
            sleep(CONFLICT_PAUSE * attempt)
            job.error = None
            try:
                with self._engine.begin() as db:
                    db.info.pop("touched", None)
                    job.result = job.run(db)
                    touched = db.info.pop("touched", None)
                break
            except Exception as error:  # noqa: BLE001 (the job's future carries it)
                job.error = error
                if not _is_conflict(error):
                    break
        job.settle()
        ring(self.bells)
        if job.error is None and touched is not None:
            self._follow()
            notify(self.listeners, touched)

    def _follow(self) -> None:
        """Have each follower look once from now on, unless it is going to anyway."""
        with self._guard:
            for follower in self.followers if not self._closed else ():
                if follower not in self._called:
                    self._called.add(follower)
                    self._hand_in(Job.of(follower, partial(self._look, follower)), follower)

    def _look(self, follower: Follower, db: Connection) -> Any:
        self._called.discard(follower)  # first: what is committed from now on may come too late for this look
        return follower.job(db)


def _is_conflict(error: Exception) -> bool:
    raw = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(raw, psycopg.Error) and raw.sqlstate in {"40001", "40P01"}
