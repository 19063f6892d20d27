"""The database as the rest of the program sees it: read here, write there, hear of commits.

Reads run on connections of their own, at any time, in any thread. Every write is a job handed to the one writer
(`storage.db.writer`). Its future is resolved after the commit, so code that awaited it may answer.
"""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, make_url

from storage.db import engines
from storage.db.bell import Bell
from storage.db.writer import CommitListener, Follower, SqliteWriter, Writer

T = TypeVar("T")


class Database:
    """An open database with its writer; close it, or use it as a context."""

    def __init__(self, readers: Engine, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer
        self._bell = Bell()
        writer.bells.append(self._bell.ring)

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._readers.dialect.name

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run `query` on a consistent snapshot."""
        with self._readers.connect() as db:
            return query(db)

    async def aread(self, query: Callable[[Connection], T]) -> T:
        """`read` without holding up the event loop."""
        return await asyncio.to_thread(self.read, query)

    def write(self, job: Callable[[Connection], T], key: Hashable = None) -> "Future[T]":
        """Hand a job to the writer. Jobs of one key run in the order given; the future follows the commit.

        A job that raises is rolled back alone and its future raises the same; `storage.db.writer.Unavailable` means
        that the database itself failed and nothing of the job was kept.
        """
        return self._writer.write(job, key)

    async def awrite(self, job: Callable[[Connection], T], key: Hashable = None) -> T:
        """`write`, awaited. A caller that is cancelled leaves its job to finish."""
        return await asyncio.shield(self._bell.hear(self.write(job, key)))

    def on_commit(self, listener: CommitListener) -> None:
        """Call `listener(account ids)` in the writer's thread after each commit that queued messages for them."""
        self._writer.listeners.append(listener)

    def follow(self, job: Callable[[Connection], T], then: Callable[["Future[T]"], None]) -> None:
        """Run `job` after every transaction that queues messages or calls for it (see `storage.db.writer.Follower`)."""
        self._writer.followers.append(Follower(job, then))

    def close(self) -> None:
        """Finish the jobs handed in, then close every connection."""
        self._writer.close()
        self._readers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_database(url: str) -> Database:
    """Open a database by its URL (sqlite:///path, postgresql://…); its schema must be in place (`migrate`)."""
    if make_url(url).get_backend_name() == "sqlite":
        return Database(engines.sqlite_readers(url), SqliteWriter(engines.sqlite_writer(url)))
    from storage.db.postgres_writer import PostgresWriter

    engine = engines.postgres(url)
    return Database(engine, PostgresWriter(engine))


def ensure_folder(url: str) -> None:
    """Make the folder of a SQLite file, so that a first start needs no preparation."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
