"""Somebody with two neighbourhoods of different wards: which one a report is for is asked, or said, never guessed."""

import pytest
from sqlalchemy import select

from storage import tables as t
from tests.conversation import Officer, Town

FIVE, ONE = "Khu phố 5, Phường 10", "Khu phố 1, Phường 11"


@pytest.fixture
def officer(gv: Town) -> Officer:
    found = gv.joined("propagandist", "P10-KP05")
    found.says(f"/start {gv.invitation('propagandist', 'P11-KP01')}")
    return found


def reported_for(gv: Town) -> list[str]:
    query = select(t.unit.c.code).join_from(t.submission, t.unit).order_by(t.submission.c.id)
    return list(gv.database.read(lambda db: db.scalars(query).all()))


def test_a_new_report_asks_for_which_unit(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.sees("đơn vị nào")
    assert officer.labels == [FIVE, ONE]


def test_a_report_in_one_line_says_for_which_unit_and_goes_on_for_the_other(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo hôm qua nói chuyện gia đình người dân nữ 30 nam 15")
    officer.sees(f"Báo cáo này là của {FIVE}", "Nữ 30")
    officer.taps(f"Đổi sang {ONE}")
    officer.sees(ONE, "Ngày: 17/11/2026", "Nữ 30", "Nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")
    assert reported_for(gv) == ["P11-KP01"]
    officer.says("/menu")
    assert "Làm tiếp bản nháp" not in officer.labels


def test_a_photo_goes_on_for_the_other_unit(gv: Town, officer: Officer) -> None:
    officer.photographs()
    officer.sees(f"Báo cáo này là của {FIVE}")
    officer.taps("Đổi sang")
    officer.sees("Anh/chị muốn báo việc gì?")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        officer.taps(label)
    officer.says("5 5")
    officer.sees(ONE)
    officer.taps("Gửi báo cáo")
    officer.presses("view:1")
    officer.sees("1 hình")
    assert reported_for(gv) == ["P11-KP01"]


def test_the_review_names_the_unit_until_it_is_sent(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.taps(ONE)
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        officer.taps(label)
    officer.says("5 5")
    officer.sees(ONE, "Gửi báo cáo này nhé?")
    officer.taps("Gửi báo cáo")


def test_the_last_report_is_repeated_for_its_own_unit(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo hôm qua nói chuyện gia đình người dân nữ 30 nam 15")
    officer.taps(f"Đổi sang {ONE}")
    officer.taps("Gửi báo cáo")
    officer.says("giống lần trước")
    officer.sees(f"Báo cáo này là của {ONE}")
    officer.taps("Hôm nay")
    officer.says("3 4")
    officer.taps("Gửi báo cáo")
    assert reported_for(gv) == ["P11-KP01", "P11-KP01"]


def test_no_activity_asks_for_which_unit(gv: Town, officer: Officer) -> None:
    officer.says("không có hoạt động")
    assert officer.labels == [FIVE, ONE, "Menu"]
    officer.taps(ONE)
    officer.sees("Khu phố 1, Phường 11 không có hoạt động")
    officer.says("việc cần làm")
    officer.taps("Tuần này không có hoạt động")
    officer.sees("Khu phố 5, Phường 10 không có hoạt động")
    assert len(gv.database.read(lambda db: db.scalars(select(t.nil_word.c.unit_id)).all())) == 2


def test_who_has_one_unit_is_told_nothing_of_it(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua nói chuyện gia đình người dân nữ 30 nam 15")
    assert "Khu phố 5" not in officer.text
    assert not [label for label in officer.labels if label.startswith("Đổi sang")]
