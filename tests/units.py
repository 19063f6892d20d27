"""Units of a list as a tree, without a database; one unit in a database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from plan.model import ListedUnit
from storage.directory.unit_rows import NewUnit, add_units
from storage.directory.units import Unit, UnitTree


def tree_of(listed: Mapping[str, ListedUnit]) -> UnitTree:
    """The list's units with ids in its order, as the table would give them; parents come first in it or not."""
    ids = {code: number for number, code in enumerate(listed, 1)}
    return UnitTree(
        Unit(
            id=ids[unit.code],
            code=unit.code,
            name=unit.name,
            level=unit.level,
            parent_id=ids[unit.parent] if unit.parent else None,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            sample=unit.sample,
            since=unit.valid_from,
        )
        for unit in listed.values()
    )


def add_unit(db: Connection, **described: Any) -> int:
    """Begin one unit, described as a `NewUnit` is; its id."""
    return add_units(db, [NewUnit(**described)])[0]
