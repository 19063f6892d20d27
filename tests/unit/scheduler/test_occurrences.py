"""The calendar's moments, as plain dates."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from periods.days import ZONE
from plan.calendar import DaysBefore, YearDay
from plan.calendar_file import load_calendar
from scheduler.occurrences import next_occurrence, occurrences, ticks_between

RULES = load_calendar(Path(__file__).parents[3] / "plan" / "calendar.toml")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def moments(rule: str, since: str, until: str) -> list[str]:
    return [f"{o.at:%Y-%m-%d %H:%M}" for o in occurrences([RULES[rule]], at(since), at(until))]


@pytest.mark.parametrize("year", [2019, 2020, 2026])
def test_the_deadline_is_announced_at_30_14_7_3_1_and_0_days(year: int) -> None:
    expected = [f"{year}-{day} 08:00" for day in ("10-05", "10-21", "10-28", "11-01", "11-03", "11-04")]
    assert moments("before_5_november", f"{year}-01-01", f"{year + 1}-01-01") == expected


@pytest.mark.parametrize(
    ("year", "mondays"),
    [
        (2019, ["11-18", "11-25", "12-02", "12-09"]),
        (2020, ["11-16", "11-23", "11-30", "12-07", "12-14"]),
        (2021, ["11-15", "11-22", "11-29", "12-06", "12-13"]),
        (2025, ["11-17", "11-24", "12-01", "12-08", "12-15"]),
        (2026, ["11-16", "11-23", "11-30", "12-07", "12-14"]),
    ],
)
def test_every_monday_of_the_action_month_is_marked(year: int, mondays: list[str]) -> None:
    expected = [f"{year}-{day} 08:00" for day in mondays]
    assert moments("action_month_monday", f"{year}-01-01", f"{year}-12-31") == expected


@pytest.mark.parametrize("year", [2019, 2020, 2026])
def test_the_action_month_opens_and_closes_each_year(year: int) -> None:
    assert moments("action_month_opening", f"{year}-01-01", f"{year}-12-31") == [f"{year}-11-15 08:00"]
    assert moments("action_month_closing", f"{year}-01-01", f"{year}-12-31") == [f"{year}-12-15 08:00"]


def test_weekly_rules_run_across_the_year_end() -> None:
    assert moments("weekly_nudge", "2020-12-20", "2021-01-10") == [
        "2020-12-25 15:00",
        "2021-01-01 15:00",
        "2021-01-08 15:00",
    ]
    assert moments("weekly_summary", "2019-12-28", "2020-01-07") == ["2019-12-30 07:30", "2020-01-06 07:30"]


def test_a_moment_belongs_to_the_span_that_it_ends() -> None:
    assert moments("weekly_nudge", "2020-11-06 14:59:59", "2020-11-06 15:00") == ["2020-11-06 15:00"]
    assert moments("weekly_nudge", "2020-11-06 15:00", "2020-11-13 14:59") == []


def test_spans_add_up() -> None:
    days = [at("2019-12-01") + timedelta(days=n) for n in range(60)]
    parts = [o for a, b in pairwise(days) for o in occurrences(RULES.values(), a, b)]
    assert parts == occurrences(RULES.values(), days[0], days[-1])


def test_the_next_occurrence_is_the_first_of_all_rules() -> None:
    found = next_occurrence(RULES.values(), at("2020-11-06 08:00"))
    assert found is not None
    assert (found.rule.id, found.at) == ("weekly_nudge", at("2020-11-06 15:00"))
    assert next_occurrence([], at("2020-11-04")) is None


def test_a_jump_ticks_at_each_occurrence_once_and_on_arrival() -> None:
    ticks = ticks_between(RULES.values(), at("2020-11-15 09:00"), at("2020-11-17 12:00"))
    assert ticks == [at(f"2020-11-{time}") for time in ("16 07:30", "16 08:00", "17 07:30", "17 12:00")]


def test_days_before_count_leap_years_by_the_calendar() -> None:
    trigger = DaysBefore(YearDay(3, 1), (1,), at("2020-01-01 08:00").time())
    assert trigger.get_next_fire_time(None, at("2020-01-01")) == at("2020-02-29 08:00")
    assert trigger.get_next_fire_time(None, at("2021-01-01")) == at("2021-02-28 08:00")
    assert trigger.get_next_fire_time(at("2021-02-28 08:00"), at("2021-01-01")) == at("2022-02-28 08:00")


def test_a_rule_knows_its_last_day_and_period() -> None:
    assert RULES["before_5_november"].due_on(date(2020, 11, 4)) == date(2020, 11, 4)
    assert RULES["before_5_november"].due_on(date(2020, 11, 5)) == date(2021, 11, 4)
    assert RULES["action_month_closing"].period_of(date(2026, 12, 15)) == (date(2026, 11, 15), date(2026, 12, 15))
