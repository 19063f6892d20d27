"""The pictures that people ask for, of a unit and a period, from what is stored: one table, whoever asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from messages.outgoing import Picture
from periods.days import local_day
from periods.neighbours import last_action_month
from periods.period import Length, Period, span_period, week_period, weeks_owed
from periods.weeks import week_of
from plan.model import Plan
from reports.calendar import calendar_of
from reports.day_by_day import day_by_day
from reports.pictures.attendance import attendance_bars
from reports.pictures.calendar import MAX_ROWS, calendar_picture
from reports.pictures.month import month_picture
from reports.pictures.progress import targets_picture
from reports.pictures.trend import trend_picture
from reports.reckoning import figures_of
from reports.series import series_of, until
from reports.stretches import have_samples, stretches_of
from reports.targets import targets_of
from storage.directory.units import unit_tree

MOST_WEEKS = 14
FEWEST_WEEKS = 8
"""A period of so many weeks is its own calendar; of any other the last twelve weeks up to its end are shown."""
WEEKS = 12
FEWEST_DAYS, MOST_DAYS = 20, 62


class PictureKind(StrEnum):
    """What there is a picture of, by the word that buttons and the command line use."""

    BARS = "bars"
    """The period by ward or neighbourhood."""
    WEEKS = "weeks"
    """The trend over twelve weeks."""
    MONTHS = "months"
    """The trend over twelve months."""
    CALENDAR = "calendar"
    """Neighbourhoods by weeks."""
    TARGETS = "targets"
    DAYS = "days"
    """Day by day against the year before."""
    ACTION_MONTH = "action_month"
    """The same of the Action Month that is asked for, or that began last."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose picture of which period is asked for, by whom it is read, and when."""

    db: Connection
    plan: Plan
    unit: str
    period: Period
    now: datetime
    language: str


def picture_of(kind: PictureKind, asked: Asked) -> Picture | None:
    """The recipe of a picture; `None` where there is nothing to draw. Raises `UnknownUnitError` for what is no unit."""
    return _MAKERS[kind](asked)


def _bars(asked: Asked) -> Picture:
    return attendance_bars(figures_of(asked.db, asked.plan, asked.unit, asked.period, asked.now, asked.language))


def _trend(length: Length) -> Callable[[Asked], Picture]:
    def trend(asked: Asked) -> Picture:
        day = min(asked.period.last, local_day(asked.now))
        points = series_of(asked.db, asked.plan, asked.unit, until(length, day))
        span = span_period(points[0].period.first, points[-1].period.last)
        parts = stretches_of(unit_tree(asked.db), asked.unit, span)
        return trend_picture(
            points,
            unit=parts[-1].scope.title,
            as_of=asked.now,
            language=asked.language,
            sample=have_samples(asked.db, parts),
        )

    return trend


def _calendar(asked: Asked) -> Picture | None:
    weeks = weeks_of_calendar(asked.period, asked.now)
    found = calendar_of(asked.db, asked.plan, asked.unit, weeks, asked.now)
    if not 0 < len(found.rows) <= MAX_ROWS:
        return None
    span = span_period(week_period(weeks[0]).first, week_period(weeks[-1]).last)
    parts = stretches_of(unit_tree(asked.db), asked.unit, span)
    return calendar_picture(found, language=asked.language, sample=have_samples(asked.db, parts))


def weeks_of_calendar(period: Period, now: datetime) -> list[str]:
    """The weeks of a period's calendar: its own where they are about as many as a phone shows, else the last twelve."""
    this = week_of(local_day(now))
    owed = [week for week in weeks_owed(period) if week <= this]
    if FEWEST_WEEKS <= len(owed) <= MOST_WEEKS:
        return owed
    last = min(week_of(period.last), this)
    return [each.code for each in until(Length.WEEK, week_period(last).first, WEEKS)]


def has_days(period: Period) -> bool:
    """Whether a picture of its days has enough of them to show, and not more than a phone can."""
    return FEWEST_DAYS <= (period.last - period.first).days + 1 <= MOST_DAYS


def _targets(asked: Asked) -> Picture:
    return targets_picture(targets_of(asked.db, asked.plan, asked.unit, asked.now, None, asked.language))


def _days(asked: Asked) -> Picture:
    found = day_by_day(asked.db, asked.unit, asked.period, asked.now)
    parts = stretches_of(unit_tree(asked.db), asked.unit, asked.period)
    return month_picture(found, as_of=asked.now, language=asked.language, sample=have_samples(asked.db, parts))


def _action_month(asked: Asked) -> Picture | None:
    period = asked.period
    if period.length is not Length.ACTION_MONTH:
        found = last_action_month(asked.plan.periods, min(period.last, local_day(asked.now)))
        if found is None:
            return None
        period = found
    return _days(replace(asked, period=period))


_MAKERS: Mapping[PictureKind, Callable[[Asked], Picture | None]] = {
    PictureKind.BARS: _bars,
    PictureKind.WEEKS: _trend(Length.WEEK),
    PictureKind.MONTHS: _trend(Length.MONTH),
    PictureKind.CALENDAR: _calendar,
    PictureKind.TARGETS: _targets,
    PictureKind.DAYS: _days,
    PictureKind.ACTION_MONTH: _action_month,
}
