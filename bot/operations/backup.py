"""`python -m bot backup`: packs everything that would be missed into one file while the bot goes on.

Updates in hand are packed first, then the database as of one moment, then the files. So every file that the copied
database names is there, and an update that was not yet committed comes again. The backup gets its name only when it is
whole and on the disk.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.errors import UsageError
from bot.operations.archive import DATABASE, MEDIA, SECRET, Manifest, Packer, Progress
from bot.settings import KEPT_SECRET, Settings
from storage.db import sqlite_file
from storage.db.health import looking
from storage.files.media import flush_folder
from storage.migrations import current

IN_HAND = "in-hand/*.json"
KEPT = "[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64
"""The packed parts of the media folder. Pictures of figures are drawn again; unfinished files are worth nothing."""


def back_up(settings: Settings, target: Path, now: datetime, progress: Progress) -> Manifest:
    """Write the backup to `target`, which must not be there; raises `UsageError` or `OSError`."""
    if target.exists():
        raise UsageError(f"{target} is there already, and a backup is never overwritten. Choose another name.")
    database = sqlite_file.file_of(settings.database_url)
    if database is not None and not database.exists():
        raise UsageError(f"{database} is not there: there is nothing to back up. Check BOT_DATABASE_URL.")
    # Beside the target: there is the room, and a rename works. Nobody else may look into this folder.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        part = Path(folder) / "part.tar"
        with part.open("xb") as file:
            part.chmod(0o600)
            manifest = _pack(Packer(file), settings, Path(folder) / DATABASE, now, progress)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    flush_folder(target.parent)
    return manifest


def _pack(packer: Packer, settings: Settings, copy: Path, now: datetime, progress: Progress) -> Manifest:
    media, database = settings.media, sqlite_file.file_of(settings.database_url)
    _pack_files(packer, media, media.glob(IN_HAND), progress)
    schema = _pack_database(packer, database, copy, progress) if database is not None else ""
    _pack_files(packer, media, sorted(media.glob(KEPT)), progress)
    if settings.secret is None and KEPT_SECRET.exists():
        packer.add(SECRET, KEPT_SECRET)
    return packer.finish(now, schema)


def _pack_database(packer: Packer, database: Path, copy: Path, progress: Progress) -> str:
    """Pack a copy of the database; return its schema's revision, empty for a database without tables."""
    try:
        sqlite_file.copy(database, copy, lambda done, pages: progress("copying the database", done, pages))
    except sqlite3.Error as error:
        raise UsageError(f"{database} cannot be copied: {error}. Check the disk; `doctor` says more.") from error
    with looking(copy) as db:
        schema = current(db)
    packer.add(DATABASE, copy)
    return schema or ""


def _pack_files(packer: Packer, folder: Path, paths: Iterable[Path], progress: Progress) -> None:
    listed = list(paths)
    for done, path in enumerate(listed, 1):
        try:
            packer.add(f"{MEDIA}/{path.relative_to(folder).as_posix()}", path)
        except FileNotFoundError:
            continue  # it was let go of, or swept, since the folder was listed
        progress("packing files", done, len(listed))
