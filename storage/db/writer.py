"""The writer: every change to the database goes through it, and nobody is answered before its commit.

On SQLite it is one thread that takes all waiting jobs, runs each in a savepoint and commits them together, so that
one flush of the disk serves many turns. On PostgreSQL (`storage.db.postgres_writer`) it is a pool of threads.
"""

import logging
import queue
import sqlite3
import sys
import threading
from collections.abc import Callable, Collection, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError

T = TypeVar("T")
CommitListener = Callable[[frozenset[int]], None]

MAX_BATCH = 256
"""Jobs committed together: bounds how long the first of them waits for the last."""
CLOSED = "the writer is closed"
STEP = "step"
"""In a connection's `info` a value of its own for the open savepoint: what was read in it needs no second look."""

log = logging.getLogger(__name__)


class Unavailable(Exception):
    """The database itself failed (locked, missing, disk full, connection lost): nothing of the job was kept."""


@dataclass(frozen=True, eq=False)
class Follower:
    """A job that looks at what transactions have queued; it follows each transaction that calls for it.

    On SQLite it is a part of that very transaction. On PostgreSQL it has one of its own right after, and one look may
    serve several transactions. Only one is under way at a time; `then` hears its result before the next.
    """

    job: Callable[[Connection], Any]
    then: Callable[["Future[Any]"], None]


class Writer(Protocol):
    """The interface of both writers; see `storage.db.database.Database.write`."""

    listeners: list[CommitListener]
    followers: list[Follower]
    bells: list[Callable[[], None]]
    """Rung when all futures of a commit, kept or not, have been resolved."""

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]": ...

    def close(self) -> None: ...


def touch(db: Connection, account: int) -> None:
    """Note that this transaction queued a message for an account: followers look, and listeners hear of the commit."""
    _touched(db).append(account)


def call_followers(db: Connection) -> None:
    """Have the followers look after this transaction, even if it queued nothing."""
    _touched(db)


def _touched(db: Connection) -> list[int]:
    """Return the list of accounts that this transaction touched. Its mere presence calls the followers."""
    touched: list[int] = db.info.setdefault("touched", [])
    return touched


_FAILURES: tuple[type[BaseException], ...] = (
    *(OperationalError, InterfaceError, InternalError),
    *(sqlite3.OperationalError, sqlite3.InternalError),
)
"""SQLAlchemy's errors and the drivers' own, which prepared statements raise."""
_DAMAGED: tuple[type[BaseException], ...] = (DatabaseError, sqlite3.DatabaseError)
"""The errors of a damaged or foreign file: exactly these classes, since their subclasses may be bugs."""


def is_failure_of_database(error: BaseException) -> bool:
    """Whether an error is the database's, to be tried again later, and not a bug of ours."""
    failures, damaged = _FAILURES, _DAMAGED
    if psycopg := sys.modules.get("psycopg"):  # 10 MB that only PostgreSQL needs
        failures += (psycopg.OperationalError, psycopg.InternalError, psycopg.InterfaceError)
        damaged += (psycopg.DatabaseError,)
    if isinstance(error, (Unavailable, *failures)) or type(error) in damaged:
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """Set a savepoint by plain SQL, at a third of the cost of SQLAlchemy's nested transaction: every turn has one."""
    cursor = db.connection.cursor()
    cursor.execute("SAVEPOINT step")
    around, db.info[STEP] = db.info.get(STEP), object()
    touched = len(db.info.get("touched", ()))
    try:
        yield
    except BaseException:
        del db.info.get("touched", [])[touched:]
        cursor.execute("ROLLBACK TO SAVEPOINT step")
        cursor.execute("RELEASE SAVEPOINT step")
        raise
    finally:
        db.info[STEP] = around
    cursor.execute("RELEASE SAVEPOINT step")


def notify(listeners: list[CommitListener], touched: Collection[int]) -> None:
    for listener in listeners if touched else ():
        try:
            listener(frozenset(touched))
        except Exception:
            log.exception("a commit listener failed")


def ring(bells: list[Callable[[], None]]) -> None:
    for bell in bells:
        bell()


class Job:
    """A job with its future and, once run, its outcome."""

    __slots__ = ("error", "future", "result", "run")

    def __init__(self, run: Callable[[Connection], Any]) -> None:
        self.run = run
        self.future: Future[Any] = Future()
        self.future.set_running_or_notify_cancel()  # nobody takes a job back: it would end the thread that settles it
        self.result: Any = None
        self.error: BaseException | None = None

    @classmethod
    def of(cls, follower: Follower, run: Callable[[Connection], Any]) -> Self:
        job = cls(run)
        job.future.add_done_callback(follower.then)
        return job

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
        self.followers: list[Follower] = []
        self.bells: list[Callable[[], None]] = []
        self._engine = engine
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]":  # noqa: ARG002 (one queue)
        entry = Job(job)
        with self._guard:
            if self._closed:
                raise Unavailable(CLOSED)
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

    def _fill(self, first: Job) -> tuple[list[Job], bool]:
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

    def _commit(self, batch: list[Job]) -> None:
        touched: list[int] | None = None
        try:
            with self._engine.begin() as db:
                db.info.pop("touched", None)
                for job in batch:
                    self._run(db, job)
                if "touched" in db.info:
                    self._follow(db, batch)
                touched = db.info.pop("touched", None)
        except Exception as error:  # noqa: BLE001 (each job's future carries it)
            # No traceback: a statement's parameters are personal data.
            log.error("nothing of %d jobs was kept: %s", len(batch), type(error).__name__)  # noqa: TRY400
            for job in batch:
                job.error = error if is_failure_of_database(error) else Unavailable(type(error).__name__)
            touched = None
        for job in batch:
            job.settle()
        ring(self.bells)
        notify(self.listeners, touched or ())

    def _follow(self, db: Connection, batch: list[Job]) -> None:
        for follower in self.followers:
            batch.append(Job.of(follower, follower.job))
            self._run(db, batch[-1])

    @staticmethod
    def _run(db: Connection, job: Job) -> None:
        try:
            with savepoint(db):
                job.result = job.run(db)
        except Exception as error:
            job.error = error
            raw = db.connection.driver_connection
            # A full disk or a failing file makes SQLite roll back everything by itself: the batch is lost as a whole.
            if raw is None or not raw.in_transaction:
                raise
