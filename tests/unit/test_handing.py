"""How what is owed stands by its last day."""

from datetime import date, timedelta

import pytest

from rules.handing import Standing, standing

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
