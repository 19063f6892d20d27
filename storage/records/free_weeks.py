"""Weeks of which nobody owes a report, since the secretariat declared them free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, select

from storage import tables as t
from storage.db.upsert import insert_or_keep

_ROW = t.free_week.c
_DECLARE = insert_or_keep(t.free_week, ["week"])


@dataclass(frozen=True, slots=True)
class FreeWeek:
    """A week that is free, why, and who said so."""

    week: str
    reason: str
    person: str


def among(db: Connection, weeks: Collection[str]) -> set[str]:
    """Which of these weeks are free."""
    if not weeks:
        return set()
    return set(db.scalars(select(_ROW.week).where(_ROW.week.in_(weeks))))


def is_free(week: str) -> ColumnElement[bool]:
    """A condition: the week is free."""
    return exists().where(_ROW.week == week)


def declare(db: Connection, week: str, reason: str, person_id: int, now: datetime) -> bool:
    """Declare a week free. False, and nothing happens, if it is."""
    row = _DECLARE.on(db).values(week=week, reason=reason, declared_by=person_id, declared_at=now)
    return db.scalar(row.returning(_ROW.week)) is not None


def revoke(db: Connection, week: str) -> bool:
    """Let a week be owed again. False, and nothing happens, if it is not free."""
    return db.execute(delete(t.free_week).where(_ROW.week == week)).rowcount == 1


def listed(db: Connection, *, offset: int, limit: int) -> list[FreeWeek]:
    """List the free weeks, the latest first."""
    columns = select(_ROW.week, _ROW.reason, t.person.c.name).join(t.person, t.person.c.id == _ROW.declared_by)
    rows = db.execute(columns.order_by(_ROW.week.desc()).offset(offset).limit(limit))
    return [FreeWeek(*row) for row in rows]
