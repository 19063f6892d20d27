"""The units in the database: a new database gets the shipped ones, and an import changes them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, union

from plan.importing import Changes, ListedChange, StoredUnit, newest
from plan.model import ListedUnit, Plan
from rules.levels import Level
from storage import tables as t
from storage.directory import unit_rows
from storage.directory.units import directory_changed

_OWN = (t.unit, t.unit_version, t.unit_change)
_REFERENCES = [
    column
    for table in t.metadata.sorted_tables
    for column in table.c
    if table not in _OWN and any(key.column is t.unit.c.id for key in column.foreign_keys)
]
"""Every column that may name a unit: a unit that none of them names can be removed without a trace."""
_ORDER = tuple(Level)
_PARENT = t.unit.alias("parent")
_UNITS = (
    select(t.unit, t.unit_version.c.name, t.unit_version.c.valid_from.label("since"), _PARENT.c.code.label("parent"))
    .join_from(t.unit, t.unit_version, t.unit_version.c.unit_id == t.unit.c.id)
    .outerjoin(_PARENT, _PARENT.c.id == t.unit_version.c.parent_id)
    .where(t.unit_version.c.valid_to.is_(None))
)


def ensure_units(db: Connection, plan: Plan) -> int:
    """Put the shipped units into a database that has none, and say how many."""
    if db.execute(select(t.unit.c.id).limit(1)).first() is not None:
        return 0
    _add(db, plan.shipped_units.values(), {})
    directory_changed(db)
    return len(plan.shipped_units)


def stored_units(db: Connection) -> tuple[StoredUnit, ...]:
    """All units there have ever been, the closed ones too, under their newest name and parent."""
    used = set(db.execute(union(*(select(column) for column in _REFERENCES))).scalars())
    return tuple(
        StoredUnit(
            id=row.id,
            unit=ListedUnit(row.code, row.name, Level(row.level), row.parent, row.valid_from, row.valid_to, row.sample),
            used=row.id in used,
        )
        for row in db.execute(_UNITS.order_by(t.unit.c.id))
    )


def apply(db: Connection, changes: Changes, now: datetime) -> None:
    """Do what `compare` said. If a unit to remove has come into use since, the database refuses and nothing is done."""
    if changes.refused:
        raise ValueError("changes with something refused cannot be applied")
    for change in (*changes.change, *changes.close):
        _become(db, change)
    for stored in sorted(changes.remove, key=lambda stored: _ORDER.index(stored.unit.level), reverse=True):
        unit_rows.remove_unit(db, stored.id)
    _add(db, changes.add, {code: stored.id for code, stored in newest(stored_units(db)).items()})
    detail = {name: len(getattr(changes, name)) for name in ("add", "change", "close", "remove", "keep")}
    directory_changed(db)
    db.execute(insert(t.audit).values(at=now, action="import", subject="unit", detail=detail))


def _become(db: Connection, change: ListedChange) -> None:
    """Write what a unit is after all: its days, its name as it should always have been."""
    unit_id, old, unit = change.stored.id, change.stored.unit, change.unit
    unit_rows.set_unit(db, unit_id, valid_from=unit.valid_from, valid_to=unit.valid_to, sample=unit.sample)
    if old.valid_from != unit.valid_from:
        unit_rows.begin_with(db, unit_id, unit.valid_from)
    if old.name != unit.name:
        unit_rows.correct_name(db, unit_id, unit.name)


def _add(db: Connection, units: Iterable[ListedUnit], known: Mapping[str, int]) -> None:
    """Add parents first, so that every unit finds its parent's id among the known and the new."""
    ids = dict(known)
    for unit in sorted(units, key=lambda unit: _ORDER.index(unit.level)):
        ids[unit.code] = unit_rows.add_unit(
            db,
            code=unit.code,
            name=unit.name,
            level=unit.level.value,
            parent_id=ids[unit.parent] if unit.parent else None,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            sample=unit.sample,
        )
