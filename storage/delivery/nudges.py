"""Keeps which matter somebody was reminded of by hand on which day: once a day each, whoever presses the button."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import tables as t
from storage.db.upsert import insert_or_keep

_KEY = ("about", "local_day")
_ADD = insert_or_keep(t.nudge, _KEY)


@dataclass(frozen=True, slots=True)
class GivenNudge:
    """A reminder by hand: who asked for it, and when."""

    by: str
    at: datetime


def take_day(db: Connection, about: str, day: date, person_id: int, now: datetime) -> bool:
    """Take the day's only nudge about a matter; false if it was given already."""
    values = {"about": about, "local_day": day, "person_id": person_id, "at": now}
    return db.scalar(_ADD.on(db).values(**values).returning(t.nudge.c.id)) is not None


def of_day(db: Connection, abouts: Collection[str], day: date) -> dict[str, GivenNudge]:
    """Find the day's nudges about some matters."""
    columns = (t.nudge.c.about, t.person.c.name, t.nudge.c.at)
    rows = select(*columns).join(t.person, t.person.c.id == t.nudge.c.person_id)
    mine = rows.where(t.nudge.c.about.in_(abouts), t.nudge.c.local_day == day)
    return {about: GivenNudge(name or "", at) for about, name, at in db.execute(mine)}
