"""Inserts rows that may be there already, and keeps or changes those. Only this module knows how databases differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from storage.db.prepared import Prepared

Insert: TypeAlias = sqlite.Insert | postgresql.Insert
NewRow: TypeAlias = ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]
"""The row that would be inserted."""


@dataclass(frozen=True, slots=True)
class Upsert:
    """One INSERT in each database's own words."""

    _sqlite: sqlite.Insert
    _postgresql: postgresql.Insert

    def on(self, db: Connection) -> Insert:
        """Return the statement; give it values, or a SELECT to take them from."""
        return self._sqlite if db.dialect.name == "sqlite" else self._postgresql

    def prepared(self, columns: Sequence[str], *, returning: str = "") -> Prepared:
        """Compile it once, for rows of these columns. With `returning` it yields that column of a row it wrote."""
        statements: dict[str, Insert] = {"sqlite": self._sqlite, "postgresql": self._postgresql}
        said = {name: one.returning(one.table.c[returning]) if returning else one for name, one in statements.items()}
        return Prepared(said, tuple(columns))

    def prepared_from(self, columns: Sequence[str], rows: Select[Any]) -> Prepared:
        """Compile it once, for the rows of a SELECT, which names its parameters by `bindparam`."""
        statements: dict[str, Insert] = {"sqlite": self._sqlite, "postgresql": self._postgresql}
        return Prepared({name: one.from_select([*columns], rows) for name, one in statements.items()})


def insert_or_keep(table: Table, key: Sequence[str] = ()) -> Upsert:
    """Make an insert that leaves an existing row as it is. Without a key, any unique index counts."""
    on = list(key) or None
    return Upsert(
        sqlite.insert(table).on_conflict_do_nothing(index_elements=on),
        postgresql.insert(table).on_conflict_do_nothing(index_elements=on),
    )


def insert_or_change(
    table: Table, key: Sequence[str], change: Sequence[str] | Callable[[NewRow], Mapping[str, Any]]
) -> Upsert:
    """Make an insert that gives an existing row these columns of the new one, or what `change` makes of it."""

    def changed(offered: NewRow) -> Mapping[str, Any]:
        return change(offered) if callable(change) else {name: offered[name] for name in change}

    lite, postgres = sqlite.insert(table), postgresql.insert(table)
    return Upsert(
        lite.on_conflict_do_update(index_elements=list(key), set_=changed(lite.excluded)),
        postgres.on_conflict_do_update(index_elements=list(key), set_=changed(postgres.excluded)),
    )
