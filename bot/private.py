"""Keeps the process's files private: no other user of the machine can read the database, the photos or the secret."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISVTX

from bot.settings import KEPT_SECRET, Settings
from storage.db.sqlite_file import file_of

OTHERS = 0o077
"""The rights of group and others."""


def narrow(settings: Settings) -> None:
    """Close to others what an earlier version, or a file put here by hand, left open to them.

    The logs of the database and what a restore put aside are closed, too. A closed folder protects all that is in it,
    so only a folder that stood open is walked through. A setting may name by mistake what is not ours: a folder in
    place of the database, or one that everybody writes to (`/tmp`), stays as it is.
    """
    database = file_of(settings.database_url)
    for kept in filter(None, (database, KEPT_SECRET)):
        if not kept.is_dir():
            _close(path for path in kept.parent.glob(f"{kept.name}*") if path.is_file())
    _close(Path().glob("backup-*.tar"))
    for folder in (settings.media, *settings.media.parent.glob(f"{settings.media.name}.before-*")):
        if _close((folder,)):
            _close(_within(folder))


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _close(paths: Iterable[Path]) -> int:
    """Narrow what is ours and open, and return how many files that were. Files of somebody else stay as they are."""
    closed = 0
    for path in paths:
        with suppress(OSError):
            mode = path.lstat().st_mode
            if mode & OTHERS and not mode & S_ISVTX and not path.is_symlink():
                path.chmod(mode & 0o7700)
                closed += 1
    return closed
