"""Sets SQLAlchemy engines up so that a commit is on the disk and a writer never waits for a lock it cannot get.

SQLite: WAL, `synchronous=FULL` (NORMAL may lose the last commits at power loss), foreign keys on, and `BEGIN
IMMEDIATE` for the writer, since a transaction that turns from reading to writing fails at once whatever the time-out.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, create_engine, event, make_url
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from storage.db.sqlite_file import OpenedFiles, file_of

BUSY_MS = 5_000
"""How long SQLite waits for another process (a backup, a command line) to let go."""
POSTGRES_CONNECTIONS = 12
READERS = 8


class _Hinting(SQLiteCompiler):
    """Writes out `with_hint` for SQLite ("INDEXED BY …"), which SQLAlchemy leaves out."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002 (signature)
        return text


def _sqlite(url: str, begin: str, pragmas: tuple[str, ...], **pool: Any) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # an error's text goes to the log; what people wrote does not
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": BUSY_MS / 1000},
        **pool,
    )

    engine.dialect.statement_compiler = _Hinting

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # On the driver's cursor, since each transaction would pay for the wrapping; only a failure is wrapped.
        try:
            connection.connection.cursor().execute(begin)
        except sqlite3.Error as error:
            raise OperationalError(begin, None, error) from error

    return engine


def sqlite_writer(url: str) -> Engine:
    """The engine of the one writer: a single connection that begins every transaction as a writer."""
    engine = _sqlite(url, "BEGIN IMMEDIATE", (), poolclass=StaticPool)
    path = file_of(url)
    if path is not None:
        _stay_with(engine, OpenedFiles(path))
    return engine


def _stay_with(engine: Engine, files: OpenedFiles) -> None:
    """Refuse to begin a transaction in files that are no longer the database."""

    @event.listens_for(engine, "connect")
    def remember(_connection: Any, _record: Any) -> None:
        files.opened()

    @event.listens_for(engine, "begin", insert=True)  # before a transaction is open
    def check(_connection: Connection) -> None:
        files.check()


def sqlite_readers(url: str) -> Engine:
    """Connections that cannot write."""
    return _sqlite(url, "BEGIN", ("query_only=ON",), poolclass=QueuePool, pool_size=READERS)


def postgres(url: str, *, may_take_long: bool = False) -> Engine:
    """One pool for readers and writers; a plain postgresql:// URL gets the psycopg driver.

    Work that may take long is never cut short: a migration rewrites whole tables, and waits for another one.
    """
    from storage.db.postgres_patience import connect_arguments, limit_waiting

    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(
        parsed,
        hide_parameters=True,
        connect_args=connect_arguments(parsed),
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=4,
        pool_pre_ping=True,
    )
    if not may_take_long:
        limit_waiting(engine)
    return engine
