"""`python -m bot doctor --rehearse` tries the upgrade before it is done in earnest, and says how long it takes.

SQLite: on a copy beside the database, while the bot goes on. PostgreSQL: in a transaction that is taken back. That
locks the tables which it changes, so it is refused while anybody else is connected.
"""

import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import UsageError
from bot.operations.archive import DATABASE
from bot.operations.doctor import Finding, megabytes, ok, problem, warning
from bot.operations.upgrade import check_space, failure
from bot.settings import Settings
from services import week_history
from storage import migrations
from storage.db import health, sqlite_file
from storage.records import totals

CHECK = "rehearsal"


def rehearse(settings: Settings) -> Finding:
    """Try the upgrade; nothing of it stays."""
    database = sqlite_file.file_of(settings.database_url)
    try:
        why_not = _why_not(settings.database_url, database)
        if why_not is not None:
            return why_not
        return _on_copy(database) if database else _taken_back(settings.database_url)
    except migrations.Newer:
        return problem(CHECK, "A newer version of this program made the database.")
    except migrations.Failed as error:
        return problem(CHECK, failure(error))
    except (SQLAlchemyError, sqlite3.Error) as error:
        return problem(CHECK, f"It could not be done ({type(error).__name__}). Check the disk and BOT_DATABASE_URL.")
    except UsageError as error:
        return problem(CHECK, str(error))


def _why_not(url: str, database: Path | None) -> Finding | None:
    """Say why there is nothing to try, or why it cannot be tried now."""
    if database is not None and not database.exists():
        return ok(CHECK, "There is no database yet, so there is nothing to upgrade.")
    with health.looking(url) as db:
        if migrations.current(db) in (None, migrations.head()):
            return ok(CHECK, "The database is of this version: the next start upgrades nothing.")
        if database is None and health.has_others(db):
            return warning(
                CHECK,
                "On PostgreSQL the rehearsal locks tables, so it is done only while nobody else is connected: stop the "
                "bot first, or let BOT_DATABASE_URL name a database that pg_restore made of a dump.",
            )
    return None


def _on_copy(database: Path) -> Finding:
    check_space(database)
    with tempfile.TemporaryDirectory(prefix=".rehearsal-", dir=database.parent) as folder:
        copy = Path(folder) / DATABASE
        began = monotonic()
        sqlite_file.copy(database, copy, lambda _done, _pages: None)
        copied, before = monotonic() - began, copy.stat().st_size
        with _timed() as told:
            migrations.migrate(f"sqlite:///{copy}", reached=told.reached)
        with health.looking(copy) as db:
            if damage := health.damage(db):
                return problem(CHECK, f"The upgraded copy is damaged ({damage}). Do not upgrade; report this line.")
            if wrong := totals.strays(db) + week_history.strays(db):
                return problem(
                    CHECK, f"Totals and weeks of the upgraded copy that are wrong: {wrong}. Do not upgrade; report it."
                )
        after = copy.stat().st_size
    return ok(CHECK, f"{told} The copy before it takes {copied:,.1f} s; {megabytes(before)} become {megabytes(after)}.")


def _taken_back(url: str) -> Finding:
    with _timed() as told:
        migrations.migrate(url, reached=told.reached, keep=False)
    return ok(CHECK, f"{told} All of it was taken back. Make a copy with pg_dump before the upgrade.")


class _Told:
    """How long each step took, in seconds, and how much memory the process needed at most."""

    def __init__(self) -> None:
        self._since = monotonic()
        self.steps: dict[str, float] = {}
        self.memory = 0

    def reached(self, revision: str) -> None:
        now = monotonic()
        self.steps[revision], self._since = now - self._since, now

    def __str__(self) -> str:
        steps = ", ".join(f"{revision} {seconds:,.1f} s" for revision, seconds in self.steps.items())
        whole = sum(self.steps.values())
        return f"The upgrade works and takes {whole:,.1f} s ({steps}), with at most {megabytes(self.memory)} of memory."


@contextmanager
def _timed() -> Iterator[_Told]:
    told = _Told()
    yield told
    told.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
