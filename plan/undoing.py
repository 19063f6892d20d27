"""Takes an import of units back, as if it had never been, until somebody has reported under it.

An import keeps the rows that it changes as they were before. They are put back, and what it added is taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Date, Table, delete, func, insert, select, union, update

from periods.weeks import week_of
from plan.importing import Changes
from storage import tables as t
from storage.directory.unit_rows import REFERENCES
from storage.directory.units import directory_changed, unit_tree
from storage.records import branch_totals, trail

_KEPT: tuple[tuple[Table, str], ...] = ((t.unit, "id"), (t.unit_version, "unit_id"))
"""The tables whose rows an import changes, and the column that names the unit."""


class NotUndone(StrEnum):
    """Why an import stays."""

    NONE = "none"
    NOT_LAST = "not_last"
    REPORTED = "reported"
    IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back, or why it was not, with the codes of the units that stand in the way."""

    import_id: int
    why_not: NotUndone | None = None
    units: tuple[str, ...] = ()


def begin_import(db: Connection, changes: Changes, files: str, now: datetime) -> int:
    """Keep the rows that an import will change, and return the import's id."""
    named = {it.stored.id for it in (*changes.change, *changes.close)} | {it.id for it in changes.remove}
    codes = {version.code for version in changes.versions}
    named |= set(db.scalars(select(t.unit.c.id).where(t.unit.c.code.in_(codes))))
    kept = {
        table.name: [_plain(row) for row in db.execute(select(table).where(table.c[key].in_(named))).mappings()]
        for table, key in _KEPT
    }
    values = {"at": now, "files": files, "before": kept}
    return int(db.execute(insert(t.unit_import).values(values).returning(t.unit_import.c.id)).scalar_one())


def end_import(db: Connection, import_id: int, added: Sequence[int]) -> None:
    """Note what the import added."""
    row = t.unit_import.c
    before = db.execute(select(row.before).where(row.id == import_id)).scalar_one()
    db.execute(update(t.unit_import).where(row.id == import_id).values(before={**before, "added": list(added)}))


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


@dataclass(frozen=True, slots=True)
class LastImport:
    """An import that may be taken back: when it was made, and the units that it changed and added, by their ids."""

    id: int
    at: datetime
    changed: tuple[int, ...]
    added: tuple[int, ...]


def last_import(db: Connection) -> LastImport | None:
    """The latest import that was not taken back."""
    row = t.unit_import.c
    last = db.execute(select(t.unit_import).where(row.undone_at.is_(None)).order_by(row.id.desc()).limit(1)).first()
    if last is None:
        return None
    changed = tuple(unit["id"] for unit in last.before[t.unit.name])
    return LastImport(last.id, last.at, changed, tuple(last.before["added"]))


def undo(db: Connection, now: datetime, import_id: int | None = None) -> Undone:
    """Take the last import back, or say why not. Nothing is done in part."""
    row = t.unit_import.c
    last = db.execute(select(t.unit_import).where(row.undone_at.is_(None)).order_by(row.id.desc()).limit(1)).first()
    if last is None:
        return Undone(import_id or 0, NotUndone.NONE)
    if import_id not in (None, last.id):
        return Undone(import_id or 0, NotUndone.NOT_LAST)
    added = list(last.before["added"])
    changed = [unit["id"] for unit in last.before[t.unit.name]]
    if reported := _reported(db, last.id, last.at, added, changed):
        return Undone(last.id, NotUndone.REPORTED, reported)
    if in_use := _in_use(db, added):
        return Undone(last.id, NotUndone.IN_USE, in_use)
    before = unit_tree(db)
    _put_back(db, last.id, last.before, added, changed)
    db.execute(update(t.unit_import).where(row.id == last.id).values(undone_at=now))
    directory_changed(db)
    branch_totals.follow(db, before)
    trail.note(db, "unit", "undo", None, now, {"import": last.id})
    return Undone(last.id)


def _reported(
    db: Connection, import_id: int, at: datetime, added: Sequence[int], changed: Sequence[int]
) -> tuple[str, ...]:
    """The units that have reported under an import: what it added, or what it changed, of days after the change."""
    first = db.scalar(select(func.min(t.unit_change.c.on_date)).where(t.unit_change.c.import_id == import_id))
    report, nil = t.submission.c, t.nil_word.c
    units = [*added, *changed]
    of_reports = select(report.unit_id).where(
        report.unit_id.in_(units), report.created_at >= at, report.day >= (first or date.min)
    )
    of_nils = select(nil.unit_id).where(nil.unit_id.in_(units), nil.at >= at)
    if first is not None:
        of_nils = of_nils.where(nil.week >= week_of(first))
    return _codes(db, of_reports.union(of_nils))


def _in_use(db: Connection, added: Sequence[int]) -> tuple[str, ...]:
    """The units that an import added and that people have come into, or anything else refers to."""
    refer = union(*(select(column).where(column.in_(added)) for column in REFERENCES))
    return _codes(db, refer)


def _codes(db: Connection, ids: CompoundSelect[Any]) -> tuple[str, ...]:
    row = t.unit.c
    return tuple(db.scalars(select(row.code).where(row.id.in_(ids)).order_by(row.code)))


def _put_back(
    db: Connection, import_id: int, before: Mapping[str, Any], added: Sequence[int], changed: Sequence[int]
) -> None:
    db.execute(delete(t.unit_change).where(t.unit_change.c.import_id == import_id))
    db.execute(delete(t.unit_version).where(t.unit_version.c.unit_id.in_([*added, *changed])))
    db.execute(delete(t.unit).where(t.unit.c.id.in_(added)))
    units = [_typed(t.unit, row) for row in before[t.unit.name]]
    there = set(db.scalars(select(t.unit.c.id).where(t.unit.c.id.in_(changed))))
    for row in units:
        if row["id"] in there:
            db.execute(update(t.unit).where(t.unit.c.id == row["id"]).values(row))
        else:
            db.execute(insert(t.unit).values(row))
    for row in before[t.unit_version.name]:
        db.execute(insert(t.unit_version).values(_typed(t.unit_version, row)))


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it was before it was written as JSON."""
    days = {column.name for column in table.c if isinstance(column.type, Date)}
    return {name: date.fromisoformat(value) if name in days and value else value for name, value in row.items()}
