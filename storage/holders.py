"""Who answers for which unit at a moment, and what those units owe: what reminders are worked out from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, union
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables as t
from storage.people import REPORTING
from storage.totals import COUNTED
from storage.weeks import local_day

_ABOVE = t.unit.alias("above")
_OWED_ONCE = ("unit_id", "kind", "due_on")
_OBLIGE = {
    "sqlite": sqlite.insert(t.obligation).on_conflict_do_nothing(index_elements=_OWED_ONCE),
    "postgresql": postgresql.insert(t.obligation).on_conflict_do_nothing(index_elements=_OWED_ONCE),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit with one who answers for it in a role; `person_id` is None where nobody has joined."""

    person_id: int | None
    role: str
    unit_id: int
    unit: str
    unit_name: str
    level: str
    above: str
    """The name of the unit that this one lies in, or nothing."""

    @property
    def title(self) -> str:
        """The unit's name, told apart from those of the same name."""
        return f"{self.unit_name}, {self.above}" if self.level == "neighbourhood" and self.above else self.unit_name


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    id: int
    name: str
    ward_id: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a unit owes; `is_done` once it was handed in."""

    id: int
    unit_id: int
    kind: str
    is_done: bool
    revision: int


_UNIT = (t.unit.c.id, t.unit.c.code, t.unit.c.name, t.unit.c.level, _ABOVE.c.name)
_HELD = (
    select(t.assignment.c.person_id, t.assignment.c.role, *_UNIT)
    .join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    .outerjoin(_ABOVE, _ABOVE.c.id == t.unit.c.parent_id)
    .order_by(t.assignment.c.person_id, t.assignment.c.id)
)


def _valid_on(day: date) -> ColumnElement[bool]:
    return and_(t.unit.c.valid_from <= day, or_(t.unit.c.valid_to.is_(None), t.unit.c.valid_to >= day))


def _not_over(at: datetime) -> ColumnElement[bool]:
    return or_(t.assignment.c.until.is_(None), t.assignment.c.until > at)


def _standing(person: ColumnElement[int] | int) -> ColumnElement[bool]:
    """A consent of theirs that was not withdrawn."""
    given = t.consent.c
    return and_(given.person_id == person, given.purpose == REPORTING, given.withdrawn_at.is_(None))


def may_be_reminded(db: Connection, person_id: int) -> bool:
    """Whether a person agreed to some version, and did not withdraw."""
    return bool(db.scalar(select(exists().where(_standing(person_id)))))


def _holders(db: Connection, *conditions: ColumnElement[bool]) -> list[Holder]:
    return [Holder(*row[:-1], row[-1] or "") for row in db.execute(_HELD.where(*conditions))]


def holders(
    db: Connection, roles: Collection[str], at: datetime, now: datetime, person_id: int | None = None
) -> list[Holder]:
    """Who had agreed and held one of the roles at `at`, and neither is over by `now`; only one person, if given.

    The version of what they agreed to does not matter: who has to agree anew is still reminded, and asked then.
    """
    conditions = [t.assignment.c.role.in_(roles), t.assignment.c.since <= at, _not_over(at), _not_over(now)]
    conditions.append(exists().where(_standing(t.assignment.c.person_id), t.consent.c.given_at <= at))
    if person_id is not None:
        conditions.append(t.assignment.c.person_id == person_id)
    return _holders(db, *conditions, _valid_on(local_day(at)))


def holders_or_stand_ins(db: Connection, role: str, level: str, at: datetime) -> list[Holder]:
    """Every unit of a level that was valid at `at`, with whoever held the role then, else whoever holds it now."""
    valid = _valid_on(local_day(at))
    then = _holders(db, t.assignment.c.role == role, t.assignment.c.since <= at, _not_over(at), valid)
    later = _holders(db, t.assignment.c.role == role, t.assignment.c.since > at, t.assignment.c.until.is_(None), valid)
    known = {holder.unit_id for holder in then}
    found = then + [holder for holder in later if holder.unit_id not in known]
    taken = {holder.unit_id for holder in found}
    units = select(*_UNIT).outerjoin(_ABOVE, _ABOVE.c.id == t.unit.c.parent_id).where(t.unit.c.level == level, valid)
    vacant = [Holder(None, role, *row[:-1], row[-1] or "") for row in db.execute(units.order_by(t.unit.c.id))]
    return found + [holder for holder in vacant if holder.unit_id not in taken]


def reported_units(db: Connection, week: str) -> set[int]:
    """The units with a counted report or the nil report of a week."""
    total = t.weekly_total.c
    counted = select(total.unit_id).where(total.week == week, total.state.in_(COUNTED), total.reports > 0)
    nil = select(t.nil_report.c.unit_id).where(t.nil_report.c.week == week)
    return set(db.scalars(union(counted, nil)))


def neighbourhoods(db: Connection, ward_ids: Collection[int], first: date, last: date) -> list[Neighbourhood]:
    """The neighbourhoods of some wards that were valid on both days."""
    columns = (t.unit.c.id, t.unit.c.name, t.unit.c.parent_id)
    inside = select(*columns).where(t.unit.c.parent_id.in_(ward_ids), t.unit.c.level == "neighbourhood")
    return [Neighbourhood(*row) for row in db.execute(inside.where(_valid_on(first), _valid_on(last)).order_by("id"))]


def obligations(db: Connection, unit_ids: Collection[int], due_on: date) -> list[Obligation]:
    """What units owe by a day, handed in or not."""
    owed = t.obligation.c
    columns = (owed.id, owed.unit_id, owed.kind, owed.done_at.is_not(None), owed.revision)
    rows = db.execute(select(*columns).where(owed.due_on == due_on, owed.unit_id.in_(unit_ids)).order_by(owed.id))
    return [Obligation(*row) for row in rows]


def ensure_obligations(db: Connection, levels: Collection[str], kinds: Sequence[str], due_on: date) -> None:
    """Write down what every unit of some levels owes by a day; what is written stays as it is."""
    for kind in kinds:
        known = select(t.obligation.c.unit_id).where(t.obligation.c.kind == kind, t.obligation.c.due_on == due_on)
        units = select(t.unit.c.id).where(_valid_on(due_on), t.unit.c.level.in_(levels), t.unit.c.id.not_in(known))
        new = [{"unit_id": unit, "kind": kind, "due_on": due_on} for unit in db.scalars(units.order_by(t.unit.c.id))]
        if new:
            db.execute(_OBLIGE[db.dialect.name], new)
