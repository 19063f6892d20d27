"""Finds who answers for which unit at a moment. Reminders are worked out from this."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, union

from periods.days import ZONE, local_day
from storage import tables as t
from storage.directory.consents import REPORTING
from storage.directory.units import UnitsOfDay, unit_tree


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit, as it was that day, with a person who answers for it in a role; nobody has joined where there is none."""

    person_id: int | None
    role: str
    unit_id: int
    unit: str
    level: str
    title: str
    """The unit as people read it."""


_HELD = (
    select(t.assignment.c.person_id, t.assignment.c.role, t.unit.c.id)
    .join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    .order_by(t.assignment.c.person_id, t.assignment.c.id)
)


def _valid_on(day: date) -> ColumnElement[bool]:
    return and_(t.unit.c.valid_from <= day, or_(t.unit.c.valid_to.is_(None), t.unit.c.valid_to >= day))


def _not_over(at: datetime) -> ColumnElement[bool]:
    return or_(t.assignment.c.until.is_(None), t.assignment.c.until > at)


def _standing(person: ColumnElement[int] | int) -> ColumnElement[bool]:
    """A condition: a consent of the person that was not withdrawn."""
    given = t.consent.c
    return and_(given.person_id == person, given.purpose == REPORTING, given.withdrawn_at.is_(None))


def may_be_reminded(db: Connection, person_id: int) -> bool:
    """Whether a person agreed to any version and did not withdraw."""
    return bool(db.scalar(select(exists().where(_standing(person_id)))))


def _holders(db: Connection, at: datetime, *conditions: ColumnElement[bool]) -> list[Holder]:
    rows, units = db.execute(_HELD.where(*conditions)).all(), unit_tree(db).on(local_day(at))
    return [_holder(units, *row) for row in rows]


def _holder(units: UnitsOfDay, person_id: int | None, role: str, unit_id: int) -> Holder:
    unit = units.unit(unit_id)
    return Holder(person_id, role, unit_id, unit.code, unit.level, units.title_of(unit_id))


def held_at(roles: Collection[str], at: datetime, now: datetime) -> ColumnElement[bool]:
    """A condition on assignments and their units; see `holders`.

    The version of the text does not matter: people who have to agree anew are still reminded, and asked then.
    """
    agreed = exists().where(_standing(t.assignment.c.person_id), t.consent.c.given_at <= at)
    begun = and_(t.assignment.c.role.in_(roles), t.assignment.c.since <= at)
    return and_(begun, _not_over(at), _not_over(now), agreed, _valid_on(local_day(at)))


def holders(
    db: Connection,
    roles: Collection[str],
    at: datetime,
    now: datetime,
    person_id: int | None = None,
    *,
    unit_ids: Collection[int] | None = None,
) -> list[Holder]:
    """Find who had agreed and held one of the roles at `at`, if neither is over by `now`; only one person's roles, only
    those in some units, if these are given."""
    mine = [] if person_id is None else [t.assignment.c.person_id == person_id]
    theirs = [] if unit_ids is None else [t.assignment.c.unit_id.in_(unit_ids)]
    return _holders(db, at, held_at(roles, at, now), *mine, *theirs)


def chairs_above(units: UnitsOfDay, chairs: Iterable[Holder], code: str) -> frozenset[int]:
    """Of some chairs those in whose unit another one lies on a day. After units changed it is the new ward's chair."""
    above = units.codes_above(code)
    return frozenset(one.person_id for one in chairs if one.person_id is not None and one.unit in above)


def holders_or_stand_ins(db: Connection, role: str, at: datetime) -> list[Holder]:
    """List every unit with a role that was valid at `at`, with those who held it then, else those who do now."""
    valid = _valid_on(local_day(at))
    then = _holders(db, at, t.assignment.c.role == role, t.assignment.c.since <= at, _not_over(at), valid)
    begun_later = (t.assignment.c.since > at, t.assignment.c.until.is_(None))
    later = _holders(db, at, t.assignment.c.role == role, *begun_later, valid)
    known = {holder.unit_id for holder in then}
    held = then + [holder for holder in later if holder.unit_id not in known]
    taken = {holder.unit_id for holder in held}
    units = unit_tree(db).on(local_day(at))
    vacant = [unit.id for unit in units.with_role(role) if unit.id not in taken]
    return held + [_holder(units, None, role, unit_id) for unit_id in vacant]


def changes_between(db: Connection, since: datetime, until: datetime) -> list[datetime]:
    """List the moments at which `holders_or_stand_ins` may change in a span of time, in order."""
    held = t.assignment.c
    roles = union(select(held.since.label("at")), select(held.until)).subquery()
    begun_or_over = db.scalars(select(roles.c.at).where(roles.c.at > since, roles.c.at <= until))
    tree, (first, last) = unit_tree(db), (local_day(since), local_day(until))
    ended = {unit.valid_to + timedelta(days=1) for unit in tree.units if unit.valid_to}
    days = {unit.valid_from for unit in tree.units} | ended | {*tree.change_days}
    midnights = (datetime.combine(day, time(), ZONE) for day in days if first <= day <= last)
    return sorted({*begun_or_over, *midnights})
