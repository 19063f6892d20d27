"""The days of a period one by one against those of a year earlier: how the Action Month goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from sqlalchemy import Connection

from periods.days import local_day
from periods.neighbours import year_earlier
from periods.period import Period
from reports import stored
from reports.figures import People
from reports.filtering import ALL, Filter
from reports.places import held_of
from reports.scope import UnknownUnitError
from reports.stretches import Stretch, stretches_of
from reports.sums import units_of
from rules.kinds import ActivityKind
from storage.directory.units import UnitTree, unit_tree

_NOBODY = People()


@dataclass(frozen=True, slots=True)
class Day:
    """What was counted on a day; `people` are visits to events, `helped` those to services."""

    day: date
    reports: int = 0
    people: People = _NOBODY
    helped: People = _NOBODY


@dataclass(frozen=True, slots=True)
class DayByDay:
    """Every day of a period up to today, and every day of the period a year earlier: none for what was no unit then."""

    period: Period
    days: tuple[Day, ...]
    earlier_period: Period
    earlier: tuple[Day, ...]
    title: str

    def so_far(self) -> tuple[Day, Day]:
        """All days so far as one, and as many of a year earlier: what may fairly be compared."""
        return _sum(self.days), _sum(self.earlier[: len(self.days)])


def day_by_day(db: Connection, unit: str, period: Period, now: datetime, *, only: Filter = ALL) -> DayByDay:
    """The days of a unit's period. Raises `UnknownUnitError` for what is no unit."""
    tree, then, today = unit_tree(db), year_earlier(period), local_day(now)
    stretches = stretches_of(tree, unit, period)
    days = tuple(day for day in _days(db, tree, stretches, period, only) if day.day <= today)
    try:
        earlier = _days(db, tree, stretches_of(tree, unit, then), then, only)
    except UnknownUnitError:
        earlier = ()
    return DayByDay(period, days, then, earlier, stretches[-1].scope.title)


def _days(
    db: Connection, tree: UnitTree, stretches: Sequence[Stretch], period: Period, only: Filter
) -> tuple[Day, ...]:
    count = (period.last - period.first).days + 1
    found = {day: Day(day) for day in (period.first + timedelta(days=number) for number in range(count))}
    for stretch in stretches:
        held = held_of(tree, stretch.scope, stretch.days, only.place)
        for total in stored.days(db, stretch.days, units_of(stretch.scope, only), only, held):
            visits = People(total.women, total.men, total.unsorted)
            people = visits if total.kind == ActivityKind.EVENT else _NOBODY
            helped = visits if total.kind == ActivityKind.SERVICE else _NOBODY
            found[total.day] = _add(found[total.day], Day(total.day, total.reports, people, helped))
    return tuple(found.values())


def _add(one: Day, other: Day) -> Day:
    return Day(one.day, one.reports + other.reports, one.people + other.people, one.helped + other.helped)


def _sum(days: Sequence[Day]) -> Day:
    return list(accumulate(days, _add))[-1] if days else Day(date.min)
