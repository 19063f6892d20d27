"""Names, days and order as people read them."""

from datetime import UTC, date, datetime

import pytest

from locales import texts
from periods.period import week_period
from reports.scope import natural
from reports.wording import moment, period_title, span


def test_codes_are_in_the_order_that_people_count_in() -> None:
    codes = ["P10-KP10", "P9-KP1", "P10-KP2", "CQ-TP", "P10", "P01", "GV"]
    assert sorted(codes, key=natural) == ["CQ-TP", "GV", "P01", "P9-KP1", "P10", "P10-KP2", "P10-KP10"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2020, 11, 2), date(2020, 11, 8), "2/11 – 8/11/2020"),
        (date(2020, 12, 28), date(2021, 1, 3), "28/12/2020 – 3/1/2021"),
    ],
)
def test_a_span_names_its_year_once_unless_there_are_two(first: date, last: date, said: str) -> None:
    assert span(first, last) == said


def test_a_week_is_named_by_its_number_without_zeros() -> None:
    assert period_title(texts("vi"), week_period("2021-W01")) == "Tuần 1 (4/1 – 10/1/2021)"


def test_a_moment_is_told_in_local_time() -> None:
    assert moment(texts("vi"), datetime(2020, 11, 8, 17, 5, tzinfo=UTC)) == "00:05 ngày 9/11/2020"
