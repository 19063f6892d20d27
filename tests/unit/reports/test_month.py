"""A month of action against the one before it, day by day."""

from datetime import UTC, datetime

import pytest

from reports.drawing.palette import THIS_YEAR
from tests.unit.reports.pictured import month
from tests.unit.reports.seen import assert_legible, boxes, drawn, opened, words

SEVENTEENTH_DAY = datetime(2020, 12, 1, 3, tzinfo=UTC)
OVER = datetime(2020, 12, 20, 3, tzinfo=UTC)


def test_only_days_that_have_come_are_drawn_and_compared_with_the_same_days() -> None:
    picture = month([10] * 31, [5] * 31, SEVENTEENTH_DAY)
    said = words(drawn(picture))
    assert said[3:7] == ["170", "lượt, năm 2020", "85", "lượt, cùng kỳ 2019"]
    assert "Sau 17 ngày: tăng 85 lượt so với năm 2019." in said
    assert len(boxes(drawn(picture), THIS_YEAR)) == 17


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        ([1] * 31, "Sau 31 ngày: giảm 124 lượt so với năm 2019."),
        ([5] * 31, "Sau 31 ngày: bằng số lượt của năm 2019."),
    ],
)
def test_fewer_and_as_many_are_said(visits: list[int], said: str) -> None:
    assert said in words(drawn(month(visits, [5] * 31, OVER)))


def test_a_first_year_stands_alone_and_says_so() -> None:
    picture = month([3] * 31, [0] * 31, OVER)
    assert "Năm 2019 chưa có báo cáo." in words(drawn(picture))
    assert picture.data["visits_before"] == []


def test_a_month_without_visits_says_so() -> None:
    assert "Chưa có lượt dự nào được báo cáo." in words(drawn(month([0] * 31, [0] * 31, OVER)))


def test_the_alternative_text_compares_both_years() -> None:
    assert month([10] * 31, [5] * 31, SEVENTEENTH_DAY).alt == (
        "Từng ngày, Quận Gò Vấp, Tháng hành động năm 2020 (15/11 – 15/12/2020): 170 lượt trong 17 ngày; "
        "cùng kỳ năm 2019: 85 lượt"
    )


@pytest.mark.parametrize(
    ("visits", "earlier", "as_of"),
    [
        ([0] * 31, [0] * 31, OVER),
        ([1, *[0] * 30], [0] * 31, datetime(2020, 11, 15, 3, tzinfo=UTC)),
        ([5] * 31, [5] * 31, OVER),
        ([5] * 31, [4] * 30 + [3], OVER),
        ([10**9] * 31, [10**9 + 1] * 31, OVER),
        ([7] * 31, [900] * 31, SEVENTEENTH_DAY),
        ([7] * 31, [5] * 31, datetime(2020, 11, 1, 3, tzinfo=UTC)),
    ],
    ids=["nothing", "one on the first day", "equal", "close", "huge", "far behind", "before it begins"],
)
def test_a_month_can_be_read_whatever_its_figures(visits: list[int], earlier: list[int], as_of: datetime) -> None:
    picture = month(visits, earlier, as_of)
    assert_legible(drawn(picture))
    assert opened(picture).width == 1080
