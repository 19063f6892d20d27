"""How what is owed stands by its last day."""

from datetime import date, timedelta

import pytest

from rules.handing import Completeness, Standing, completeness, standing

DUE = date(2020, 10, 31)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("done_on", "today", "found"),
    [
        (None, BEFORE, Standing.OPEN),
        (None, DUE, Standing.OPEN),
        (None, AFTER, Standing.OVERDUE),
        (BEFORE, AFTER, Standing.DONE),
        (DUE, AFTER, Standing.DONE),
        (AFTER, AFTER, Standing.LATE),
    ],
)
def test_the_last_day_itself_is_still_in_time(done_on: date | None, today: date, found: Standing) -> None:
    assert standing(DUE, done_on, today) is found


def test_rates_are_of_what_was_expected_in_whole_per_cent() -> None:
    all_came = Completeness(expected=3, on_time=2, late=1)
    assert (all_came.complete_percent, all_came.timely_percent, all_came.missing) == (100, 66, 0)
    assert (Completeness().complete_percent, Completeness().timely_percent) == (None, None)
    one_missing = Completeness(expected=1000, on_time=999)
    assert (one_missing.complete_percent, one_missing.missing) == (99, 1)


def test_what_is_not_due_yet_is_not_expected_yet() -> None:
    days = [(DUE, BEFORE), (DUE, AFTER), (DUE, None), (AFTER + timedelta(days=1), None)]
    assert completeness(days, AFTER) == Completeness(expected=3, on_time=1, late=1)
