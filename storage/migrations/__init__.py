"""The schema's history, run at every start.

A replica that starts beside others waits for the one that migrates (PostgreSQL: an advisory lock; SQLite: the
write lock).
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from storage.db import engines

_LOCK = 2_021_0805  # any number that nothing else locks; the plan's own


def _config(db: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = db
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


def upgrade(db: Connection, revision: str = "head") -> None:
    """Bring the schema up within the caller's transaction."""
    command.upgrade(_config(db), revision)


def downgrade(db: Connection, revision: str) -> None:
    """Take the schema down within the caller's transaction (tests; an upgrade that must be undone)."""
    command.downgrade(_config(db), revision)


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest schema; nothing to do costs one query."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = engines.sqlite_writer(url) if is_sqlite else engines.postgres(url, may_take_long=True)
    try:
        with engine.begin() as db:
            if not is_sqlite:
                db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if current(db) != head():
                upgrade(db)
    finally:
        engine.dispose()
