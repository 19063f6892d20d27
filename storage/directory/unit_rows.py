"""Writes the rows behind the tree of units. Whoever calls this says `directory_changed` in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from rules.changes import ChangeKind
from storage import tables as t

_A_DAY = timedelta(days=1)
_OF_UNIT = ("code", "level", "valid_from", "valid_to", "sample")
_OWN = (t.unit, t.unit_version, t.unit_change)
REFERENCES = [
    column
    for table in t.metadata.sorted_tables
    for column in table.c
    if table not in _OWN and any(key.column is t.unit.c.id for key in column.foreign_keys)
]
"""Every column that may name a unit: a unit that none of them names can be removed without a trace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to begin; what it lies in is there already."""

    code: str
    name: str
    level: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None = None
    sample: bool = False


def add_units(db: Connection, units: Sequence[NewUnit]) -> list[int]:
    """Begin these units, and return their ids in the same order: a statement each would take a start many times longer.

    None of them may lie in another of them.
    """
    if not units:
        return []
    rows = [{name: getattr(unit, name) for name in _OF_UNIT} for unit in units]
    ids = list(db.scalars(insert(t.unit).returning(t.unit.c.id, sort_by_parameter_order=True), rows))
    versions = [
        {"unit_id": unit_id, "valid_from": unit.valid_from, "name": unit.name, "parent_id": unit.parent_id}
        for unit_id, unit in zip(ids, units, strict=True)
    ]
    db.execute(insert(t.unit_version), versions)
    return ids


def set_unit(db: Connection, unit_id: int, **values: Any) -> None:
    """Change what holds for a unit as long as it exists: its days, whether it is a sample."""
    db.execute(update(t.unit).where(t.unit.c.id == unit_id).values(values))


def set_version(db: Connection, unit_id: int, since: date, *, name: str, parent_id: int | None) -> None:
    """Call a unit otherwise, or put it elsewhere, from a day on and before any later change.

    From a day on which it has changed before, this corrects that change.
    """
    row = t.unit_version.c
    here = row.unit_id == unit_id
    before = db.execute(
        select(row.valid_from, row.valid_to).where(here, row.valid_from <= since).order_by(row.valid_from.desc())
    ).first()
    if before is None:
        raise ValueError(f"unit {unit_id} does not exist on {since}")
    begun, ends = before
    if begun == since:
        db.execute(update(t.unit_version).where(here, row.valid_from == since).values(name=name, parent_id=parent_id))
        return
    db.execute(update(t.unit_version).where(here, row.valid_from == begun).values(valid_to=since - _A_DAY))
    version = {"unit_id": unit_id, "valid_from": since, "valid_to": ends, "name": name, "parent_id": parent_id}
    db.execute(insert(t.unit_version).values(version))


def correct_name(db: Connection, unit_id: int, name: str) -> None:
    """Call a unit otherwise under its newest version: it should always have been called so."""
    row = t.unit_version.c
    db.execute(update(t.unit_version).where(row.unit_id == unit_id, row.valid_to.is_(None)).values(name=name))


def begin_with(db: Connection, unit_id: int, first: date) -> None:
    """Let a unit's first version begin with the unit, on `first`."""
    row = t.unit_version.c
    oldest = select(row.valid_from).where(row.unit_id == unit_id).order_by(row.valid_from).limit(1).scalar_subquery()
    db.execute(update(t.unit_version).where(row.unit_id == unit_id, row.valid_from == oldest).values(valid_from=first))


def remove_unit(db: Connection, unit_id: int) -> None:
    """Take out a unit that nothing refers to, with its versions. The database refuses if anything does."""
    db.execute(delete(t.unit_version).where(t.unit_version.c.unit_id == unit_id))
    db.execute(delete(t.unit).where(t.unit.c.id == unit_id))


def add_change(
    db: Connection,
    kind: ChangeKind,
    *,
    before: int,
    after: int,
    on_date: date,
    resolution: str = "",
    import_id: int | None = None,
) -> None:
    """Note what a unit became on a day, by which resolution and import."""
    row = {"kind": kind.value, "from_unit_id": before, "to_unit_id": after, "on_date": on_date}
    db.execute(insert(t.unit_change).values(**row, resolution=resolution, import_id=import_id))
