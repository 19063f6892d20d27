"""Finds whose roles are touched by a change of units, and notes whom it was told to.

A unit's change is known by its day. Whoever came into a unit once a change was known and over need not be told of it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select

from periods.days import ZONE, local_day
from rules.changes import is_over
from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.directory.units import unit_tree

_TOLD = insert_or_keep(t.change_told, ("assignment_id", "on_date"))
_HELD, _ROW = t.assignment.c, t.change_told.c


@dataclass(frozen=True, slots=True)
class TouchedRole:
    """A person's role whose unit has changed; `told` is the day of the latest change that they were told of."""

    assignment_id: int
    person_id: int
    unit_id: int
    since: datetime
    told: date | None


def _is_held(now: datetime) -> ColumnElement[bool]:
    return and_(_HELD.since <= now, or_(_HELD.until.is_(None), _HELD.until > now))


def _is_told(day: ColumnElement[date] | date) -> ColumnElement[bool]:
    return exists().where(_ROW.assignment_id == _HELD.id, _ROW.on_date >= day)


def _has_ended(over: Collection[int]) -> ColumnElement[bool]:
    """A condition: the unit is one of those that are over, and that was not told yet."""
    told_later = exists().where(_ROW.assignment_id == _HELD.id, _ROW.on_date > t.unit.c.valid_to)
    return and_(_HELD.unit_id.in_(over), ~told_later)


def _has_changed(days: Iterable[date]) -> Iterator[ColumnElement[bool]]:
    """Conditions, one a day: the unit was renamed or moved then, keeping its code, and that was not told yet."""
    row, imported = t.unit_change.c, t.unit_import.c
    for day in days:
        midnight = datetime.combine(day, time(), ZONE)
        known_later = exists().where(imported.id == row.import_id, imported.at >= _HELD.since)
        here = (row.from_unit_id == _HELD.unit_id, row.to_unit_id == _HELD.unit_id, row.on_date == day)
        change = exists().where(*here, or_(_HELD.since < midnight, known_later))
        yield and_(change, ~_is_told(day))


def _touched(db: Connection, now: datetime) -> ColumnElement[bool] | None:
    """A condition on roles and their units; `None` where no unit has ever changed: nobody is looked at then."""
    today, tree = local_day(now), unit_tree(db)
    over = [unit.id for unit in tree.units if is_over(unit.valid_to, today)]
    kept = {change.on_date for change in tree.lineage.changes if change.before == change.after}
    days = sorted(day for day in kept if day <= today)
    return and_(_is_held(now), or_(_has_ended(over), *_has_changed(days))) if over or days else None


def concerned(db: Connection, after: int, most: int, now: datetime) -> Sequence[int]:
    """Find the next people (by id) with a role whose unit has changed, which they were not told yet."""
    touched = _touched(db, now)
    if touched is None:
        return ()
    people = select(_HELD.person_id).join_from(t.assignment, t.unit).where(_HELD.person_id > after, touched)
    return list(db.scalars(people.distinct().order_by(_HELD.person_id).limit(most)))


def touched(db: Connection, persons: Collection[int], now: datetime) -> list[TouchedRole]:
    """List these roles of some people, the oldest first."""
    is_touched = _touched(db, now)
    if is_touched is None:
        return []
    told = select(func.max(_ROW.on_date)).where(_ROW.assignment_id == _HELD.id).scalar_subquery()
    roles = select(_HELD.id, _HELD.person_id, _HELD.unit_id, _HELD.since, told).join_from(t.assignment, t.unit)
    rows = db.execute(roles.where(_HELD.person_id.in_(persons), is_touched).order_by(_HELD.id))
    return [TouchedRole(*row) for row in rows]


def note_told(db: Connection, assignment_id: int, day: date, now: datetime) -> None:
    """Note that the person was told of all changes up to a day; the key makes it once."""
    db.execute(_TOLD.on(db).values(assignment_id=assignment_id, on_date=day, at=now))


@dataclass(frozen=True, slots=True)
class Follower:
    """A role that follows one in a unit that has ended."""

    assignment_id: int
    person_id: int
    unit_id: int
    before: int
    """The id of the unit that ended."""


def followers(db: Connection, before: Collection[int]) -> list[Follower]:
    """List the roles that follow one in some units."""
    earlier = t.assignment.alias("earlier")
    rows = select(_HELD.id, _HELD.person_id, _HELD.unit_id, earlier.c.unit_id)
    joined = rows.join_from(t.assignment, earlier, earlier.c.id == _HELD.follows_id)
    return [Follower(*row) for row in db.execute(joined.where(earlier.c.unit_id.in_(before)).order_by(_HELD.id))]


def remove(db: Connection, assignment_ids: Collection[int]) -> None:
    """Take roles out, as if they had never been given."""
    db.execute(delete(t.change_told).where(_ROW.assignment_id.in_(assignment_ids)))
    db.execute(delete(t.assignment).where(_HELD.id.in_(assignment_ids)))


def forget_told(db: Connection, unit_ids: Collection[int], since: datetime) -> list[int]:
    """Forget what people of some units were told since a moment, and return these people."""
    theirs = _ROW.assignment_id.in_(select(_HELD.id).where(_HELD.unit_id.in_(unit_ids)))
    people = select(_HELD.person_id).join_from(t.assignment, t.change_told).where(theirs, _ROW.at >= since)
    told = list(db.scalars(people.distinct().order_by(_HELD.person_id)))
    db.execute(delete(t.change_told).where(theirs, _ROW.at >= since))
    return told
