"""Figures of several periods side by side, for a trend: twelve weeks, twelve months, or any others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from periods.period import Length, Period, around, before, weeks_owed
from plan.model import Plan
from reports.breakdowns import people
from reports.completeness import completeness_of, completeness_of_each
from reports.figures import Completeness, People
from reports.filtering import ALL, Filter
from reports.stored import Total
from reports.stretches import stretches_of
from reports.sums import Sums, kinds_of_each
from rules.kinds import ActivityKind
from rules.states import ReportState
from storage.directory.units import unit_tree

OF_A_TREND = 12
"""Weeks or months of a trend: a quarter or a year, which a phone shows side by side."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a unit's figures of one period are in a trend; `people` are visits to events."""

    period: Period
    reports: int
    people: People
    helped: People
    not_approved: int
    completeness: Completeness


def series_of(
    db: Connection, plan: Plan, unit: str, periods: Iterable[Period], *, only: Filter = ALL
) -> tuple[Point, ...]:
    """A point for each period, as units were then, read together. Raises `UnknownUnitError` for what is no unit."""
    asked = tuple(periods)
    totals = kinds_of_each([_sums(db, unit, period, only) for period in asked])
    done = completeness_of_each(db, plan, unit, [weeks_owed(period) for period in asked])
    return tuple(map(_point, asked, totals, done))


def point_with_reports(db: Connection, plan: Plan, unit: str, period: Period, *, only: Filter = ALL) -> Point | None:
    """The point of one period; `None` where it has no reports: then nobody asks who owed its weeks."""
    totals = _sums(db, unit, period, only).kinds
    if not totals:
        return None
    return _point(period, totals, completeness_of(db, plan, unit, weeks_owed(period), names=False))


def _sums(db: Connection, unit: str, period: Period, only: Filter) -> Sums:
    return Sums(db, stretches_of(unit_tree(db), unit, period), only)


def _point(period: Period, totals: Sequence[Total], completeness: Completeness) -> Point:
    return Point(
        period,
        sum(total.reports for total in totals),
        people(totals, ActivityKind.EVENT),
        people(totals, ActivityKind.SERVICE),
        sum(total.reports for total in totals if total.state != ReportState.APPROVED),
        completeness,
    )


def until(length: Length, day: date, count: int = OF_A_TREND) -> Sequence[Period]:
    """The last `count` periods of a length, in order, up to the one that a day lies in."""
    found = [around(length, day)]
    while len(found) < count:
        found.append(before(found[-1]))
    return found[::-1]
