"""Drafts are listed with what tells them apart, taken up and deleted one by one."""

import pytest

from handlers.reports.drafts import PAGE
from tests.conversation import Officer, Town


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def put_aside(officer: Officer, *steps: str) -> None:
    officer.says("báo cáo")
    for step in steps:
        officer.taps(step) if step[0].isupper() else officer.says(step)
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")


def test_each_draft_says_what_it_is_and_where_it_stopped(officer: Officer) -> None:
    put_aside(officer, "Buổi sinh hoạt")
    officer.town.later(minutes=1)
    put_aside(officer, "Buổi sinh hoạt", "Nói chuyện: gia đình", "hôm qua", "Người dân")
    officer.says("/menu")
    assert "Các bản nháp" in officer.labels
    for word in ("bản nháp", "bản dở", "ban nhap", "/bannhap"):
        officer.says(word)
        assert officer.labels[:2] == [
            "Nói chuyện: gia đình, chống bạo lực · 17/11 · dở ở: số người dự",
            "Báo cáo hoạt động · dở ở: hoạt động",
        ]
    officer.taps("Nói chuyện")
    officer.says("nữ 3 nam 2")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")


def test_drafts_are_deleted_one_by_one_but_not_the_open_one(officer: Officer) -> None:
    for minute in range(PAGE + 1):
        officer.town.later(minutes=minute)
        put_aside(officer, "Buổi sinh hoạt")
    officer.says("bản nháp")
    officer.taps("Xem thêm")
    assert sum("dở ở" in label for label in officer.labels) == 1
    officer.says("bản nháp")
    officer.taps("Báo cáo hoạt động")  # open again, and the newest
    officer.says("bản nháp")
    officer.taps("Xóa bớt")
    assert sum(label.startswith("Xóa: ") for label in officer.labels) == PAGE - 1
    for _ in range(PAGE):
        officer.taps("Xóa: ")
        officer.sees("Đã xóa", "Xóa bản nháp nào?")
    assert not [label for label in officer.labels if label.startswith("Xóa: ")]
    officer.taps("← Về các bản nháp")
    assert sum("dở ở" in label for label in officer.labels) == 1


def test_without_drafts_it_says_so(officer: Officer) -> None:
    officer.says("bản nháp")
    officer.sees("Không có bản nháp nào")
    officer.says("/menu")
    assert "Các bản nháp" not in officer.labels
