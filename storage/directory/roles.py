"""The roles that a person holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage import tables as t
from storage.db.prepared import Prepared


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a unit."""

    role: str
    unit_id: int
    unit: str
    unit_name: str
    level: str
    parent: str | None


_PARENT = t.unit.alias("parent")
_ROLES = Prepared(
    select(
        t.assignment.c.role, t.unit.c.id, t.unit.c.code, t.unit.c.name, t.unit.c.level, _PARENT.c.code.label("parent")
    )
    .join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    .outerjoin(_PARENT, _PARENT.c.id == t.unit.c.parent_id)
    .where(
        t.assignment.c.person_id == bindparam("person"),
        t.assignment.c.since <= bindparam("now"),
        (t.assignment.c.until.is_(None)) | (t.assignment.c.until > bindparam("now")),
    )
    .order_by(t.assignment.c.id)
)


def roles_of(db: Connection, person_id: int, now: datetime) -> tuple[HeldRole, ...]:
    """The person's roles at `now`, oldest first."""
    return tuple(HeldRole(*row) for row in _ROLES.all(db, person=person_id, now=now))


def assign(db: Connection, person_id: int, role: str, unit: int, now: datetime) -> None:
    """Give a role from now on. Nothing changes if the person holds it already."""
    held = db.execute(
        select(t.assignment.c.id).where(
            t.assignment.c.person_id == person_id,
            t.assignment.c.role == role,
            t.assignment.c.unit_id == unit,
            (t.assignment.c.until.is_(None)) | (t.assignment.c.until > now),
        )
    ).scalar()
    if held is None:
        db.execute(insert(t.assignment).values(person_id=person_id, role=role, unit_id=unit, since=now))
