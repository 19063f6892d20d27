"""Figures of any period: whole weeks from the rollup, the days around them from the reports, no report twice."""

from datetime import date, timedelta

import pytest

from locales import texts
from periods.period import Period, period_of, span_period
from reports.figures import Figures
from reports.reckoning import figures_of
from reports.texts import summary_text
from reports.wording import period_text
from tests.integration.reports.world import NOW, World, small_plan

FIRST = date(2020, 9, 28)
"""A Monday; forty days on from it each have a report of as many women as the day has number."""
DAYS = [FIRST + timedelta(days=number) for number in range(40)]


def figures(world: World, period: Period, unit: str = "GV") -> Figures:
    return figures_of(world.db, small_plan(), unit, period, NOW)


@pytest.fixture
def full(world: World) -> World:
    for number, day in enumerate(DAYS, 1):
        world.report("P10-KP1", day, number, 1)
    return world


@pytest.mark.parametrize("begin", range(9))
@pytest.mark.parametrize("length", [1, 2, 6, 7, 8, 13, 14, 15, 30])
def test_any_two_days_hold_the_reports_between_them(full: World, begin: int, length: int) -> None:
    value = figures(full, span_period(DAYS[begin], DAYS[begin + length - 1]))
    assert (value.reports, value.people.female) == (length, sum(range(begin + 1, begin + length + 1)))
    assert [(row.reports, row.people.female) for row in value.by_activity] == [(value.reports, value.people.female)]


@pytest.mark.parametrize(("code", "reports"), [("2020-10", 31), ("2020-Q4", 37), ("2020", 40), ("2020-9M", 3)])
def test_months_quarters_and_years_end_on_their_last_day(full: World, code: str, reports: int) -> None:
    assert figures(full, period_of(code)).reports == reports


def test_returned_reports_count_in_no_period(world: World) -> None:
    world.report("P10-KP1", date(2020, 10, 1), 5, 5, state="returned")
    assert figures(world, period_of("2020-10")).reports == 0


def test_in_a_longer_period_each_neighbourhood_owes_each_week_that_ends_in_it(world: World) -> None:
    world.report("P10-KP1", date(2020, 11, 4), 1, 0)
    world.report("P10-KP1", date(2020, 11, 5), 1, 0)
    world.nil("P10-KP2", "2020-W46")
    kept = figures(world, period_of("2020-11"), "P10").completeness
    assert (kept.expected, kept.reported, kept.nil.count, kept.missing.units) == (3 * 5, 2, 1, None)
    assert figures(world, period_of("2020-11"), "P10").to_dict()["missing_units"] is None


def test_a_neighbourhood_owes_only_the_weeks_in_which_it_exists(world: World) -> None:
    world.unit("P14-KP2", "Khu phố 2", "neighbourhood", "P14", valid_from=date(2020, 11, 16))
    assert figures(world, period_of("2020-11"), "P14").completeness.expected == 5 + 2


def test_the_text_says_which_period_and_counts_weeks(full: World) -> None:
    text = summary_text(figures(full, period_of("2020-10"), "P10"))
    assert text.startswith("Tháng 10/2020 – Phường 10")
    assert "Báo cáo tuần: đã có 4 trong 12 lượt tuần" in text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2020-W45", "tuần 45 (2/11 – 8/11/2020)"),
        ("2020-11", "tháng 11/2020"),
        ("2020-Q4", "quý IV/2020"),
        ("2020-H1", "6 tháng đầu năm 2020"),
        ("2020-H2", "6 tháng cuối năm 2020"),
        ("2020-9M", "9 tháng đầu năm 2020"),
        ("2020-10M", "10 tháng đầu năm 2020"),
        ("2020", "năm 2020"),
        ("2019-05-08..2020-12-31", "từ 8/5/2019 đến 31/12/2020"),
    ],
)
def test_periods_are_said_as_people_say_them(code: str, said: str) -> None:
    assert period_text(texts("vi"), period_of(code)) == said
