"""Periods: what their codes mean, and which lie before and after them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periods.period import Length, after, around, before, period_of, span_period, weeks_owed, whole_weeks
from periods.weeks import sunday_of, week_of

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
    ],
)
def test_a_code_names_its_days(code: str, first: str, last: str) -> None:
    period = period_of(code)
    assert (period.code, str(period.first), str(period.last)) == (code, first, last)


@pytest.mark.parametrize(
    "code",
    [
        *("", "abc", "2020-13", "2020-00", "2020-1", "2020-Q5", "2020-H3", "2020-W54", "9999", "²⁰²⁰"),
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
