"""The schema's history, run at every start.

A replica that starts beside others waits for the one that migrates (PostgreSQL: an advisory lock; SQLite: the
write lock). All steps are one transaction: a migration that fails leaves the database as it was.

On SQLite foreign keys are looked at once, in the end. A step that makes a table anew would else have every row that
refers to it looked for, one by one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from storage.db import engines

_LOCK = 2_021_0805  # any number that nothing else locks; the plan's own

Told: TypeAlias = Callable[[str], None]
"""Takes the id of a revision."""


class Newer(Exception):
    """A newer version of this program made the database."""


class Failed(Exception):
    """A step failed, and everything was undone. `revision` is the last one that had been reached."""

    def __init__(self, revision: str, cause: Exception) -> None:
        super().__init__(f"after {revision}: {type(cause).__name__}")
        self.revision = revision
        self.cause = cause


def nobody(_revision: str) -> None:
    """Tell nobody."""


def _config(db: Connection | None = None, reached: Told = nobody) -> Config:
    def applied(*, step: Any, **_: Any) -> None:
        reached(str(step.up_revision_id))

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes.update(connection=db, applied=applied)
    return config


def head() -> str:
    """The newest revision's id."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def is_known(revision: str) -> bool:
    """Whether this version of the program knows a revision; one that it does not know was made by a newer one."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def current(db: Connection) -> str | None:
    """The revision that a database is at; `None` for an empty one."""
    return MigrationContext.configure(db).get_current_revision()


def upgrade(db: Connection, revision: str = "head", reached: Told = nobody) -> None:
    """Bring the schema up within the caller's transaction; `reached` hears of each step that is done."""
    command.upgrade(_config(db, reached), revision)


def downgrade(db: Connection, revision: str) -> None:
    """Take the schema down within the caller's transaction (tests; an upgrade that must be undone)."""
    command.downgrade(_config(db), revision)


def migrate(url: str, *, first: Told = nobody, reached: Told = nobody, keep: bool = True) -> None:
    """Bring the database at `url` to the newest schema; nothing to do costs one query.

    `first` hears of the revision that an older database is at, while nobody else can change it and before anything is
    done; what it raises stops the upgrade. Unless it is to be kept, all is undone in the end. Raises `Newer` or
    `Failed`.
    """
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = engines.sqlite_writer(url) if is_sqlite else engines.postgres(url, may_take_long=True)
    try:
        with engine.connect() as db:
            if is_sqlite:  # it does so only before a transaction
                db.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            with db.begin() as transaction:
                _bring_up(db, first, reached)
                if not keep:
                    transaction.rollback()
    finally:
        engine.dispose()


def _bring_up(db: Connection, first: Told, reached: Told) -> None:
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    revision = current(db)
    if revision == head():
        return
    if revision is not None:
        if not is_known(revision):
            raise Newer
        first(revision)
    _upgrade(db, revision or "", reached)
    if db.dialect.name == "sqlite" and (astray := db.execute(text("PRAGMA foreign_key_check")).first()):
        raise Failed(head(), ValueError(f"a row of {astray[0]} refers to no row of {astray[2]}"))


def _upgrade(db: Connection, revision: str, reached: Told) -> None:
    at = [revision]

    def follow(step: str) -> None:
        at.append(step)
        reached(step)

    try:
        upgrade(db, reached=follow)
    except Exception as error:
        raise Failed(at[-1], error) from error
