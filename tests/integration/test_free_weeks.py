"""Weeks that the secretariat declares free: by a tap or in words, in a list with pages, and taken back."""

import pytest

from storage.records import free_weeks
from tests.conversation import Officer, Town


@pytest.fixture
def secretary(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


def free(gv: Town) -> list[tuple[str, str]]:
    listed = gv.database.read(lambda db: free_weeks.listed(db, offset=0, limit=99))
    return [(one.week, one.reason) for one in listed]


def test_a_week_is_declared_free_by_a_tap_and_owed_again(gv: Town, secretary: Officer) -> None:
    secretary.says("/tuannghi")
    secretary.sees("Chưa có tuần nghỉ nào.")
    secretary.taps("Thêm tuần nghỉ")
    secretary.taps("Tuần 48 (23/11 – 29/11/2026)")
    secretary.sees("Đã ghi tuần nghỉ: tuần 48 (23/11 – 29/11/2026)")
    assert free(gv) == [("2026-W48", "")]
    secretary.taps("Rút lại")
    secretary.sees("Tuần 48 (23/11 – 29/11/2026) không còn là tuần nghỉ")
    assert free(gv) == []


@pytest.mark.parametrize(
    ("words", "declared"),
    [
        ("tuần nghỉ tuần 6 Tết Nguyên đán", ("2027-W06", "Tết Nguyên đán")),
        ("tuần nghỉ 6 Tết Nguyên đán", ("2027-W06", "Tết Nguyên đán")),
        ("/tuannghi 48", ("2026-W48", "")),
        ("/tuannghi tuần sau", ("2026-W48", "")),
        ("tuần nghỉ tuần này: bão", ("2026-W47", "bão")),
        ("tuần nghỉ 2026-W40 mưa lũ", ("2026-W40", "mưa lũ")),
    ],
)
def test_a_week_is_declared_free_in_words(gv: Town, secretary: Officer, words: str, declared: tuple[str, str]) -> None:
    secretary.says(words)
    secretary.sees("Đã ghi tuần nghỉ")
    assert free(gv) == [declared]
    secretary.says("tuần nghỉ")
    secretary.sees("Các tuần nghỉ, không nơi nào phải báo cáo:", declared[1])


def test_words_that_name_no_week_say_what_can_be_written(gv: Town, secretary: Officer) -> None:
    secretary.says("tuần nghỉ lâu quá")
    secretary.sees("Tôi chưa rõ là tuần nào")
    assert free(gv) == []


def test_a_long_list_has_pages(secretary: Officer) -> None:
    for week in range(30, 42):
        secretary.says(f"tuần nghỉ 2026-W{week}")
    secretary.says("tuần nghỉ")
    assert len([label for label in secretary.labels if label.startswith("Bỏ tuần nghỉ")]) == 8
    secretary.taps("Xem thêm")
    assert secretary.labels[:4] == [f"Bỏ tuần nghỉ {week}/2026" for week in (33, 32, 31, 30)]


def test_nobody_is_expected_in_a_free_week_and_figures_say_so(gv: Town, secretary: Officer) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    secretary.says("tuần nghỉ tuần này Tết")
    for one in (officer, chair, secretary):
        one.says("tóm tắt")
        one.sees("Tuần nghỉ: không nơi nào phải báo cáo.")
    officer.says("/menu")
    assert "Tuần này không có hoạt động" not in officer.labels
    officer.reports()
    chair.says("tóm tắt")
    chair.sees("1 buổi, 45 lượt", "Tuần nghỉ")


def test_nobody_else_declares_weeks_free(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("tuần nghỉ tuần này")
    chair.sees("chưa mở cho anh/chị")
    assert free(gv) == []


def test_in_a_closed_period_nothing_is_declared(gv: Town, secretary: Officer) -> None:
    secretary.says("/chotso tháng 10")
    secretary.says("tuần nghỉ 2026-W43")
    secretary.sees("Tháng 10/2026 đã chốt số liệu, nên tuần nghỉ trong kỳ giữ nguyên")
    assert free(gv) == []
