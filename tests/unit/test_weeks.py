"""Weeks and days as Gò Vấp counts them: ISO weeks, also where years end."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periods.days import local_day
from periods.weeks import monday_of, shift, sunday_of, week_of

DAYS = st.dates(date(1000, 1, 10), date(2999, 12, 20))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2020-11-04", "2020-W45"),
        ("2020-11-08", "2020-W45"),
        ("2020-11-09", "2020-W46"),
        ("2019-12-29", "2019-W52"),
        ("2019-12-30", "2020-W01"),
        ("2020-12-27", "2020-W52"),
        ("2020-12-28", "2020-W53"),
        ("2020-12-31", "2020-W53"),
        ("2021-01-01", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2026-01-01", "2026-W01"),
        ("2027-01-03", "2026-W53"),
    ],
)
def test_a_day_lies_in_its_iso_week(day: str, week: str) -> None:
    assert week_of(date.fromisoformat(day)) == week


@given(DAYS)
def test_a_week_begins_on_its_monday_and_ends_on_its_sunday(day: date) -> None:
    week = week_of(day)
    first, last = monday_of(week), sunday_of(week)
    assert first <= day <= last
    assert (first.weekday(), last - first) == (0, timedelta(days=6))
    assert week_of(first) == week_of(last) == week


@given(DAYS.filter(lambda day: 1010 < day.year < 2990), st.integers(-500, 500))
def test_weeks_are_counted_through_any_year(day: date, by: int) -> None:
    week = week_of(day)
    assert shift(week, by) == week_of(day + timedelta(weeks=by))
    assert shift(shift(week, by), -by) == week


@pytest.mark.parametrize(
    ("week", "by", "found"),
    [
        ("2020-W53", 1, "2021-W01"),
        ("2021-W01", -1, "2020-W53"),
        ("2019-W52", 1, "2020-W01"),
        ("2026-W47", 0, "2026-W47"),
    ],
)
def test_the_week_after_the_last_is_the_first(week: str, by: int, found: str) -> None:
    assert shift(week, by) == found


@pytest.mark.parametrize("typed", ["2020-W45", "2020W45", " 2020-w45 ", "2020-W45\n"])
def test_a_week_is_read_as_people_type_it(typed: str) -> None:
    assert monday_of(typed) == date(2020, 11, 2)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "45", "2020-45", "20-W01", "2020-W", "2020-W-1", "x2020-W45", "²020-W45", "2020-W453", "2020-W٤٥"),
        *("2020-W00", "2020-W54", "2021-W53", "0000-W01", "0001-W01", "9999-W52", f"2020-W{'1' * 5_000}"),
    ],
)
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="week"):
        monday_of(typed)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-18T16:59:59+00:00", "2026-11-18"),
        ("2026-11-18T17:00:00+00:00", "2026-11-19"),
        ("2026-11-18T00:00:00+07:00", "2026-11-18"),
        ("2026-11-17T23:59:59+07:00", "2026-11-17"),
    ],
)
def test_the_day_is_that_of_the_place_not_of_the_machine(moment: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment)) == date.fromisoformat(day)
