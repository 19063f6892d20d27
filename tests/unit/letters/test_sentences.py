"""Sentences agree with number and direction, for none, one, nine, ten, equal, and nothing to compare with."""

from datetime import date

import pytest

from plan.letters.loader import SHIPPED, load_letters
from reports.figures import Completeness, Inspections, People, ProductRow, UnitsOfWeek
from reports.help import HelpRow, Services
from reports.letters import numerals
from reports.letters.sentences import (
    Compared,
    Phrases,
    Received,
    attendance,
    compared,
    doubts,
    inspections,
    products,
    reporting,
    share_of_women,
)
from reports.letters.services import helped
from rules.suppression import Hidden

PHRASE = Phrases(load_letters(SHIPPED).phrases)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1150, "1.150"), (1000000, "1.000.000")]
)
def test_numbers_have_a_zero_before_one_to_nine(value: int, written: str) -> None:
    assert numerals.count(value) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"), [(1, 2, "50"), (2, 3, "66,7"), (0, 9, "0"), (9995, 10000, "100")]
)
def test_shares_go_to_a_tenth(part: int, whole: int, written: str) -> None:
    assert numerals.percent(part, whole) == written


def test_months_1_and_2_take_a_zero() -> None:
    assert [numerals.month_in_words(date(2020, month, 1)) for month in (1, 2, 3, 11)] == ["01", "02", "3", "11"]


@pytest.mark.parametrize(
    ("events", "people", "said"),
    [
        (0, People(), ["Trong kỳ không có buổi tuyên truyền, tập huấn hoặc sự kiện nào được báo cáo."]),
        (1, People(), ["Đã tổ chức 01 buổi, chưa ghi nhận số lượt người dự."]),
        (9, People(0, 0, 9), ["Đã tổ chức 09 buổi với 09 lượt người dự, chưa phân theo giới tính."]),
        (
            10,
            People(6, 4),
            [
                "Đã tổ chức 10 buổi với 10 lượt người dự, trong đó nữ 06 lượt, nam 04 lượt.",
                "Nữ chiếm 60 % trong 10 lượt đã phân theo giới tính.",
            ],
        ),
        (
            2,
            People(713, 437, 50),
            [
                "Đã tổ chức 02 buổi với 1.200 lượt người dự, trong đó nữ 713 lượt, nam 437 lượt, "
                "chưa phân theo giới tính 50 lượt.",
                "Nữ chiếm 62 % trong 1.150 lượt đã phân theo giới tính; còn 50 lượt chưa phân.",
            ],
        ),
    ],
)
def test_attendance(events: int, people: People, said: list[str]) -> None:
    assert list(attendance(PHRASE, events, people)) == said


def test_a_share_with_many_unsorted_lies_between_two_ends() -> None:
    assert share_of_women(PHRASE, People(40, 20, 79)) == (
        "Nữ chiếm từ 28,8 % đến 85,6 % số lượt người dự, do còn 79 lượt chưa phân theo giới tính."
    )
    assert "trong 95 lượt" in share_of_women(PHRASE, People(50, 45, 5))  # 5 % exactly is not above it


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (9, 1, "So với tuần trước, số buổi tăng 08 buổi (từ 01 buổi lên 09 buổi)."),
        (1, 10, "So với tuần trước, số buổi giảm 09 buổi (từ 10 buổi xuống còn 01 buổi)."),
        (10, 10, "So với tuần trước, số buổi không đổi (10 buổi)."),
        (0, 0, "So với tuần trước, số buổi không đổi (0 buổi)."),
        (0, 1, "So với tuần trước, số buổi giảm 01 buổi (từ 01 buổi xuống còn 0 buổi)."),
    ],
)
def test_a_figure_is_more_fewer_or_the_same(now: int, before: int, said: str) -> None:
    assert list(compared(PHRASE, "tuần trước", [Compared("events", now, before)], Received())) == [said]


def test_without_anything_to_compare_with_that_is_said_once() -> None:
    pairs = [Compared("events", 9, 0), Compared("visits", 9, 0)]
    said = list(compared(PHRASE, "cùng kỳ năm trước", pairs))
    assert said == ["Chưa có số liệu của cùng kỳ năm trước để so sánh."]


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (Received((95, 100), (90, 100)), "So với tuần trước, số buổi tăng 08 buổi (từ 01 buổi lên 09 buổi)."),
        (
            Received((80, 100), (75, 100)),
            "Báo cáo tuần của các khu phố đã nhận: kỳ này 80 %, tuần trước 75 %.",
        ),
        (
            Received((80, 100), (3, 100)),
            "Chưa so sánh với tuần trước, do tuần trước mới nhận 03 trong 100 lượt báo cáo tuần.",
        ),
        (
            Received((40, 100), (95, 100)),
            "Chưa so sánh với tuần trước, do kỳ này mới nhận 40 trong 100 lượt báo cáo tuần.",
        ),
    ],
)
def test_periods_that_were_reported_about_unequally_are_not_compared(received: Received, last: str) -> None:
    said = list(compared(PHRASE, "tuần trước", [Compared("events", 9, 1)], received))
    assert said[-1] == last
    assert len(said) == 1 + last.startswith("Báo cáo tuần")


def test_what_was_made_and_given_out_stays_apart() -> None:
    rows = [ProductRow("leaflet", "given", "Tờ rơi", 1, 200), ProductRow("leaflet", "made", "Tờ rơi", 1, 2000)]
    assert list(products(PHRASE, rows)) == ["Đã in, làm ra: 2.000 tờ rơi.", "Đã phát, đăng, treo: 200 tờ rơi."]


def test_inspections_say_what_was_found() -> None:
    assert list(inspections(PHRASE, Inspections())) == []
    assert "không phát hiện vi phạm" in next(inspections(PHRASE, Inspections(12)))
    assert "phát hiện 02 vi phạm, đã xử lý 01 vi phạm" in next(inspections(PHRASE, Inspections(12, 2, 1)))


def test_only_what_happened_is_said_of_the_weeks() -> None:
    kept = Completeness(expected=186, on_time=177, missing=UnitsOfWeek(9))
    assert reporting(PHRASE, kept, "khu phố", is_week=True) == (
        "Trong 186 khu phố phải báo cáo tuần, đã nhận 177 (đạt 95,2 %), 177 đúng hạn, 09 chưa báo cáo."
    )
    assert "lượt báo cáo tuần" in reporting(PHRASE, kept, "khu phố", is_week=False)
    assert "không có tuần nào" in reporting(PHRASE, Completeness(), "khu phố", is_week=True)
    assert list(doubts(PHRASE, 0, 0)) == []
    assert [text.split()[1] for text in doubts(PHRASE, 1, 9)] == ["số", "09"]


def test_help_that_is_hidden_stays_hidden() -> None:
    def said(*cells: object) -> list[str]:
        return list(helped(PHRASE, Services(HelpRow("GV", "Quận", *cells))))  # type: ignore[arg-type]

    assert list(helped(PHRASE, None)) == []
    assert said(0) == []
    assert said(12, 9, 3, 0) == ["Đã tư vấn, hỗ trợ 12 lượt người có nhu cầu: nữ 09 lượt, nam 03 lượt."]
    assert said(Hidden.FEW) == ["Đã tư vấn, hỗ trợ dưới 5 lượt người có nhu cầu."]
    assert said(Hidden.WITHHELD, Hidden.WITHHELD, Hidden.WITHHELD, 0) == []
    assert "nam dưới 5 lượt" in said(12, Hidden.WITHHELD, Hidden.FEW, 0)[0]
