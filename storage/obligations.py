"""What units owe by a day, and that it was handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from storage import tables as t


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of a unit; `due_on` is the last day, `done_by` the name of who said that it was handed in."""

    id: int
    unit: str
    unit_name: str
    kind: str
    due_on: date
    done_at: datetime | None
    done_by: str | None
    revision: int


_OWED = (
    select(
        t.obligation.c.id,
        t.unit.c.code,
        t.unit.c.name,
        t.obligation.c.kind,
        t.obligation.c.due_on,
        t.obligation.c.done_at,
        t.person.c.name,
        t.obligation.c.revision,
    )
    .join(t.unit, t.unit.c.id == t.obligation.c.unit_id)
    .outerjoin(t.person, t.person.c.id == t.obligation.c.done_by)
)


def of_units(db: Connection, unit_ids: Sequence[int], since: date) -> list[Owed]:
    """What some units owe from a day on, the soonest first."""
    rows = db.execute(
        _OWED.where(t.obligation.c.unit_id.in_(unit_ids), t.obligation.c.due_on >= since).order_by(
            t.obligation.c.due_on, t.unit.c.code, t.obligation.c.kind
        )
    )
    return [Owed(*tuple(row)) for row in rows]


def find(db: Connection, obligation_id: int) -> Owed | None:
    """One obligation."""
    row = db.execute(_OWED.where(t.obligation.c.id == obligation_id)).first()
    return Owed(*tuple(row)) if row else None


def mark_done(db: Connection, obligation_id: int, seen: int, person_id: int, now: datetime) -> bool:
    """Record that it was handed in; false, and nothing happens, unless it is open and still at the revision seen."""
    row = t.obligation.c
    as_seen = (row.id == obligation_id, row.revision == seen, row.done_at.is_(None))
    done = update(t.obligation).where(*as_seen).values(done_at=now, done_by=person_id, revision=row.revision + 1)
    return db.execute(done).rowcount == 1
