"""Brings a database of an older version up: copies it first, and says what happened if that fails.

Every start and every command does this by itself. The copy holds what was committed before the first step, since it is
made while nobody else can write. A step that fails takes everything back with it.
"""

import logging
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from time import monotonic

from sqlalchemy import make_url

from bot.errors import UsageError
from bot.settings import KEPT_SECRET, Settings
from storage import migrations
from storage.db import sqlite_file
from storage.files.media import RESERVE, flush_folder

log = logging.getLogger(__name__)

KEPT = 2
"""Automatic copies that stay: the one before the last upgrade, and the one before that."""
GROWTH = 3
"""How many times its size a database may need beside itself: its copy, the log of an upgrade that rewrites all of it,
and what it grows by."""


def upgrade(settings: Settings) -> None:
    """Migrate the database, if an older version made it. Raises `UsageError`, which says what to do."""
    began = monotonic()
    copies: list[str] = []

    def first(revision: str) -> None:
        copies.append(_copy(settings, revision))
        log.info("upgrading the database from %s; a copy of before: %s", revision, copies[0])

    try:
        migrations.migrate(settings.database_url, first=first, reached=lambda revision: log.info("at %s", revision))
    except migrations.Newer as error:
        text = "The database was made by a newer version of this program. Start that one, or restore a backup."
        raise UsageError(text) from error
    except migrations.Failed as error:
        raise UsageError(failure(error)) from error
    if copies:
        log.info("upgraded in %.0f s", monotonic() - began)
        _let_old_copies_go(settings)


def failure(error: migrations.Failed) -> str:
    """Say that an upgrade failed and what to do. A cause is named by its kind: its text may hold what people wrote."""
    return (
        f"The upgrade of the database failed after step {error.revision} ({type(error.cause).__name__}) and was taken "
        "back: nothing is lost. Start the former version again, and report this line; if the disk is full, make room "
        "and start once more."
    )


def _copy(settings: Settings, revision: str) -> str:
    """Copy the database as it is before the upgrade; return where the copy lies, or why there is none."""
    database = sqlite_file.file_of(settings.database_url)
    if database is None:
        return _dump(settings.database_url, KEPT_SECRET.with_name(f"postgresql.upgrade-{revision}.dump"))
    check_space(database)
    target = database.with_name(f"{database.name}.upgrade-{revision}")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)  # an earlier start was killed while it copied
    try:
        sqlite_file.copy(database, part, lambda _done, _pages: None)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        text = f"{database} cannot be copied before its upgrade ({error}), so nothing was changed. Check the disk."
        raise UsageError(text) from error
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    flush_folder(target.parent)
    return str(target)


def check_space(database: Path) -> None:
    """Raise `UsageError` unless there is room beside a database for its copy and its upgrade."""
    files = (database, *(database.with_name(database.name + ending) for ending in sqlite_file.COMPANIONS))
    needed = GROWTH * sum(file.stat().st_size for file in files if file.exists()) + RESERVE
    free = shutil.disk_usage(database.parent).free
    if free < needed:
        raise UsageError(
            f"The upgrade of {database} needs {_megabytes(needed)} beside it, and {_megabytes(free)} are free. Nothing "
            f"was changed. Make room, for example by moving {database}.upgrade-* or {database}.before-* elsewhere."
        )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"


def _dump(url: str, target: Path) -> str:
    """Have `pg_dump` make the copy, where there is one that can; the schema's steps are one transaction anyway."""
    program, parsed = shutil.which("pg_dump"), make_url(url)
    if program is None:
        log.warning("No copy of the database was made: pg_dump is not installed. Make one before each upgrade.")
        return "none"
    target.parent.mkdir(parents=True, exist_ok=True)
    address = parsed.set(drivername="postgresql")._replace(password=None).render_as_string(hide_password=False)
    secret = {"PGPASSWORD": parsed.password} if parsed.password else {}
    command = [program, "--format=custom", f"--file={target}", f"--dbname={address}"]
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, check=False)  # noqa: S603 (ours)
    if done.returncode == 0:
        return str(target)
    target.unlink(missing_ok=True)
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    log.warning("No copy of the database was made; make one yourself. pg_dump says: %s", *(said or ["nothing"]))
    return "none"


def _let_old_copies_go(settings: Settings) -> None:
    database = sqlite_file.file_of(settings.database_url)
    begins = database.parent / database.name if database else KEPT_SECRET.with_name("postgresql")
    copies = sorted(begins.parent.glob(f"{begins.name}.upgrade-*"), key=lambda path: path.stat().st_mtime)
    for old in copies[:-KEPT]:
        old.unlink()
