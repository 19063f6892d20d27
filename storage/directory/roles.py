"""The roles that a person holds."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage import tables as t
from storage.db.prepared import Prepared
from storage.directory.units import UnitsOfDay


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a unit, held since a moment, with the unit's name and parent of the day that was asked about."""

    role: str
    unit_id: int
    unit: str
    unit_name: str
    level: str
    parent: str | None
    since: datetime
    last_day: date | None
    """The unit's last day, if it is known to end."""


_ROLES = Prepared(
    select(t.assignment.c.role, t.assignment.c.unit_id, t.assignment.c.since)
    .where(
        t.assignment.c.person_id == bindparam("person"),
        t.assignment.c.since <= bindparam("now"),
        (t.assignment.c.until.is_(None)) | (t.assignment.c.until > bindparam("now")),
    )
    .order_by(t.assignment.c.id)
)


def roles_of(db: Connection, person_id: int, now: datetime, units: UnitsOfDay) -> tuple[HeldRole, ...]:
    """The person's roles at `now`, oldest first; `units` are those of its day."""
    return tuple(_held(units, *row) for row in _ROLES.all(db, person=person_id, now=now))


def _held(units: UnitsOfDay, role: str, unit_id: int, since: datetime) -> HeldRole:
    unit = units.unit(unit_id)
    above = units.above(unit)
    here = (unit_id, unit.code, unit.name, unit.level, above.code if above else None)
    return HeldRole(role, *here, since=since, last_day=unit.valid_to)


def assign(
    db: Connection,
    person_id: int,
    role: str,
    unit: int,
    now: datetime,
    *,
    follows: int | None = None,
    invitation: int | None = None,
) -> None:
    """Give a role from now on. Nothing changes if the person holds it already.

    `follows` is the person's assignment in the unit that came before, `invitation` that by which they came.
    """
    held = db.execute(
        select(t.assignment.c.id).where(
            t.assignment.c.person_id == person_id,
            t.assignment.c.role == role,
            t.assignment.c.unit_id == unit,
            (t.assignment.c.until.is_(None)) | (t.assignment.c.until > now),
        )
    ).scalar()
    if held is None:
        came = {"follows_id": follows, "invitation_id": invitation}
        db.execute(insert(t.assignment).values(person_id=person_id, role=role, unit_id=unit, since=now, **came))
