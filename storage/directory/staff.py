"""Lists who holds which role in some units now, for those who invite people and see them leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, or_, select, update

from periods.days import local_day
from rules.changes import FINISHED_WITHIN
from storage import tables as t


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a role; `last_used_at` is the latest of all their accounts, `channel` that account's."""

    assignment_id: int
    person_id: int
    name: str
    role: str
    unit_id: int
    unit: str
    since: datetime
    last_used_at: datetime | None
    channel: str | None


def _members(now: datetime) -> Select[Any]:
    held, last_day = t.assignment.c, t.unit.c.valid_to
    latest, channel = (_of_latest_account(column) for column in (t.account.c.last_used_at, t.account.c.channel))
    who = (held.id, t.person.c.id, t.person.c.name, held.role, t.unit.c.id, t.unit.c.code, held.since)
    return (
        select(*who, latest, channel)
        .join(t.person, t.person.c.id == held.person_id)
        .join(t.unit, t.unit.c.id == held.unit_id)
        .where(held.since <= now, or_(held.until.is_(None), held.until > now))
        .where(or_(last_day.is_(None), last_day >= local_day(now) - FINISHED_WITHIN))
    )


def _of_latest_account(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    theirs = select(column).where(t.account.c.person_id == t.assignment.c.person_id)
    return theirs.order_by(t.account.c.last_used_at.desc(), t.account.c.id).limit(1).scalar_subquery()


def in_units(
    db: Connection, unit_ids: Sequence[int], now: datetime, *, offset: int = 0, limit: int | None = None
) -> list[Member]:
    """List who holds a role in one of the units, in the units' order; all of them without a `limit`."""
    query = _members(now).where(t.assignment.c.unit_id.in_(unit_ids)).order_by(t.unit.c.id, t.assignment.c.id)
    return [Member(*row) for row in db.execute(query.offset(offset).limit(limit))]


def find(db: Connection, assignment_id: int, now: datetime) -> Member | None:
    """Find one of them; `None` once the role is over."""
    row = db.execute(_members(now).where(t.assignment.c.id == assignment_id)).first()
    return Member(*row) if row else None


def end(db: Connection, assignment_id: int, now: datetime) -> None:
    """End a role now; one that is over already stays as it is."""
    held = t.assignment.c
    not_over = or_(held.until.is_(None), held.until > now)
    db.execute(update(t.assignment).where(held.id == assignment_id, not_over).values(until=now))
