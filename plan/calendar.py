"""When the bot writes by itself: rules as values, each with a trigger that answers "when next?".

A rule is read from `plan/calendar.toml` (`plan.calendar_file`). Its trigger is used as a pure function: APScheduler's
own triggers for moments of a calendar, `DaysBefore` for a last day with days before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from periods.days import ZONE

OBLIGATIONS = ("plan_draft", "periodic_report")
"""What wards and agencies owe every year (V.2): next year's content with a budget estimate, and the results."""


class Topic(StrEnum):
    """What a rule reminds of."""

    WEEK_UNREPORTED = "week_unreported"
    WEEK_SUMMARY = "week_summary"
    SILENT_UNITS = "silent_units"
    REQUESTS = "requests"
    QUIET_UNITS = "quiet_units"
    DEADLINE = "deadline"
    MONTH_OPENING = "month_opening"
    MONTH_MONDAY = "month_monday"
    MONTH_CLOSING = "month_closing"


MONTH_TOPICS = frozenset({Topic.MONTH_OPENING, Topic.MONTH_MONDAY, Topic.MONTH_CLOSING})


@dataclass(frozen=True, slots=True, order=True)
class YearDay:
    """A day that comes every year; 29 February is none."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, self.day)

    def on_or_after(self, day: date) -> date:
        this_year = self.in_year(day.year)
        return this_year if this_year >= day else self.in_year(day.year + 1)


class Trigger(Protocol):
    """The part of APScheduler's triggers that is a pure function: the first moment at or after `now`."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """Fires some days before a day of each year, counted by the calendar, so that leap years need no care."""

    last_day: YearDay
    days: tuple[int, ...]
    at: time

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first moment at or after `now`, and after `previous_fire_time` if there is one."""
        year = now.astimezone(ZONE).year
        moments = [self._moment(y, days) for y in (year, year + 1, year + 2) for days in self.days]
        return min(m for m in moments if m >= now and (previous_fire_time is None or m > previous_fire_time))

    def _moment(self, year: int, days: int) -> datetime:
        return datetime.combine(self.last_day.in_year(year) - timedelta(days=days), self.at, ZONE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One reminder; the comments of `plan/calendar.toml` say what each part means."""

    id: str
    version: str
    topic: Topic
    roles: tuple[str, ...]
    trigger: Trigger
    useful_for: timedelta
    alone: bool = False
    last_day: YearDay | None = None
    obligations: tuple[str, ...] = ()
    period: tuple[YearDay, YearDay] | None = None

    def due_on(self, day: date) -> date:
        """The last day that a deadline rule speaks of on `day`."""
        if self.last_day is None:
            raise ValueError(f"{self.id} has no last day")
        return self.last_day.on_or_after(day)

    def period_of(self, day: date) -> tuple[date, date]:
        """First and last day of the month of action that `day` lies in, or that comes next."""
        if self.period is None:
            raise ValueError(f"{self.id} has no period")
        first, last = self.period
        end = last.on_or_after(day)
        return first.in_year(end.year if first <= last else end.year - 1), end


Calendar = Mapping[str, Rule]
"""The rules by id, in the order of the file."""
