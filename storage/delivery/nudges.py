"""Keeps which matter somebody was reminded of by hand on which day: once a day each, whoever presses the button."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import tables as t
from storage.db.upsert import insert_or_keep

_KEY = ("about", "local_day")
_ADD = insert_or_keep(t.nudge, _KEY)


def take_day(db: Connection, about: str, day: date, person_id: int, now: datetime) -> bool:
    """Take the day's only nudge about a matter; false if it was given already."""
    values = {"about": about, "local_day": day, "person_id": person_id, "at": now}
    return db.scalar(_ADD.on(db).values(**values).returning(t.nudge.c.id)) is not None


def of_day(db: Connection, abouts: Collection[str], day: date) -> set[str]:
    """Find which of some matters were nudged about on a day."""
    return set(db.scalars(select(t.nudge.c.about).where(t.nudge.c.about.in_(abouts), t.nudge.c.local_day == day)))
