"""Periods: what their codes mean, and which lie before and after them."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periods.cuts import ActionMonth, Cuts, Names, YearSpan
from periods.neighbours import at_cutoffs, narrower, on_calendar, since_january, wider, year_earlier
from periods.period import (
    Length,
    after,
    around,
    before,
    period_of,
    span_period,
    weeks_owed,
    whole_weeks,
    written_down,
)
from periods.weeks import sunday_of, week_of
from periods.written import from_json, to_json
from tests.cuts import shipped_cuts

CUTS = shipped_cuts()

DAYS = st.dates(date(1900, 1, 1), date(2900, 1, 1))
CALENDAR = [Length.WEEK, Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR]


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2020-W45", "2020-11-02", "2020-11-08"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2020-9M", "2020-01-01", "2020-09-30"),
        ("2020-10M", "2020-01-01", "2020-10-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2019-05-08..2020-12-31", "2019-05-08", "2020-12-31"),
        ("2020-11@chot", "2020-10-15", "2020-11-14"),
        ("2020-01@chot", "2019-12-15", "2020-01-14"),
        ("2020-Q1@chot", "2019-12-15", "2020-03-14"),
        ("2020-Q4@chot", "2020-09-15", "2020-12-14"),
        ("2020-H1@chot", "2019-12-15", "2020-06-14"),
        ("2020-H2@chot", "2020-06-15", "2020-12-14"),
        ("2020-9M@chot", "2019-12-15", "2020-09-14"),
        ("2020@chot", "2019-12-15", "2020-12-14"),
        ("2020-AM", "2020-11-15", "2020-12-15"),
        ("2020-KQ", "2020-01-01", "2020-10-31"),
    ],
)
def test_a_code_names_its_days(code: str, first: str, last: str) -> None:
    period = period_of(code, CUTS)
    assert (period.code, str(period.first), str(period.last)) == (code, first, last)
    kept = written_down(period.code, period.first, period.last)
    assert (kept, kept.length, kept.year, kept.number) == (period, period.length, period.year, period.number)
    read = from_json(json.loads(json.dumps(to_json(period))))
    assert (read, read.names) == (period, period.names)


@pytest.mark.parametrize(
    "code",
    [
        *("", "abc", "2020-13", "2020-00", "2020-1", "2020-Q5", "2020-H3", "2020-W54", "9999", "²⁰²⁰"),
        *("2020-11@chot", "2020-AM", "2020-KQ", "2020-W45@chot", "2020-11-01..2020-11-02@chot", "2020-11@"),
        *("2020-11-31..2020-12-01", "2020-12-02..2020-12-01", "1000-01-01..2999-12-31"),
    ],
)
def test_what_names_no_days_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(ValueError, match=r"is no period like 2020-W45, 2020-11"):
        period_of(code)


@given(st.sampled_from(CALENDAR), DAYS)
def test_the_calendar_has_no_gaps_and_no_overlaps(length: Length, day: date) -> None:
    period = around(length, day)
    assert day in period
    assert period_of(period.code) == period
    assert after(period).first - period.last == timedelta(days=1)
    assert before(after(period)) == after(before(period)) == period


@given(DAYS, st.integers(0, 400))
def test_a_span_is_followed_by_one_as_long(first: date, days: int) -> None:
    span = span_period(first, first + timedelta(days=days))
    assert before(after(span)) == after(before(span)) == span
    assert after(span).last - after(span).first == span.last - span.first


@pytest.mark.parametrize(("code", "earlier", "later"), [("2020-9M", "2019-9M", "2021-9M"), ("2020", "2019", "2021")])
def test_what_begins_in_january_has_its_neighbours_a_year_away(code: str, earlier: str, later: str) -> None:
    assert (before(period_of(code)).code, after(period_of(code)).code) == (earlier, later)


@given(DAYS, st.integers(0, 100))
def test_each_week_is_owed_in_the_period_of_its_sunday(first: date, days: int) -> None:
    period = span_period(first, first + timedelta(days=days))
    sundays = {day for day in (first + timedelta(days=n) for n in range(days + 1)) if day.weekday() == 6}
    assert weeks_owed(period) == sorted(map(week_of, sundays))


@given(DAYS, st.integers(0, 100))
def test_whole_weeks_are_those_of_which_every_day_lies_inside(first: date, days: int) -> None:
    period = span_period(first, first + timedelta(days=days))
    inside = [week for week in weeks_owed(period) if sunday_of(week) - timedelta(days=6) >= first]
    assert whole_weeks(period) == ((inside[0], inside[-1]) if inside else None)


@pytest.mark.parametrize("code", ["2020-10M@chot", "2020-AM@chot", "2020-KQ@chot", "2015-AM"])
def test_what_the_rules_do_not_know_is_no_period(code: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        period_of(code, CUTS)


def test_an_action_month_has_the_name_of_its_year_and_may_end_in_the_next() -> None:
    winter = ActionMonth(2020, YearSpan((12, 15), (1, 15)), Names("Tháng", "Month"))
    cuts = Cuts(action_months=(winter, ActionMonth(2022, YearSpan((3, 1), (3, 31)), Names("Mới", "New"))))
    months = [period_of(f"{year}-AM", cuts) for year in (2020, 2021, 2022)]
    assert [(str(month.first), str(month.last)) for month in months] == [
        ("2020-12-15", "2021-01-15"),
        ("2021-12-15", "2022-01-15"),
        ("2022-03-01", "2022-03-31"),
    ]
    assert [month.names and month.names.of("vi") for month in months] == ["Tháng", "Tháng", "Mới"]
    assert [month.year for month in months] == [2020, 2021, 2022]
    assert after(months[1]) == months[2]


@pytest.mark.parametrize(
    ("code", "earlier", "later", "a_year_earlier"),
    [
        ("2020-W53", "2020-W52", "2021-W01", "2019-W52"),
        ("2020-01", "2019-12", "2020-02", "2019-01"),
        ("2020-Q4", "2020-Q3", "2021-Q1", "2019-Q4"),
        ("2020-01@chot", "2019-12@chot", "2020-02@chot", "2019-01@chot"),
        ("2020-H1@chot", "2019-H2@chot", "2020-H2@chot", "2019-H1@chot"),
        ("2020@chot", "2019@chot", "2021@chot", "2019@chot"),
        ("2020-AM", "2019-AM", "2021-AM", "2019-AM"),
        ("2020-KQ", "2019-KQ", "2021-KQ", "2019-KQ"),
        (
            *("2020-02-01..2020-02-29", "2020-01-03..2020-01-31"),
            *("2020-03-01..2020-03-29", "2019-02-01..2019-02-28"),
        ),
    ],
)
def test_beside_a_period_stand_those_before_and_after_it_and_that_of_a_year_earlier(
    code: str, earlier: str, later: str, a_year_earlier: str
) -> None:
    period = period_of(code, CUTS)
    found = (before(period), after(period), year_earlier(period))
    assert found == tuple(period_of(each, CUTS) for each in (earlier, later, a_year_earlier))


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("2020-W44", "2020-11"),  # its Sunday is 1 November
        ("2020-11", "2020-Q4"),
        ("2020-Q3", "2020-H2"),
        ("2020-H2", "2020"),
        ("2020-9M", "2020"),
        ("2020-AM", "2020"),
        ("2020-KQ", "2020"),
        ("2020-01@chot", "2020-Q1@chot"),
        ("2020-H2@chot", "2020@chot"),
        ("2020-10-01..2020-10-15", "2020"),
        ("2020", None),
        ("2020@chot", None),
        ("2019-05-08..2020-12-31", None),
    ],
)
def test_a_period_lies_in_a_wider_one(code: str, above: str | None) -> None:
    assert wider(period_of(code, CUTS)) == (above and period_of(above, CUTS))


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("2020-W45", []),
        ("2020-11", ["2020-W44", "2020-W45", "2020-W46", "2020-W47", "2020-W48"]),
        ("2020-Q4", ["2020-10", "2020-11", "2020-12"]),
        ("2020", ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]),
        ("2020-9M", ["2020-Q1", "2020-Q2", "2020-Q3"]),
        ("2020-KQ", [f"2020-{month:02}" for month in range(1, 11)]),
        ("2020-AM", ["2020-W46", "2020-W47", "2020-W48", "2020-W49", "2020-W50"]),
        ("2020-Q1@chot", ["2020-01@chot", "2020-02@chot", "2020-03@chot"]),
        ("2020-11@chot", ["2020-W42", "2020-W43", "2020-W44", "2020-W45"]),
        ("2020-10-01..2020-10-15", ["2020-W40", "2020-W41"]),
        ("2019-05-08..2020-02-15", [f"2019-{month:02}" for month in range(5, 13)] + ["2020-01"]),
        ("2018-05-08..2020-12-31", ["2018", "2019", "2020"]),
    ],
)
def test_a_period_has_narrower_ones(code: str, parts: list[str]) -> None:
    assert [part.code for part in narrower(period_of(code, CUTS))] == parts


@pytest.mark.parametrize(
    ("code", "so_far"),
    [
        ("2020-01", "2020-01"),
        ("2020-03", "2020-Q1"),
        ("2020-06", "2020-H1"),
        ("2020-Q3", "2020-9M"),
        ("2020-10", "2020-10M"),
        ("2020-11", "2020-01-01..2020-11-30"),
        ("2020", "2020"),
        ("2020-W53", "2021-01-01..2021-01-03"),
        ("2020-AM", "2020-01-01..2020-12-15"),
        ("2020-06@chot", "2020-H1@chot"),
        ("2020-11@chot", "2019-12-15..2020-11-14"),
    ],
)
def test_the_year_so_far_ends_with_the_period(code: str, so_far: str) -> None:
    assert since_january(period_of(code, CUTS)) == period_of(so_far, CUTS)


@pytest.mark.parametrize("code", ["2020-11", "2020-Q4", "2020-H1", "2020-9M", "2020"])
def test_a_period_can_be_cut_off_and_back(code: str) -> None:
    cut_off = at_cutoffs(period_of(code), CUTS)
    assert cut_off == period_of(f"{code}@chot", CUTS)
    assert on_calendar(cut_off) == period_of(code)


def test_a_week_and_a_span_are_never_cut_off() -> None:
    for code in ("2020-W45", "2020-10M", "2020-AM", "2020-10-01..2020-10-15"):
        assert at_cutoffs(period_of(code, CUTS), CUTS) is None
        assert on_calendar(period_of(code, CUTS)) == period_of(code, CUTS)
