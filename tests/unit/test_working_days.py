"""Working days: the table is the library's, and days move over whole Tết holidays."""

from datetime import date, timedelta
from itertools import pairwise

import holidays
import pytest

from rules import working_days
from rules.public_holidays import PUBLIC_HOLIDAYS


def test_the_table_holds_the_librarys_holidays_on_weekdays() -> None:
    years = range(min(PUBLIC_HOLIDAYS).year, max(PUBLIC_HOLIDAYS).year + 1)
    assert {day for day in holidays.country_holidays("VN", years=years) if day.weekday() < 5} == PUBLIC_HOLIDAYS


def test_no_rest_is_longer_than_is_looked_over() -> None:
    working = [day for n in range(8000) if working_days.is_working_day(day := date(2019, 1, 1) + timedelta(days=n))]
    assert max(later - earlier for earlier, later in pairwise(working)) < working_days.LONGEST_REST


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2020-11-04", "2020-11-04", "2020-11-04"),
        ("2020-11-15", "2020-11-13", "2020-11-16"),
        ("2020-01-24", "2020-01-22", "2020-01-30"),
        ("2026-11-24", "2026-11-23", "2026-11-25"),
    ],
)
def test_a_day_moves_to_a_working_day(day: str, before: str, after: str) -> None:
    assert working_days.on_or_before(date.fromisoformat(day)).isoformat() == before
    assert working_days.on_or_after(date.fromisoformat(day)).isoformat() == after


def test_working_days_are_counted_from_the_day_after() -> None:
    assert working_days.worked_since(date(2020, 11, 4), date(2020, 11, 4)) == 0
    assert working_days.worked_since(date(2020, 11, 4), date(2020, 11, 9)) == 3
    assert working_days.worked_since(date(2020, 11, 6), date(2020, 11, 9)) == 1
