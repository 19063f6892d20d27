"""Pictures' values made by hand: a district of 186 neighbourhoods, twelve weeks, two Action Months, five targets."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from messages.outgoing import Picture
from periods.cuts import Names
from periods.days import local_day
from periods.period import Length, Period, around, before, span_period, week_period
from plan.model import Target
from reports.calendar import Calendar, CalendarRow
from reports.day_by_day import Day, DayByDay
from reports.figures import Completeness, People
from reports.pictures.calendar import LETTERS, calendar_picture
from reports.pictures.month import month_picture
from reports.pictures.progress import targets_picture
from reports.pictures.trend import trend_picture
from reports.progress import Owing, Progress, Targets
from reports.series import Point
from reports.supplied import Counted
from rules.kinds import Measure, Reach, Sex
from rules.levels import Level
from rules.targets import Basis, judge
from storage.directory.units import Unit
from tests.unit.reports.samples import EMPTY, changed

AS_OF = datetime(2020, 11, 9, 0, 30, tzinfo=UTC)
SIZES = (10, 14, 9, 14, 9, 11, 12, 10, 13, 13, 14, 8, 13, 11, 12, 13)
"""Neighbourhoods of the sixteen wards."""


def weeks(count: int = 12, last: str = "2020-W45") -> list[Period]:
    found = [week_period(last)]
    while len(found) < count:
        found.insert(0, before(found[0]))
    return found


def months(count: int = 12) -> list[Period]:
    found = [around(Length.MONTH, date(2020, 11, 1))]
    while len(found) < count:
        found.insert(0, before(found[0]))
    return found


def trend(people: Sequence[People], periods: Sequence[Period] | None = None, unit: str = "Quận Gò Vấp") -> Picture:
    found = periods or weeks(len(people))
    points = [Point(period, 3, each, People(), 0, Completeness()) for period, each in zip(found, people, strict=True)]
    return trend_picture(points, unit=unit, as_of=AS_OF, language="vi", sample=False)


def some_people(count: int = 12, scale: int = 1) -> list[People]:
    chance = random.Random(7)
    return [
        People(chance.randint(300, 900) * scale, chance.randint(100, 500) * scale, n % 3 * 30) for n in range(count)
    ]


CELLS = {letter: cell for cell, letter in LETTERS.items()}
Ward = tuple[str, Sequence[tuple[str, str]]]
"""A ward's name, and its neighbourhoods with a letter for each week."""


def calendar(wards: Sequence[Ward], count: int = 12, unit: str = "Quận Gò Vấp", free: tuple[str, ...] = ()) -> Picture:
    rows = tuple(
        CalendarRow(name, name, ward, tuple(CELLS[letter] for letter in letters))
        for ward, neighbourhoods in wards
        for name, letters in neighbourhoods
    )
    codes = tuple(week.code for week in weeks(count))
    return calendar_picture(Calendar("GV", unit, codes, free, rows, AS_OF), language="vi", sample=True)


def district(count: int = 12) -> list[Ward]:
    chance = random.Random(7)

    def letters() -> str:
        return "".join(chance.choices("olnmx", (60, 12, 8, 4, 16), k=count))

    return [
        (f"Phường {n}", [(f"Khu phố {k}", letters()) for k in range(1, size + 1)]) for n, size in enumerate(SIZES, 1)
    ]


MONTH = Period("2020-AM", Length.ACTION_MONTH, date(2020, 11, 15), date(2020, 12, 15), Names("Tháng hành động", ""))


def month(visits: Sequence[int], earlier: Sequence[int], as_of: datetime = AS_OF, unit: str = "Quận Gò Vấp") -> Picture:
    gone = min(31, max(0, (local_day(as_of) - MONTH.first).days + 1))
    then = span_period(date(2019, 11, 15), date(2019, 12, 15))
    found = DayByDay(MONTH, tuple(days_of(MONTH, visits[:gone])), then, tuple(days_of(then, earlier)), unit)
    return month_picture(found, as_of=as_of, language="vi", sample=False)


def days_of(period: Period, visits: Sequence[int]) -> list[Day]:
    return [Day(period.first + timedelta(days=n), 1, People(count)) for n, count in enumerate(visits)]


OWN = span_period(date(2019, 5, 8), date(2020, 12, 31))
WARD_10 = Unit(7, "P10", "Phường 10", Level.WARD, 1, date(2019, 1, 1), None, False, date(2019, 1, 1))


def progress(code: str, percent: int, low: int, high: int, whole: int | None, basis: Basis = Basis.BOUNDS) -> Progress:
    """A target as far as these people bring it; without a whole, Phường 10 owes the denominator."""
    target = Target(code, f"{percent} % người dân", f"{percent}% of residents", percent, (), "", Reach.TRAINING, *SPAN)
    counted = Counted({Sex.ALL: whole}, ("Chi cục Thống kê",), date(2019, 12, 31)) if whole else None
    owing = () if whole else (Owing(WARD_10, ("residents",), (Measure.PEOPLE,)),)
    judged = judge(low, high, whole, percent, basis, full=basis is Basis.ROSTER)
    return Progress(target, OWN, basis, judged, counted, owing)


SPAN = (OWN.first, OWN.last)


def targets(*listed: Progress, title: str = "Quận Gò Vấp", sample: bool = False) -> Picture:
    figures = changed(EMPTY, title=title, sample=sample, period=OWN)
    return targets_picture(Targets(OWN, figures, listed, over_wards=True))


FIVE = (
    progress("T1", 70, 3_420, 8_100, 10_000),
    progress("T2", 50, 52_000, 88_000, 100_000),
    progress("T3", 100, 160, 160, 200, Basis.ROSTER),
    progress("T4", 100, 0, 0, None),
    progress("T5", 100, 12, 40, None),
)
