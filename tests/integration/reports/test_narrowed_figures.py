"""Figures of some of the reports, where things took place, comparisons, trends, the calendar and single days."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from periods.period import Length, period_of
from reports.calendar import Cell, calendar_of
from reports.comparing import Difference, compared
from reports.day_by_day import Day, day_by_day
from reports.figures import Figures, People
from reports.filtering import ALL, Filter
from reports.places import place_of_row
from reports.reckoning import figures_of
from reports.series import series_of, until
from reports.shares import is_sorted
from rules.states import ReportState
from tests.cuts import shipped_cuts
from tests.integration.reports.world import NOW, World, small_plan

HELP: dict[str, Any] = {"activity": "D3", "kind": "service", "target_group": "in_need", "opens_item": 1}
WEEK = "2020-W45"


def figures(world: World, only: Filter = ALL, unit: str = "GV", period: str = WEEK) -> Figures:
    return figures_of(world.db, small_plan(), unit, period_of(period), NOW, only=only)


def told(value: Figures) -> tuple[int, People, list[tuple[str, int]]]:
    return value.reports, value.people, [(row.code, row.reports) for row in value.by_unit]


@pytest.fixture
def week(world: World) -> World:
    """A talk with two audiences, one of another activity by the ward (approved), and help for four."""
    workers = {"target_group": "workers", "women": 4, "men": 1, "opens_group": 1}
    world.report("P10-KP1", date(2020, 11, 3), 30, 15, lines=[workers])
    ward = world.report("P14", date(2020, 11, 4), 20, 10, activity="A1.4", place_unit_id=world.units["P14-KP1"])
    world.becomes(ward, ReportState.APPROVED)
    world.report("P10-KP2", date(2020, 11, 5), 3, 1, **HELP, item="legal", place="outside", place_unit_id=None)
    return world


@pytest.mark.parametrize(
    ("only", "reports", "people", "units"),
    [
        (ALL, 3, People(54, 26), [("P10", 2), ("P14", 1)]),
        (Filter(activity="A2"), 1, People(34, 16), [("P10", 1)]),
        (Filter(group="workers"), 1, People(4, 1), [("P10", 1)]),
        (Filter(group="residents"), 2, People(50, 25), [("P10", 1), ("P14", 1)]),
        (Filter(activity="A2", group="residents"), 1, People(30, 15), [("P10", 1)]),
        (Filter(kind="service"), 1, People(), [("P10", 1)]),
        (Filter(item="legal"), 1, People(), [("P10", 1)]),
        (Filter(level="ward"), 1, People(20, 10), [("P14", 1)]),
        (Filter(approved_only=True), 1, People(20, 10), [("P14", 1)]),
        (Filter(level="ward", activity="A2"), 0, People(), []),
    ],
    ids=str,
)
@pytest.mark.parametrize("period", [WEEK, "2020-11", "2020-11-03..2020-11-05"])
def test_figures_of_some_of_the_reports(
    week: World, only: Filter, reports: int, people: People, units: list[tuple[str, int]], period: str
) -> None:
    value = figures(week, only, period=period)
    assert told(value) == (reports, people, units)
    assert value.completeness == figures(week, period=period).completeness
    assert value.to_dict().get("only", {}) == only.to_dict()


def test_help_is_counted_by_its_kind(week: World) -> None:
    week.report("P10-KP2", date(2020, 11, 6), 0, 0, **HELP, item="shelter", unsorted=9)
    week.report("P10-KP2", date(2020, 11, 6), 1, 0, **HELP, item="legal")
    rows = [(row.code, row.reports, row.people) for row in figures(week).by_help]
    assert rows == [("legal", 2, People(4, 1)), ("shelter", 1, People(unsorted=9))]
    assert figures(week).helped == People(4, 1, 9)


def test_where_it_took_place_stands_beside_who_reported(week: World) -> None:
    week.report("GV", date(2020, 11, 6), 100, 50)
    week.report("P10-KP2", date(2020, 11, 6), 1, 1, place_unit_id=week.units["P14"])
    week.report("P10-KP2", date(2020, 11, 6), 7, 0, place="unknown", place_unit_id=None)
    assert [(row.code, row.name, row.reports, row.people.total) for row in figures(week).by_place] == [
        ("P10", "Phường 10", 1, 50),
        ("P14", "Phường 14", 2, 32),
        ("GV", "toàn quận", 1, 150),
        ("outside", "ngoài quận", 1, 0),
        ("unknown", "chưa rõ nơi", 1, 7),
    ]
    assert [(row.code, row.name, row.reports) for row in figures(week, unit="P10").by_place] == [
        ("P10-KP1", "Khu phố 1", 1),
        ("outside", "ngoài phường", 2),
        ("unknown", "chưa rõ nơi", 1),
    ]


@pytest.mark.parametrize("unit", ["GV", "P10", "P14"])
@pytest.mark.parametrize("period", [WEEK, "2020-11", "2020-11-03..2020-11-06"])
def test_a_line_by_place_opens_as_the_figures_of_the_reports_in_it(week: World, unit: str, period: str) -> None:
    week.report("GV", date(2020, 11, 6), 100, 50)
    week.report("P10", date(2020, 11, 6), 40, 50)
    week.report("P10-KP2", date(2020, 11, 6), 1, 1, place_unit_id=week.units["P14"])
    week.report("P10-KP2", date(2020, 11, 6), 7, 0, place="unknown", place_unit_id=None)
    rows = figures(week, unit=unit, period=period).by_place
    assert len(rows) == {"GV": 5, "P10": 4, "P14": 1}[unit]
    for row in rows:
        there = figures(week, Filter(place=place_of_row(unit, row.code)), unit, period)
        assert (there.reports, there.people) == (row.reports, row.people), row.code
        assert sum(day.reports for day in days_of(week, unit, period, there.only)) == row.reports
    nowhere = figures(week, Filter(place="P99"), unit, period)
    assert (nowhere.reports, nowhere.by_unit) == (0, ())


def days_of(world: World, unit: str, period: str, only: Filter) -> tuple[Day, ...]:
    return day_by_day(world.db, unit, period_of(period), NOW, only=only).days


def test_a_place_is_the_same_under_any_unit(week: World) -> None:
    week.report("P10-KP2", date(2020, 11, 6), 1, 1, place_unit_id=week.units["P14-KP1"])
    week.report("GV", date(2020, 11, 6), 5, 5)
    in_p14 = Filter(place="P14")
    assert told(figures(week, in_p14)) == (2, People(21, 11), [("P10", 1), ("P14", 1)])
    assert told(figures(week, in_p14, "P10")) == (1, People(1, 1), [("P10-KP2", 1)])
    assert figures(week, Filter(place="GV*"), "P10").reports == 0
    assert figures(week, Filter(place="GV*")).people == People(5, 5)


def test_a_period_is_compared_with_the_one_before_and_with_a_year_earlier(week: World) -> None:
    week.report("P10-KP1", date(2020, 10, 28), 10, 10)
    week.report("P10-KP1", date(2019, 11, 4), 50, 50)  # 2019-W45
    both = compared(week.db, small_plan(), "GV", period_of(WEEK), NOW)
    assert both.before is not None
    assert both.year_earlier is not None
    assert (both.before.period.code, both.year_earlier.period.code) == ("2020-W44", "2019-W45")
    assert not both.is_running
    differs = dict(both.against(both.before))
    assert (differs["reports"], differs["visits"]) == (Difference(3, 1), Difference(80, 20))
    assert (differs["visits"].by, differs["visits"].percent) == (60, 300)
    assert dict(both.against(both.year_earlier))["visits"].percent == -20
    assert dict(both.against(None)) == {}


def test_before_a_unit_began_there_is_nothing_to_compare_with(week: World) -> None:
    week.unit("P10-KP9", "Khu phố 9", "neighbourhood", "P10", valid_from=date(2020, 11, 1))
    first = compared(week.db, small_plan(), "P10-KP9", period_of(WEEK), NOW)
    assert first.before is not None  # a unit reads as it began, however early the day
    assert first.before.reports == 0


@pytest.mark.parametrize(
    ("now", "then", "by", "percent"),
    [(3, 2, 1, 50), (2, 3, -1, -33), (1, 8, -7, -88), (5, 0, 5, None), (0, 0, 0, None)],
)
def test_a_difference_is_a_number_and_a_share_of_what_was(now: int, then: int, by: int, percent: int | None) -> None:
    assert (Difference(now, then).by, Difference(now, then).percent) == (by, percent)


def test_a_trend_has_a_point_for_each_period(week: World) -> None:
    week.report("P10-KP1", date(2020, 10, 28), 10, 10, unsorted=2)
    weeks = until(Length.WEEK, date(2020, 11, 9))
    assert [period.code for period in weeks] == [f"2020-W{number}" for number in range(35, 47)]
    points = series_of(week.db, small_plan(), "GV", weeks)
    assert [(point.reports, point.people.total, point.helped.total) for point in points[-3:]] == [
        (1, 22, 0),
        (3, 80, 4),
        (0, 0, 0),
    ]
    assert [is_sorted(point.people) for point in points[-3:]] == [False, True, True]
    assert [(point.completeness.received, point.completeness.expected) for point in points[-3:-1]] == [(1, 4), (2, 4)]
    months = series_of(week.db, small_plan(), "GV", until(Length.MONTH, date(2020, 11, 9)))
    assert [point.period.code for point in months][::11] == ["2019-12", "2020-11"]
    assert [point.people.total for point in months[-2:]] == [22, 80]


@pytest.mark.parametrize("length", [Length.WEEK, Length.MONTH])
def test_a_trend_takes_as_many_statements_for_many_periods_as_for_few(week: World, length: Length) -> None:
    def asked(count: int) -> int:
        statements: list[str] = []
        note = partial(_note, statements)
        event.listen(week.db, "before_cursor_execute", note)
        points = series_of(week.db, small_plan(), "GV", until(length, date(2020, 11, 9), count))
        event.remove(week.db, "before_cursor_execute", note)
        assert len(points) == count
        return len(statements)

    assert asked(24) <= asked(2) + 1  # the units of two years may be two sets


def _note(statements: list[str], *seen: Any) -> None:
    statements.append(seen[2])


def test_the_calendar_says_what_each_neighbourhood_did_about_each_week(world: World) -> None:
    world.report("P10-KP1", date(2020, 11, 3), 1, 1)  # sent at NOW, half an hour after the deadline
    world.nil("P10-KP2", "2020-W45")
    returned = world.report("P10-KP10", date(2020, 11, 4), 1, 1)
    world.becomes(returned, ReportState.RETURNED)
    world.report("P14-KP1", date(2020, 11, 9), 1, 1)
    weeks = [week.code for week in until(Length.WEEK, NOW.date(), 2)]
    shown = calendar_of(world.db, small_plan(), "GV", weeks, NOW)
    assert shown.weeks == ("2020-W45", "2020-W46")
    assert [(row.code, row.ward, row.cells) for row in shown.rows] == [
        ("P10-KP1", "Phường 10", (Cell.LATE, Cell.OPEN)),
        ("P10-KP2", "Phường 10", (Cell.NIL, Cell.OPEN)),
        ("P10-KP10", "Phường 10", (Cell.MENDING, Cell.OPEN)),
        ("P14-KP1", "Phường 14", (Cell.MISSING, Cell.ON_TIME)),
    ]
    assert (shown.count(Cell.OPEN), shown.count(Cell.MISSING)) == (3, 1)
    assert [row.code for row in calendar_of(world.db, small_plan(), "P14", weeks, NOW).rows] == ["P14-KP1"]


def test_a_neighbourhood_that_moved_has_a_row_in_each_ward(world: World) -> None:
    world.moves("P10-KP2", "P14", date(2020, 11, 4))
    shown = calendar_of(world.db, small_plan(), "GV", ["2020-W44", "2020-W45"], NOW)
    assert [(row.ward, row.cells) for row in shown.rows if row.code == "P10-KP2"] == [
        ("Phường 10", (Cell.MISSING, Cell.NOT_OWED)),
        ("Phường 14", (Cell.NOT_OWED, Cell.MISSING)),
    ]


def test_the_days_of_the_action_month_stand_against_those_of_last_year(world: World) -> None:
    for day, women in ((date(2019, 11, 15), 5), (date(2019, 11, 17), 6), (date(2020, 11, 15), 30)):
        world.report("P10-KP1", day, women, 0)
    world.report("P10-KP1", date(2020, 11, 16), 2, 0, **HELP, item="legal")
    now = datetime(2020, 11, 16, 12, tzinfo=UTC)
    month = day_by_day(world.db, "GV", period_of("2020-AM", shipped_cuts()), now)
    assert (len(month.days), len(month.earlier), month.earlier_period.code) == (2, 31, "2019-AM")
    assert [(day.reports, day.people.total, day.helped.total) for day in month.days] == [(1, 30, 0), (1, 0, 2)]
    this, last = month.so_far()
    assert (this.people, last.people) == (People(30), People(5))
    assert [day.people.total for day in month.earlier][:3] == [5, 0, 6]
