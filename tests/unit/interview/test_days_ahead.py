"""A question for a day that is still to come reads a day without a year as the next such day."""

from datetime import UTC, datetime

import pytest

from interview import advance, load_form, start
from interview.steps import Typed

FORM = load_form(
    """
| survey |
| | type | name | label | required | appearance |
| | date | day | Ngày nào? | yes | ahead |
| | text | more | Gì nữa? | yes | |
""",
    form_id="ahead",
)
NOW = datetime(2026, 11, 18, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("25/11", "2026-11-25"),
        ("18/11", "2026-11-18"),
        ("17/11", "2027-11-17"),
        ("5/1", "2027-01-05"),
        ("ngày 3 tháng 2", "2027-02-03"),
        ("hôm nay", "2026-11-18"),
        ("hôm qua", "2026-11-17"),
        ("25/11/2025", "2025-11-25"),
        ("25/11/2027", "2027-11-25"),
    ],
)
def test_a_day_without_a_year_is_the_next_one(said: str, day: str) -> None:
    asked = start(FORM, {}, NOW, language="default")
    taken = advance(FORM, asked.interview, Typed(said), NOW)
    assert day in taken.interview.answers.values()
