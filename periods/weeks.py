"""ISO weeks, Monday to Sunday. A week is written "2020-W45" and holds the events whose date lies in it."""

import re
from datetime import date, timedelta

# Four digits from 1000 to 2999: any year that people mean, and none at the calendar's ends, where arithmetic fails.
_WEEK = re.compile(r"([12][0-9]{3})-?W([0-9]{1,2})", re.IGNORECASE)


def week_of(day: date) -> str:
    """The ISO week of a day: `week_of(date(2020, 11, 4)) == "2020-W45"`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def monday_of(week: str) -> date:
    """The first day of a week; `ValueError` if there is no such week."""
    written = _WEEK.fullmatch(week.strip())
    if not written:
        raise ValueError(f"{week!r} is not a week like 2020-W45")
    return date.fromisocalendar(int(written[1]), int(written[2]), 1)


def sunday_of(week: str) -> date:
    """The last day of a week."""
    return monday_of(week) + timedelta(days=6)


def shift(week: str, by: int) -> str:
    """The week `by` weeks later."""
    return week_of(monday_of(week) + timedelta(weeks=by))


def touched(first: date, last: date) -> list[str]:
    """The weeks that the days from `first` to `last` (both included) lie in."""
    count = (last - monday_of(week_of(first))).days // 7 + 1
    return [week_of(first + timedelta(weeks=index)) for index in range(count)]
