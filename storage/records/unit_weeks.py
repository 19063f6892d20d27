"""A unit's week: its counted reports, or the nil report that nothing took place."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from periods.period import week_period
from rules.states import COUNTED
from storage import tables as t
from storage.db.upsert import insert_or_keep

_SAY_NIL = insert_or_keep(t.nil_report, ["unit_id", "week"])


def store_nil(db: Connection, unit_id: int, week: str, person_id: int, now: datetime) -> bool:
    """Record "no activity this week". False if that was said already, even by somebody else at this moment."""
    row = _SAY_NIL.on(db).values(unit_id=unit_id, week=week, person_id=person_id, at=now)
    return db.scalar(row.returning(t.nil_report.c.week)) is not None


def reports_in_week(db: Connection, unit_id: int, week: str) -> int:
    """Count a unit's counted reports in a week."""
    facts, days = t.activity.c, week_period(week)
    inside = facts.last_day.between(days.first, days.last)
    mine = select(func.count()).where(facts.unit_id == unit_id, inside, facts.state.in_(COUNTED))
    return int(db.execute(mine).scalar_one())


def has_nil(db: Connection, unit_id: int, week: str) -> bool:
    """Whether "no activity this week" was said."""
    query = select(func.count()).where(t.nil_report.c.unit_id == unit_id, t.nil_report.c.week == week)
    return bool(db.execute(query).scalar())


def is_reported(db: Connection, unit_id: int, week: str) -> bool:
    """Whether a unit owes nothing more for a week, having a counted report or the nil report."""
    return reports_in_week(db, unit_id, week) > 0 or has_nil(db, unit_id, week)
