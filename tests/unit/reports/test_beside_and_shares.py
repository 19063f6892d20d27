"""Differences in words and signs, shares by sex, and what was received."""

from dataclasses import replace

import pytest

from locales import texts
from periods.period import Period, period_of
from reports.beside import Beside
from reports.breakdown_texts import PAGE, by_sex_lines, product_text, received_text, row_text
from reports.compared_texts import compared_text
from reports.figures import Completeness, FigureRow, People, ProductRow, UnitsOfWeek
from reports.series import Point
from reports.shares import Share, share_of_women, share_text
from tests.unit.reports.samples import row, summary

SAY = texts("vi")
WHOLE = Completeness(expected=10, missing=UnitsOfWeek(1, None))
HALF = Completeness(expected=10, missing=UnitsOfWeek(5, None))


def point(code: str, reports: int, visits: int, kept: Completeness = WHOLE) -> Point:
    period: Period = period_of(code)
    return Point(period, reports, People(visits), People(), 0, kept)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((60, 900), (48, 1000), "nhiều hơn 12 hoạt động (+25 %); ít hơn 100 lượt người (−10 %)."),
        ((48, 1000), (48, 1000), "không đổi (48 hoạt động); không đổi (1.000 lượt người)."),
        ((3, 40), (2, 0), "nhiều hơn 1 hoạt động (+50 %); nhiều hơn 40 lượt người."),
        ((0, 0), (2, 7), "ít hơn 2 hoạt động (−100 %); ít hơn 7 lượt người (−100 %)."),
    ],
)
def test_a_difference_has_words_a_sign_and_no_per_cent_of_nothing(
    now: tuple[int, int], then: tuple[int, int], said: str
) -> None:
    beside = Beside(point("2020-11", *now), point("2020-10", *then), None)
    assert compared_text(SAY, beside) == f"So với tháng 10/2020: {said}"


def test_both_neighbours_stand_below_each_other() -> None:
    beside = Beside(point("2020-11", 2, 20), point("2020-10", 1, 10), point("2019-11", 4, 10))
    first, second = compared_text(SAY, beside).splitlines()
    assert first.startswith("So với tháng 10/2020: ")
    assert second == "So với tháng 11/2019: ít hơn 2 hoạt động (−50 %); nhiều hơn 10 lượt người (+100 %)."


def test_what_is_incomplete_is_not_compared_and_that_is_said() -> None:
    then = Beside(point("2020-11", 2, 20), point("2020-10", 1, 10, HALF), None)
    assert compared_text(SAY, then) == "Chưa so với tháng 10/2020: tháng 10/2020 mới nhận 5/10 báo cáo tuần."
    now = Beside(point("2020-11", 2, 20, HALF), point("2020-10", 1, 10), None)
    assert compared_text(SAY, now) == "Chưa so với tháng 10/2020: tháng 11/2020 mới nhận 5/10 báo cáo tuần."


def kept(received: int) -> Completeness:
    return Completeness(expected=100, missing=UnitsOfWeek(100 - received))


def test_periods_of_which_about_as_much_was_received_are_compared_and_how_much_is_said() -> None:
    beside = Beside(point("2020-11", 2, 20, kept(80)), point("2020-10", 1, 10, kept(76)), None)
    assert compared_text(SAY, beside) == (
        "So với tháng 10/2020: nhiều hơn 1 hoạt động (+100 %); nhiều hơn 10 lượt người (+100 %). "
        "Báo cáo tuần đã nhận: 80 %, kỳ đó 76 %."
    )
    apart = Beside(point("2020-11", 2, 20, kept(80)), point("2020-10", 1, 10, kept(69)), None)
    assert compared_text(SAY, apart) == "Chưa so với tháng 10/2020: tháng 10/2020 mới nhận 69/100 báo cáo tuần."


def test_the_same_period_stands_once_though_it_is_the_one_before_and_that_of_a_year_earlier() -> None:
    year = point("2019-9M", 1, 10)
    assert len(compared_text(SAY, Beside(point("2020-9M", 2, 20), year, year)).splitlines()) == 1


def test_a_period_without_reports_is_not_named() -> None:
    assert compared_text(SAY, Beside(point("2020-11", 2, 20), None, None)) == ""


@pytest.mark.parametrize(
    ("people", "share"),
    [
        (People(62, 38), Share(62, 62)),
        (People(713, 437, 60), Share(62, 62)),
        (People(60, 40, 5), Share(60, 60)),
        (People(60, 40, 6), Share(56, 63)),
        (People(0, 0, 50), Share(0, 100)),
        (People(), None),
    ],
)
def test_a_share_is_of_those_whose_sex_is_known_and_an_interval_above_five_per_cent(
    people: People, share: Share | None
) -> None:
    assert share_of_women(people) == share


def test_a_share_says_what_it_is_of() -> None:
    assert share_text(SAY, People(713, 437, 60)) == (
        "Nữ chiếm 62 % trong 1.150 lượt đã phân theo giới tính; còn 60 lượt chưa phân."
    )
    assert share_text(SAY, People(60, 40, 10)) == (
        "Nữ chiếm từ 54 % đến 64 %, vì còn 10/110 lượt chưa phân theo giới tính."
    )
    assert share_text(SAY, People()) == ""


def test_units_with_too_many_unsorted_are_left_out_of_the_ranking_and_that_is_said() -> None:
    some = replace(row("P10-KP3", "Khu phố 3", 1), people=People(5, 5, 5))
    figures = summary(row("P10-KP1", "Khu phố 1", 1, 10, 30), row("P10-KP2", "Khu phố 2", 1, 30, 10), some)
    assert by_sex_lines(SAY, figures)[2:] == [
        "Chưa xếp hạng, vì còn trên 5 % lượt chưa phân nam nữ: Khu phố 3",
        "Tỷ lệ nữ của từng đơn vị:",
        "• Khu phố 2: 75 %",
        "• Khu phố 1: 25 %",
    ]


def test_what_was_received_and_what_was_not() -> None:
    kept = Completeness(
        expected=186,
        on_time=150,
        late=1,
        missing=UnitsOfWeek(26, None),
        mending=UnitsOfWeek(2, None),
        nil=UnitsOfWeek(20, None),
        free=("2020-W05",),
    )
    assert received_text(SAY, kept) == (
        "Đã nhận: 160/186 báo cáo tuần (86 %)\nĐúng hạn: 150/186 (81 %)\nChưa báo cáo: 26\nĐang bổ sung: 2\n"
        "Báo không có hoạt động: 20\nBổ sung sau hạn: 1\nTuần nghỉ: 5"
    )


def test_what_was_made_and_what_was_given_out_are_never_one_sum() -> None:
    rows = [ProductRow("leaflet", mode, "Tờ rơi", 1, count) for mode, count in (("given", 200), ("made", 2000))]
    assert product_text(SAY, rows) == "• Tờ rơi: in, làm 2.000, phát 200"


def test_a_page_of_the_longest_lines_fits_one_message() -> None:
    name = "Ủy ban Mặt trận Tổ quốc Việt Nam quận Gò Vấp, Thành phố Hồ Chí Minh, Việt Nam"
    longest = FigureRow("X", name, name, 10**6, People(10**9, 10**9, 10**9))
    assert len("\n".join([row_text(SAY, longest)] * PAGE)) < 1_750
