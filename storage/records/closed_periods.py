"""Keeps which periods' figures are closed, since when, by whom and why, and whether one was opened again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select, update

from periods.period import Period, written_down
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_keep

_LOCK = 2_021_0806  # any number that nothing else locks


@dataclass(frozen=True, slots=True)
class Closed:
    """A period that was closed; `reopened_at` is set once it no longer is."""

    id: int
    code: str
    first: date
    last: date
    reason: str
    closed_by: str
    closed_at: datetime
    reopened_at: datetime | None

    @property
    def period(self) -> Period:
        return written_down(self.code, self.first, self.last)


_ROW = t.closed_period.c
_CLOSED = select(
    _ROW.id,
    _ROW.code,
    _ROW.first_day,
    _ROW.last_day,
    _ROW.reason,
    t.person.c.name,
    _ROW.closed_at,
    _ROW.reopened_at,
).join(t.person, t.person.c.id == _ROW.closed_by)
_STANDS = _ROW.reopened_at.is_(None)
_OVERLAPPING = Prepared(
    _CLOSED.where(_STANDS, _ROW.first_day <= bindparam("last"), _ROW.last_day >= bindparam("first")).order_by(
        _ROW.last_day.desc(), _ROW.id
    )
)
_CLOSE = insert_or_keep(t.closed_period)


def hold(db: Connection, *, to_close: bool = False) -> None:
    """Let no period be closed while figures are being changed, and the other way round, until the commit.

    On SQLite turns exclude each other anyway.
    """
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_LOCK) if to_close else func.pg_advisory_xact_lock_shared(_LOCK)))


def covering(db: Connection, days: Collection[date]) -> Closed | None:
    """Find a closed period that holds one of these days, the latest first."""
    if not days:
        return None
    near = overlapping(db, min(days), max(days))
    return next((closed for closed in near if any(closed.first <= day <= closed.last for day in days)), None)


def overlapping(db: Connection, first: date, last: date) -> list[Closed]:
    """List the closed periods that hold any day of a span, the latest first."""
    return [Closed(*row) for row in _OVERLAPPING.all(db, first=first, last=last)]


def ending_since(db: Connection, day: date) -> list[Closed]:
    """List the closed periods that hold a day or lie after it, the earliest first."""
    rows = db.execute(_CLOSED.where(_STANDS, _ROW.last_day >= day).order_by(_ROW.first_day, _ROW.last_day))
    return [Closed(*row) for row in rows]


def standing(db: Connection, *, offset: int, limit: int) -> list[Closed]:
    """List the closed periods, the latest first."""
    ordered = _CLOSED.where(_STANDS).order_by(_ROW.last_day.desc(), _ROW.first_day, _ROW.id)
    return [Closed(*row) for row in db.execute(ordered.offset(offset).limit(limit))]


def find(db: Connection, closed_id: int) -> Closed | None:
    """Find a period that was closed, also one that was opened again."""
    row = db.execute(_CLOSED.where(_ROW.id == closed_id)).first()
    return Closed(*row) if row else None


def find_standing(db: Connection, code: str) -> Closed | None:
    """Find the closing of a period by its code, if it stands."""
    row = db.execute(_CLOSED.where(_STANDS, _ROW.code == code)).first()
    return Closed(*row) if row else None


def close(db: Connection, period: Period, person_id: int, reason: str, now: datetime) -> bool:
    """Close a period. False if it is closed already."""
    values = {
        "code": period.code,
        "first_day": period.first,
        "last_day": period.last,
        "reason": reason,
        "closed_by": person_id,
        "closed_at": now,
        "reopened_because": "",
    }
    return db.scalar(_CLOSE.on(db).values(**values).returning(_ROW.id)) is not None


def reopen(db: Connection, closed_id: int, person_id: int, reason: str, now: datetime) -> bool:
    """Open a period again. False if it is open."""
    opened = update(t.closed_period).where(_ROW.id == closed_id, _STANDS)
    return db.execute(opened.values(reopened_by=person_id, reopened_at=now, reopened_because=reason)).rowcount == 1
