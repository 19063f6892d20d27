"""Working days: neither a weekend nor a public holiday. A reminder that falls on another day moves to one of these."""

from datetime import date, timedelta

from rules.public_holidays import PUBLIC_HOLIDAYS

_DAY = timedelta(days=1)
_SATURDAY = 5
LONGEST_REST = timedelta(days=12)
"""More days in a row than are ever free: Tết between two weekends, with a day in exchange."""


def is_working_day(day: date) -> bool:
    """Whether people are at their desks that day."""
    return day.weekday() < _SATURDAY and day not in PUBLIC_HOLIDAYS


def on_or_before(day: date) -> date:
    """The day itself if it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def on_or_after(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += _DAY
    return day


def worked_since(day: date, today: date) -> int:
    """How many working days there are after `day` until `today`, which counts."""
    return sum(is_working_day(day + n * _DAY) for n in range(1, (today - day).days + 1))
