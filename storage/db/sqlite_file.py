"""Treats a SQLite database as a file: finds it, copies it while others write, and sees whether anybody has it open."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import make_url

COMPANIONS = ("-wal", "-shm")
"""Endings of the files beside a database that is open or was not closed; the first holds part of what was committed."""

_PAGES_AT_ONCE = 2_000
_SHARED_FIRST, _SHARED_SIZE = 0x4000_0002, 510
"""The bytes by which SQLite's connections lock each other out (see its `os.h`; they never change)."""


class InUse(Exception):
    """Another process has the database open."""


class Displaced(sqlite3.OperationalError):
    """A file that was opened is no longer at its place: nobody would find what is written to it now."""


Identity: TypeAlias = tuple[int, int]
"""A file's device and inode, which identify it whatever its name."""


class OpenedFiles:
    """The files of a database that was opened: where they lie, and which files those were then.

    SQLite goes on writing to a file that was deleted or replaced, where nobody can read it again: in the main file for
    good, in a log beside it until somebody else opens the database. While the connection is open, no program that keeps
    to SQLite's locks takes the companion files away.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._companions = [path.with_name(path.name + ending) for ending in COMPANIONS]
        self._opened: dict[Path, Identity] = {}

    def opened(self) -> None:
        """Note that a connection was opened on the files that lie there now."""
        self._opened = {path: identity for path in (self._path, *self._companions) if (identity := _identity(path))}

    def check(self) -> None:
        """Raise `Displaced` unless those files are still there."""
        if self._path not in self._opened:
            raise Displaced
        for path in self._companions:  # an empty database gets them by its first transaction
            if path not in self._opened and (identity := _identity(path)):
                self._opened[path] = identity
        if any(_identity(path) != opened for path, opened in self._opened.items()):
            raise Displaced


def _identity(path: Path) -> Identity | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def file_of(url: str) -> Path | None:
    """Return the file that a database's URL names; `None` if it is not SQLite's."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a connection that changes no data. It may leave empty companions beside a file that nobody else has open."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def copy(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy what is committed at one moment into one file and check it; raises `sqlite3.Error`.

    Others may write meanwhile. `progress` gets the number of pages done, and of all pages.
    """
    with closing(open_read_only(source)) as read, closing(sqlite3.connect(target)) as written:
        # The snapshot is taken by the first read and held till the end: else each commit would begin the copy anew.
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()
        read.backup(written, pages=_PAGES_AT_ONCE, progress=lambda _, left, pages: progress(pages - left, pages))
        written.execute("PRAGMA journal_mode=DELETE")
        if written.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is damaged, and so is what was copied")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep everybody else out of the database. Raises `InUse` if somebody has it open.

    In WAL mode, which is ours, a connection shares the lock for as long as it is open. The lock is asked for without
    SQLite, so that a damaged file can be locked, too.
    """
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except (BlockingIOError, PermissionError):
            raise InUse from None
        yield


def is_in_use(path: Path) -> bool:
    """Whether another process has it open. Ask before this process opens it, which would not lock itself out."""
    try:
        with locked(path):
            return False
    except InUse:
        return True
