"""Sees to it that a bot has one poller: a platform gives each update only to the first that asks.

With SQLite there is one machine, and a file lock is enough. With PostgreSQL it is an advisory lock on a connection of
its own, so that another replica can take over when the poller dies.
"""

import asyncio
import fcntl
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from scheduler.waiting import comes_within
from storage.db import engines

ASK_EVERY_SECONDS = 5.0
"""How long a bot stays without a poller, at most, after its poller died; and how soon a lost lock is noticed."""

log = logging.getLogger(__name__)


class Lock(Protocol):
    """A lock that dies with its process."""

    def acquire(self) -> bool: ...

    def is_held(self) -> bool: ...

    def release(self) -> None: ...


class FileLock:
    """An exclusive lock on a file; the file stays, empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def is_held(self) -> bool:
        return self._file is not None

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLock:
    """PostgreSQL's session lock. It is lost with its connection, and only asking shows whether it is still held."""

    def __init__(self, url: str, name: str) -> None:
        self._engine = engines.postgres(url).execution_options(isolation_level="AUTOCOMMIT")
        self._key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
        self._db: Connection | None = None

    def acquire(self) -> bool:
        try:
            db = self._engine.connect()
            if db.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}).scalar():
                self._db = db
                return True
            db.close()
            self._engine.dispose()
        except SQLAlchemyError as error:
            log.error("The lock cannot be asked for: %s", type(error).__name__)  # noqa: TRY400 (no parameters in the log)
        return False

    def is_held(self) -> bool:
        try:
            return self._db is not None and self._db.execute(text("SELECT 1")).scalar() == 1
        except SQLAlchemyError:
            return False

    def release(self) -> None:
        if self._db is not None:
            self._db.invalidate()
            self._db.close()
            self._db = None
        self._engine.dispose()


def poller_lock(database_url: str, channel: str, bot: str) -> Lock:
    """The lock of a bot's poller, for an installation with this database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return FileLock(Path(f"{url.database}.{channel}-{bot}.lock"))
    return AdvisoryLock(database_url, f"{channel} poller {bot}")


async def run_locked(lock: Lock, stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work(stop)` while the lock is held. Wait for the lock until `stop`, and again when it was lost."""
    waited = False
    while not stop.is_set():
        if not await asyncio.to_thread(lock.acquire):
            if not waited:
                log.warning("Another process polls for this bot; this one stands by.")
            waited = True
            await comes_within(stop, ASK_EVERY_SECONDS)
            continue
        waited = False
        try:
            await _while_held(lock, stop, work)
        finally:
            await asyncio.to_thread(lock.release)


async def _while_held(lock: Lock, stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    halt = asyncio.Event()
    working = asyncio.ensure_future(work(halt))
    try:
        while not working.done():
            if await _first(working, stop) or not await asyncio.to_thread(lock.is_held):
                break
    finally:
        halt.set()
        await working


async def _first(working: asyncio.Future[None], stop: asyncio.Event) -> bool:
    """Wait a little, and tell whether the work or a stop ended the waiting."""
    stopping: asyncio.Future[bool] = asyncio.ensure_future(stop.wait())
    ends: set[asyncio.Future[Any]] = {working, stopping}
    await asyncio.wait(ends, timeout=ASK_EVERY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    return working.done() or stop.is_set()
