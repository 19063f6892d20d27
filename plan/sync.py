"""The units in the database: a new database gets the shipped ones, and an import changes them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection, select, union

from plan.importing import Changes, ListedChange, StoredUnit
from plan.ledger import A_DAY
from plan.model import ListedUnit, Plan
from plan.undoing import begin_import, end_import
from rules.changes import ChangeKind
from rules.levels import Level
from storage import tables as t
from storage.directory import unit_rows
from storage.directory.units import directory_changed, unit_tree
from storage.records import branch_totals, trail

_ORDER = tuple(Level)
_PARENT = t.unit.alias("parent")
_UNITS = (
    select(t.unit, t.unit_version.c.name, t.unit_version.c.valid_from.label("since"), _PARENT.c.code.label("parent"))
    .join_from(t.unit, t.unit_version, t.unit_version.c.unit_id == t.unit.c.id)
    .outerjoin(_PARENT, _PARENT.c.id == t.unit_version.c.parent_id)
    .where(t.unit_version.c.valid_to.is_(None))
)
_AFTER = t.unit.alias("after")
_WENT_TO = select(t.unit_change.c.from_unit_id, t.unit_change.c.kind, _AFTER.c.code, t.unit_change.c.on_date).join_from(
    t.unit_change, _AFTER, _AFTER.c.id == t.unit_change.c.to_unit_id
)


def ensure_units(db: Connection, plan: Plan) -> int:
    """Put the shipped units into a database that has none, and say how many."""
    if db.execute(select(t.unit.c.id).limit(1)).first() is not None:
        return 0
    _add(db, plan.shipped_units.values(), _bearers(db))
    directory_changed(db)
    return len(plan.shipped_units)


def stored_units(db: Connection) -> tuple[StoredUnit, ...]:
    """All units there have ever been, the closed ones too, under their newest name and parent."""
    used = set(db.execute(union(*(select(column) for column in unit_rows.REFERENCES))).scalars())
    went_to: dict[int, set[tuple[ChangeKind, str, date]]] = defaultdict(set)
    for unit_id, kind, code, day in db.execute(_WENT_TO):
        went_to[unit_id].add((ChangeKind(kind), code, day))
    return tuple(
        StoredUnit(
            id=row.id,
            unit=ListedUnit(row.code, row.name, Level(row.level), row.parent, row.valid_from, row.valid_to, row.sample),
            used=row.id in used,
            since=row.since,
            went_to=frozenset(went_to[row.id]),
        )
        for row in db.execute(_UNITS.order_by(t.unit.c.id))
    )


def apply(db: Connection, changes: Changes, now: datetime, files: str = "") -> int:
    """Do what `compare` said, and return the import's id, by which it can be taken back (`plan.undoing`).

    If a unit to remove has come into use since, the database refuses and nothing is done. `files` are the names of the
    list and the ledger.
    """
    if changes.refused or changes.proposed:
        raise ValueError("changes with something refused or unanswered cannot be applied")
    before, import_id = unit_tree(db), begin_import(db, changes, files, now)
    for stored in sorted(changes.remove, key=lambda stored: _ORDER.index(stored.unit.level), reverse=True):
        unit_rows.remove_unit(db, stored.id)
    for change in (*changes.change, *changes.close):
        _set_days(db, change)
    added = _add(db, changes.add, _bearers(db))
    _note(db, changes, _bearers(db), import_id)
    for change in changes.change:
        if change.was.name != change.unit.name:
            unit_rows.correct_name(db, change.stored.id, change.unit.name)
    end_import(db, import_id, added)
    directory_changed(db)
    branch_totals.follow(db, before)
    detail = {name: len(getattr(changes, name)) for name in ("add", "change", "close", "remove", "keep")}
    trail.note(db, "unit", "import", None, now, detail)
    return import_id


def _set_days(db: Connection, change: ListedChange) -> None:
    unit_id, unit = change.stored.id, change.unit
    unit_rows.set_unit(db, unit_id, valid_from=unit.valid_from, valid_to=unit.valid_to, sample=unit.sample)
    if change.stored.unit.valid_from != unit.valid_from:
        unit_rows.begin_with(db, unit_id, unit.valid_from)


def _note(db: Connection, changes: Changes, bearers: "_Bearers", import_id: int) -> None:
    """Write down the new names and parents, and who comes after whom."""
    for version in sorted(changes.versions, key=lambda version: version.day):
        parent = bearers.on(version.parent, version.day) if version.parent else None
        unit_id = bearers.on(version.code, version.day)
        unit_rows.set_version(db, unit_id, version.day, name=version.name, parent_id=parent)
    for link in changes.links:
        unit_rows.add_change(
            db,
            link.kind,
            before=bearers.on(link.before, link.day - A_DAY),
            after=bearers.on(link.after, link.day),
            on_date=link.day,
            resolution=link.resolution,
            import_id=import_id,
        )


class _Bearers:
    """Which unit bears a code on a day: of several the one that exists then, else the newest."""

    def __init__(self, rows: Iterable[tuple[str, int, date, date | None]]) -> None:
        self._lives: dict[str, list[tuple[int, date, date | None]]] = defaultdict(list)
        for code, unit_id, first, last in sorted(rows, key=lambda row: row[2]):
            self._lives[code].append((unit_id, first, last))

    def on(self, code: str, day: date) -> int:
        lives = self._lives[code]
        there = [unit_id for unit_id, first, last in lives if first <= day and (last is None or day <= last)]
        return there[0] if there else lives[-1][0]

    def begin(self, unit: ListedUnit, unit_id: int) -> None:
        self._lives[unit.code].append((unit_id, unit.valid_from, unit.valid_to))


def _bearers(db: Connection) -> _Bearers:
    row = t.unit.c
    rows = db.execute(select(row.code, row.id, row.valid_from, row.valid_to))
    return _Bearers((code, unit_id, first, last) for code, unit_id, first, last in rows)


def _add(db: Connection, units: Iterable[ListedUnit], bearers: _Bearers) -> list[int]:
    """Add them level by level, so that every unit finds its parent among the known and the new. Returns the new ids."""
    added = []
    ordered = sorted(units, key=lambda unit: _ORDER.index(unit.level))
    for _, of_level in groupby(ordered, key=lambda unit: unit.level):
        new = list(of_level)
        ids = unit_rows.add_units(db, [_row(unit, bearers) for unit in new])
        for unit, unit_id in zip(new, ids, strict=True):
            bearers.begin(unit, unit_id)
        added += ids
    return added


def _row(unit: ListedUnit, bearers: _Bearers) -> unit_rows.NewUnit:
    return unit_rows.NewUnit(
        code=unit.code,
        name=unit.name,
        level=unit.level.value,
        parent_id=bearers.on(unit.parent, unit.valid_from) if unit.parent else None,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        sample=unit.sample,
    )
