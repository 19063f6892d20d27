"""`python -m bot restore` makes the installation what a backup holds. What was there is put aside, never deleted.

Everything is checked and unpacked before the first file is renamed. Then files are renamed one after another; if one
cannot be, the others get their old names back. The database is locked meanwhile, so that no process writes to the files
that are put aside.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from bot.errors import UsageError
from bot.operations.archive import DATABASE, MEDIA, SECRET, Manifest, Progress, contents, verify
from bot.settings import KEPT_SECRET, Settings
from periods.days import ZONE
from storage.db import sqlite_file
from storage.db.health import has_others, looking
from storage.files.media import flush_folder
from storage.migrations import is_known

_RUNS = "The bot is running, or another command has the database open. Stop it, then restore."


@dataclass(frozen=True, slots=True)
class Replacement:
    """The paths of one part of the archive: its home, where it is unpacked, and where the old one is put aside."""

    home: Path
    fresh: Path
    aside: Path

    @classmethod
    def of(cls, home: Path, now: datetime) -> "Replacement":
        stamp = f"{now.astimezone(ZONE):%Y%m%d-%H%M%S}"
        return cls(home, home.with_name(f"{home.name}.new-{stamp}"), home.with_name(f"{home.name}.before-{stamp}"))


def checked(settings: Settings, path: Path, progress: Progress) -> Manifest:
    """Check a backup and return its manifest. Raises `UsageError` if it is not to be trusted or does not fit here."""
    manifest = verify(path, progress)
    if manifest.schema and not is_known(manifest.schema):
        raise UsageError(f"{path} was made by a newer version of this program. Restore it with that version.")
    is_sqlite = sqlite_file.file_of(settings.database_url) is not None
    if is_sqlite and DATABASE not in manifest.files:
        raise UsageError(f"{path} holds no database: it was made with PostgreSQL. Set BOT_DATABASE_URL to that one.")
    if not is_sqlite and DATABASE in manifest.files:
        raise UsageError(
            f"{path} holds a SQLite database, but BOT_DATABASE_URL names PostgreSQL. Set it to sqlite:///…"
        )
    return manifest


def put_back(settings: Settings, path: Path, manifest: Manifest, now: datetime, progress: Progress) -> list[Path]:
    """Put a checked backup in place; return the paths of what was put aside. Raises `UsageError` while the bot runs."""
    places = _places(settings, manifest, now)
    with _alone(settings.database_url):
        try:
            _unpack(path, places, len(manifest.files), progress)
            return _exchange(places)
        finally:
            for place in places.values():  # what is still there was not put in place
                _remove(place.fresh)


def _places(settings: Settings, manifest: Manifest, now: datetime) -> dict[str, Replacement]:
    homes = {MEDIA: settings.media}
    database = sqlite_file.file_of(settings.database_url)
    if database is not None:
        homes[DATABASE] = database
    if SECRET in manifest.files:
        homes[SECRET] = KEPT_SECRET
    return {name: Replacement.of(home, now) for name, home in homes.items()}


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Keep everybody else out of the database. Raises `UsageError` if somebody uses it."""
    database = sqlite_file.file_of(url)
    if database is None:
        with looking(url) as db:
            if has_others(db):
                raise UsageError(_RUNS)
        yield
    elif not database.exists():
        yield
    else:
        try:
            with sqlite_file.locked(database):
                yield
        except sqlite_file.InUse:
            raise UsageError(_RUNS) from None


def _unpack(path: Path, places: dict[str, Replacement], files: int, progress: Progress) -> None:
    places[MEDIA].fresh.mkdir(parents=True)
    for done, (name, content) in enumerate(contents(path), 1):
        part, _, rest = name.partition("/")
        _write(places[part].fresh / rest, content)
        progress("unpacking", done, files)


def _write(path: Path, content: IO[bytes]) -> None:
    """Write a file that only we may read; it is on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    flush_folder(path.parent)


def _exchange(places: dict[str, Replacement]) -> list[Path]:
    moves = [move for place in places.values() for move in _moves(place)]
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in moves:
            _rename(old, new)
            done.append((old, new))
    except BaseException:
        for old, new in reversed(done):
            new.rename(old)
        raise
    for folder in {new.parent for _, new in moves}:
        flush_folder(folder)
    return [place.aside for place in places.values() if place.aside.exists()]


def _rename(old: Path, new: Path) -> None:
    if new.exists():  # a file would be overwritten without a word
        raise FileExistsError(errno.EEXIST, "is in the way; nothing was changed", str(new))
    old.rename(new)


def _moves(place: Replacement) -> Iterator[tuple[Path, Path]]:
    """Yield the renames. A database's companion files go with it: they hold a part of what was committed."""
    for ending in ("", *sqlite_file.COMPANIONS):
        old, new = (path.with_name(path.name + ending) for path in (place.home, place.aside))
        if old.exists():
            yield old, new
    yield place.fresh, place.home


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
