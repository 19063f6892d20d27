"""The writer: every change to the database goes through it, and nobody is answered before its commit.

On SQLite it is one thread that takes all waiting jobs, runs each in a savepoint and commits them together, so that
one flush of the disk serves many turns. On PostgreSQL it is a pool of threads, one transaction a job, with a queue
for each key.
"""

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError

T = TypeVar("T")
CommitListener = Callable[[frozenset[int]], None]

MAX_BATCH = 256
"""Jobs committed together: bounds how long the first of them waits for the last."""
POSTGRES_THREADS = 8
CONFLICT_TRIES = 3
"""Deadlocks and serialization failures are PostgreSQL's to report and ours to repeat."""
_CLOSED = "the writer is closed"

log = logging.getLogger(__name__)


class Unavailable(Exception):
    """The database itself failed (locked, missing, disk full, connection lost): nothing of the job was kept."""


class Writer(Protocol):
    """What both writers can do; see `storage.database.Database.write`."""

    listeners: list[CommitListener]

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]": ...

    def close(self) -> None: ...


def touch(db: Connection, account: int) -> None:
    """Note that this transaction queued a message for an account: listeners hear of it after the commit."""
    db.info.setdefault("touched", set()).add(account)


_FAILURES = (
    *(OperationalError, InterfaceError, InternalError),
    *(sqlite3.OperationalError, sqlite3.InternalError),
    *(psycopg.OperationalError, psycopg.InternalError, psycopg.InterfaceError),
)
"""SQLAlchemy's errors, and the drivers' own, which prepared statements raise."""
_DAMAGED = (DatabaseError, sqlite3.DatabaseError, psycopg.DatabaseError)
"""What a damaged or foreign file is reported as: these very classes, for their subclasses are bugs, too."""


def is_failure_of_database(error: BaseException) -> bool:
    """Whether an error is the database's (to be tried again later) and not the code's (a bug)."""
    if isinstance(error, (Unavailable, *_FAILURES)) or type(error) in _DAMAGED:
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """A savepoint by plain SQL: a third of the cost of SQLAlchemy's nested transaction, which every turn would pay."""
    cursor = db.connection.cursor()
    cursor.execute("SAVEPOINT step")
    touched = set(db.info.get("touched", ()))
    try:
        yield
    except BaseException:
        db.info["touched"] = touched
        cursor.execute("ROLLBACK TO SAVEPOINT step")
        cursor.execute("RELEASE SAVEPOINT step")
        raise
    cursor.execute("RELEASE SAVEPOINT step")


def _notify(listeners: list[CommitListener], touched: set[int]) -> None:
    for listener in listeners if touched else ():
        try:
            listener(frozenset(touched))
        except Exception:
            log.exception("a commit listener failed")


class _Job:
    """A job with its future and, once run, its outcome."""

    __slots__ = ("error", "future", "result", "run")

    def __init__(self, run: Callable[[Connection], Any]) -> None:
        self.run = run
        self.future: Future[Any] = Future()
        self.future.set_running_or_notify_cancel()  # nobody takes a job back: it would end the thread that settles it
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.error is None:
            self.future.set_result(self.result)
        elif is_failure_of_database(self.error) and not isinstance(self.error, Unavailable):
            unavailable = Unavailable(type(self.error).__name__)
            unavailable.__cause__ = self.error
            self.future.set_exception(unavailable)
        else:
            self.future.set_exception(self.error)


class SqliteWriter:
    """One thread, group commit."""

    def __init__(self, engine: Engine) -> None:
        self.listeners: list[CommitListener] = []
        self._engine = engine
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]":  # noqa: ARG002 (one queue)
        entry = _Job(job)
        with self._guard:
            if self._closed:
                raise Unavailable(_CLOSED)
            self._waiting.put(entry)
        return entry.future

    def close(self) -> None:
        with self._guard:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()
        self._engine.dispose()

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, last = self._fill(first)
            self._commit(batch)
            if last:
                return

    def _fill(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < MAX_BATCH:
            try:
                entry = self._waiting.get_nowait()
            except queue.Empty:
                break
            if entry is None:
                return batch, True
            batch.append(entry)
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        touched: set[int] = set()
        try:
            with self._engine.begin() as db:
                db.info.pop("touched", None)
                for job in batch:
                    self._run(db, job)
                touched = db.info.pop("touched", set())
        except Exception as error:  # noqa: BLE001 (each job's future carries it)
            # No traceback: a statement's parameters are personal data.
            log.error("nothing of %d jobs was kept: %s", len(batch), type(error).__name__)  # noqa: TRY400
            for job in batch:
                job.error = error if is_failure_of_database(error) else Unavailable(type(error).__name__)
        for job in batch:
            job.settle()
        _notify(self.listeners, touched)

    @staticmethod
    def _run(db: Connection, job: _Job) -> None:
        try:
            with savepoint(db):
                job.result = job.run(db)
        except Exception as error:
            job.error = error
            raw = db.connection.driver_connection
            # A full disk or a failing file makes SQLite roll back everything by itself: the batch is lost as a whole.
            if raw is None or not raw.in_transaction:
                raise


class PostgresWriter:
    """A pool of threads, one transaction a job, jobs of one key in order."""

    def __init__(self, engine: Engine) -> None:
        self.listeners: list[CommitListener] = []
        self._engine = engine
        self._pool = ThreadPoolExecutor(POSTGRES_THREADS, thread_name_prefix="writer")
        self._guard = threading.Lock()
        self._queues: dict[Hashable, deque[_Job]] = {}
        self._closed = False

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]":
        entry = _Job(job)
        with self._guard:
            if self._closed:
                raise Unavailable(_CLOSED)
            if key is None:
                self._pool.submit(self._perform, entry)
            elif key in self._queues:
                self._queues[key].append(entry)
            else:
                self._queues[key] = deque([entry])
                self._pool.submit(self._serve, key)
        return entry.future

    def close(self) -> None:
        with self._guard:
            self._closed = True
        self._pool.shutdown(wait=True)
        self._engine.dispose()

    def _serve(self, key: Hashable) -> None:
        """Do all that waits for a key, then let go of it."""
        while True:
            with self._guard:
                if not self._queues[key]:
                    del self._queues[key]
                    return
                entry = self._queues[key].popleft()
            self._perform(entry)

    def _perform(self, job: _Job) -> None:
        touched: set[int] = set()
        for _ in range(CONFLICT_TRIES):
            job.error = None
            try:
                with self._engine.begin() as db:
                    db.info.pop("touched", None)
                    job.result = job.run(db)
                    touched = db.info.pop("touched", set())
                break
            except Exception as error:  # noqa: BLE001 (the job's future carries it)
                job.error = error
                if not _is_conflict(error):
                    break
        job.settle()
        if job.error is None:
            _notify(self.listeners, touched)


def _is_conflict(error: Exception) -> bool:
    raw = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(raw, psycopg.Error) and raw.sqlstate in {"40001", "40P01"}
