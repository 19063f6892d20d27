"""When a unit may say that nothing took place, when it is asked again, and how long a week is reminded of."""

from datetime import date, datetime, time, timedelta

from periods.days import ZONE, local_day
from periods.weeks import monday_of, week_of
from rules.weeks import Judged, WeekState

SAID_FROM = timedelta(days=3)
"""A week is said to be without activity from its Thursday on; what is said earlier is asked about once more."""
REMINDED_FOR = timedelta(weeks=4)
"""After a week's Sunday; then nobody is reminded of it, and it can still be reported."""
IN_A_ROW = 4
"""Weeks without activity, one after another, that a chair hears of."""


def begun(week: str, today: date) -> str | None:
    """The week as it is stored; `None` if there is no such week, or if it has not begun."""
    try:
        monday = monday_of(week)
    except ValueError:
        return None
    return week_of(monday) if monday <= today else None


def asked_again_after(week: str) -> datetime:
    """The moment from which a nil report of a week is not asked about again: the beginning of its Thursday."""
    return datetime.combine(monday_of(week) + SAID_FROM, time(), ZONE)


def is_early(week: str, said_on: date) -> bool:
    """Whether the week was too young on that day for anybody to know that nothing will take place."""
    return said_on < monday_of(week) + SAID_FROM


def is_asked_about(week: str, judged: Judged) -> bool:
    """Whether a unit hears of a week that it owes: it is missing, or its nil report was said before Thursday."""
    if judged.state is WeekState.NIL:
        return judged.said_at is not None and is_early(week, local_day(judged.said_at))
    return judged.state is WeekState.MISSING
