"""The calendar's moments, as plain dates."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from periods.days import ZONE
from plan.calendar import Moves
from plan.calendar_file import load_calendar
from scheduler.occurrences import next_occurrence, occurrences, ticks_between

RULES = load_calendar(Path(__file__).parents[3] / "plan" / "calendar.toml")
LAST_DAY = {year: date(year, 11, 4) for year in (2019, 2020, 2021, 2026)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def moments(rule: str, since: str, until: str) -> list[str]:
    return [f"{o.at:%Y-%m-%d %H:%M}" for o in occurrences([RULES[rule]], at(since), at(until))]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (
            2019,
            ["10-04 30", "10-21 14", "10-28 7", "11-01 3", "11-01 1", "11-04 0", "11-05 -1", "11-11 -7", "11-18 -14"],
        ),
        (
            2020,
            ["10-05 30", "10-21 14", "10-28 7", "10-30 3", "11-03 1", "11-04 0", "11-05 -1", "11-11 -7", "11-18 -14"],
        ),
        (
            2026,
            ["10-05 30", "10-21 14", "10-28 7", "10-30 3", "11-03 1", "11-04 0", "11-05 -1", "11-11 -7", "11-18 -14"],
        ),
    ],
)
def test_a_deadline_is_spoken_of_on_working_days_the_earlier_one_before_it_the_later_one_after(
    year: int, days: list[str]
) -> None:
    rule, said = RULES["deadlines"], []
    for occurrence in occurrences([rule], at(f"{year}-09-20"), at(f"{year}-12-31")):
        day = occurrence.at.date()
        of_that_day = sorted(
            (left for last, left in rule.due_days(day).items() if last == LAST_DAY[year]), reverse=True
        )
        said += [f"{day:%m-%d} {left}" for left in of_that_day]
    assert {*days} - {*said} <= {"11-01 3"}  # two reasons on one day are one: the nearer of them counts
    assert {*said} <= {*days}


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
    expected = [f"{year}-{day} 07:30" for day in mondays]
    assert moments("action_month_monday", f"{year}-01-01", f"{year}-12-31") == expected


@pytest.mark.parametrize(
    ("year", "opens", "closes"),
    [(2019, "11-15 08:00", "12-16 07:30"), (2020, "11-16 07:30", "12-15 08:00"), (2026, "11-16 07:30", "12-15 08:00")],
)
def test_the_action_month_opens_and_closes_each_year_on_a_working_day(year: int, opens: str, closes: str) -> None:
    assert moments("action_month_opening", f"{year}-01-01", f"{year}-12-31") == [f"{year}-{opens}"]
    assert moments("action_month_closing", f"{year}-01-01", f"{year}-12-31") == [f"{year}-{closes}"]


def test_weekly_rules_run_across_the_year_end_and_round_its_holiday() -> None:
    assert moments("weekly_nudge", "2020-12-20", "2021-01-10") == [
        "2020-12-25 15:00",
        "2020-12-31 15:00",
        "2021-01-08 15:00",
    ]
    assert moments("weekly_summary", "2019-12-28", "2020-01-07") == ["2019-12-30 07:30", "2020-01-06 07:30"]


def test_before_tet_the_nudge_comes_early_and_after_it_the_summary_late() -> None:
    """In 2021 people were off from Wednesday 10 to Tuesday 16 February."""
    nudges = occurrences([RULES["weekly_nudge"]], at("2021-02-01"), at("2021-02-28"))
    assert [(f"{o.at:%m-%d %H:%M}", f"{o.about:%m-%d}") for o in nudges] == [
        ("02-05 15:00", "02-01"),
        ("02-09 15:00", "02-08"),
        ("02-19 15:00", "02-15"),
        ("02-26 15:00", "02-22"),
    ]
    summaries = occurrences([RULES["weekly_summary"]], at("2021-02-09"), at("2021-02-23"))
    assert [(f"{o.at:%m-%d %H:%M}", f"{o.about:%m-%d}") for o in summaries] == [
        ("02-17 08:00", "02-15"),
        ("02-22 07:30", "02-22"),
    ]


def test_nobody_is_asked_about_a_week_that_has_not_begun() -> None:
    """A nudge of Monday moved out of its week by Tết would speak of the week after."""
    rule = replace(RULES["weekly_nudge"], weekday=0)
    assert [o.about for o in occurrences([rule], at("2021-02-08"), at("2021-02-20"))] == [date(2021, 2, 8)]
    assert len(occurrences([replace(rule, moves=Moves.AFTER)], at("2021-02-01"), at("2021-02-20"))) == 3


def test_what_an_occurrence_is_about_stays_when_its_day_is_moved() -> None:
    """So an edit of the calendar says nothing again."""
    for rule, change in (("weekly_nudge", {"weekday": 3}), ("weekly_nudge", {"afternoon": False})):
        before = occurrences([RULES[rule]], at("2020-11-02"), at("2020-11-09"))
        after = occurrences([replace(RULES[rule], **change)], at("2020-11-02"), at("2020-11-09"))
        assert [o.about for o in before] == [o.about for o in after]
        assert [o.at for o in before] != [o.at for o in after]


def test_what_is_late_is_told_above_on_five_working_days_and_then_on_mondays() -> None:
    rule = replace(RULES["deadlines"], late_days=5, late_weekday=0)
    days = [date(2020, 11, 4) + timedelta(days=n) for n in range(1, 27)]
    told = [day for day in days if (since := rule.late_since(day)) and since <= date(2020, 11, 4)]
    working = [o.at.date() for o in occurrences([rule], at("2020-11-05"), at("2020-12-01"))]
    assert [f"{day:%d}" for day in told if day in working] == ["05", "06", "09", "10", "11", "16", "23", "30"]


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
    yearly = next_occurrence([RULES["action_month_opening"]], at("2020-11-17"))
    assert yearly is not None
    assert yearly.at == at("2021-11-15 07:30")
    assert next_occurrence([], at("2020-11-04")) is None


def test_a_jump_ticks_at_each_occurrence_once_and_on_arrival() -> None:
    ticks = ticks_between(RULES.values(), at("2020-11-13 09:00"), at("2020-11-17 12:00"))
    assert ticks == [at(f"2020-11-{time}") for time in ("13 15:00", "16 07:30", "17 08:00", "17 12:00")]


def test_a_rule_knows_its_period() -> None:
    assert RULES["action_month_closing"].period_of(date(2026, 1, 1)) == (date(2026, 11, 15), date(2026, 12, 15))
