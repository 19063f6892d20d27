"""Alembic's entry: runs on the connection that `storage.migrations` hands over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from storage.db.types import UtcDateTime
from storage.tables import metadata


def render(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types by their short names, and SQLModel's strings as plain ones."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from storage.db.types import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render,
    on_version_apply=context.config.attributes["applied"],
)
with context.begin_transaction():
    context.run_migrations()
