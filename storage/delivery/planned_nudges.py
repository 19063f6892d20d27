"""Units that somebody wants to be asked for a week's report in the morning, since it was night when they said so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from storage import tables as t
from storage.db.upsert import insert_or_keep

_ROW = t.planned_nudge.c
_ADD = insert_or_keep(t.planned_nudge, ("unit_id", "local_day"))


@dataclass(frozen=True, slots=True)
class PlannedNudge:
    """On the word of a person a unit is asked for its report of a week ("2026-W48") on a day."""

    unit_id: int
    week: str
    person_id: int
    local_day: date


def plan(db: Connection, wanted: PlannedNudge, now: datetime) -> bool:
    """Keep it for its day. False if the unit is to be asked on that day already, by whomever."""
    who = {"unit_id": wanted.unit_id, "week": wanted.week, "person_id": wanted.person_id}
    values = {**who, "local_day": wanted.local_day, "at": now}
    return db.scalar(_ADD.on(db).values(**values).returning(_ROW.id)) is not None


def due(db: Connection, after: int, most: int, day: date) -> Sequence[int]:
    """Find the next ones (by id) whose day has come."""
    rows = select(_ROW.id).where(_ROW.id > after, _ROW.local_day <= day)
    return list(db.scalars(rows.order_by(_ROW.id).limit(most)))


def take(db: Connection, ids: Collection[int]) -> list[PlannedNudge]:
    """Take some away, each once."""
    gone = delete(t.planned_nudge).where(_ROW.id.in_(ids))
    columns = (_ROW.unit_id, _ROW.week, _ROW.person_id, _ROW.local_day)
    return sorted((PlannedNudge(*row) for row in db.execute(gone.returning(*columns))), key=lambda row: row.unit_id)
