"""The units in the database: a new database gets the shipped ones, and an import changes them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, union, update

from plan.importing import Changes, StoredUnit, newest
from plan.model import ListedUnit, Plan
from rules.levels import Level
from storage import tables as t
from storage.directory.units import directory_changed

_PARENT = t.unit.alias("parent")
_UNITS = select(t.unit, _PARENT.c.code.label("parent")).outerjoin(_PARENT, _PARENT.c.id == t.unit.c.parent_id)
_REFERENCES = [
    column
    for table in t.metadata.sorted_tables
    for column in table.c
    if table is not t.unit and any(key.column is t.unit.c.id for key in column.foreign_keys)
]
"""Every column that may name a unit: a unit that none of them names can be removed without a trace."""
_ORDER = tuple(Level)


def ensure_units(db: Connection, plan: Plan) -> int:
    """Put the shipped units into a database that has none, and say how many."""
    if db.execute(select(t.unit.c.id).limit(1)).first() is not None:
        return 0
    _add(db, plan.shipped_units.values(), {})
    directory_changed(db)
    return len(plan.shipped_units)


def stored_units(db: Connection) -> tuple[StoredUnit, ...]:
    """All units there have ever been, the closed ones too."""
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
        unit = change.unit
        values = {"name": unit.name, "valid_from": unit.valid_from, "valid_to": unit.valid_to, "sample": unit.sample}
        db.execute(update(t.unit).where(t.unit.c.id == change.stored.id).values(values))
    for stored in sorted(changes.remove, key=lambda stored: _ORDER.index(stored.unit.level), reverse=True):
        db.execute(delete(t.unit).where(t.unit.c.id == stored.id))
    _add(db, changes.add, {code: stored.id for code, stored in newest(stored_units(db)).items()})
    detail = {name: len(getattr(changes, name)) for name in ("add", "change", "close", "remove", "keep")}
    directory_changed(db)
    db.execute(insert(t.audit).values(at=now, action="import", subject="unit", detail=detail))


def _add(db: Connection, units: Iterable[ListedUnit], known: Mapping[str, int]) -> None:
    """Add parents first, so that every unit finds its parent's id among the known and the new."""
    ids = dict(known)
    for unit in sorted(units, key=lambda unit: _ORDER.index(unit.level)):
        values = {
            "code": unit.code,
            "name": unit.name,
            "level": unit.level.value,
            "parent_id": ids[unit.parent] if unit.parent else None,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "sample": unit.sample,
        }
        ids[unit.code] = db.execute(insert(t.unit).values(values).returning(t.unit.c.id)).scalar_one()
