"""What the process writes is its own: nobody else on the machine reads the database, the photos or the secret."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from bot.settings import KEPT_SECRET, Settings
from storage.db.sqlite_file import file_of

OTHERS = 0o077
"""The rights of group and others."""


def narrow(settings: Settings) -> None:
    """Take from others what an earlier version, or a file that was put here by hand, left open to them.

    Beside the database and the secret lie their logs and what a restore put aside. A folder that is closed closes
    all that is in it: only one that stood open is walked through.
    """
    database = file_of(settings.database_url)
    for kept in filter(None, (database, KEPT_SECRET)):
        _close(kept.parent.glob(f"{kept.name}*"))
    _close(Path().glob("backup-*.tar"))
    for folder in (settings.media, *settings.media.parent.glob(f"{settings.media.name}.before-*")):
        if _close((folder,)):
            _close(_within(folder))


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _close(paths: Iterable[Path]) -> int:
    """Narrow what is ours and open; how many that were. What belongs to somebody else stays as it is."""
    closed = 0
    for path in paths:
        with suppress(OSError):
            mode = path.lstat().st_mode
            if mode & OTHERS and not path.is_symlink():
                path.chmod(mode & 0o7700)
                closed += 1
    return closed
