""" "No activity" as people say it: by a tap or in words, of this week and of earlier ones, early, and taken back."""

import pytest
from sqlalchemy import select

from storage import tables as t
from tests.conversation import Officer, Town

FIVE = "Khu phố 5, Phường 10"


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def said(gv: Town) -> list[tuple[str, bool]]:
    """The weeks that were spoken of, and whether nothing took place or that was taken back."""
    row = t.nil_word.c
    query = select(row.week, row.given).order_by(row.at, row.revision)
    return gv.database.read(lambda db: [(week, given) for week, given in db.execute(query)])


def test_what_is_said_before_thursday_is_noted_and_asked_again(gv: Town, officer: Officer) -> None:
    officer.says("không có hoạt động")
    officer.sees(f"Đã ghi nhận: {FIVE} không có hoạt động trong tuần 47", "thứ Sáu tôi sẽ hỏi lại")
    officer.says("không có hoạt động")
    officer.sees("Đã ghi từ trước")
    gv.later(days=1)
    officer.says("không có hoạt động")
    officer.sees("Cảm ơn anh/chị đã báo")
    assert "hỏi lại" not in officer.text


def test_a_report_that_stands_is_shown_instead(gv: Town, officer: Officer) -> None:
    officer.reports()
    officer.says("không có hoạt động")
    officer.sees(f"{FIVE} đã có báo cáo trong tuần 47", "45 lượt người: 30 nữ, 15 nam")
    assert {"Sửa", "Rút lại"} <= set(officer.labels)
    assert said(gv) == []


def test_it_is_taken_back_by_a_button_and_given_again(gv: Town, officer: Officer) -> None:
    officer.says("không có hoạt động")
    old = officer.choice("Rút lại").id
    officer.taps("Rút lại")
    officer.sees("Đã rút lại")
    officer.taps("Vẫn là không có hoạt động")
    officer.presses(old)
    officer.sees("Nút đó thuộc tin nhắn cũ")
    assert said(gv) == [("2026-W47", True), ("2026-W47", False), ("2026-W47", True)]


@pytest.mark.parametrize("words", ["rút lại không có hoạt động", "Tuần này có hoạt động"])
def test_it_is_taken_back_in_words(gv: Town, officer: Officer, words: str) -> None:
    officer.says(words)
    officer.sees("không có gì được ghi")
    officer.says("không có hoạt động")
    officer.says(words)
    officer.sees(f"Đã rút lại: {FIVE}")
    assert said(gv)[-1] == ("2026-W47", False)


@pytest.mark.parametrize(
    "words",
    [
        "tuần trước không có hoạt động",
        "Dạ tuần trước khu phố 5 không có hoạt động ạ",
        "tuan roi khong co hoat dong gi",
        "tuần 46 không tổ chức hoạt động nào",
        "báo cáo tuần trước không có hoạt động",
        "/khong tuần trước",
        "tuan trc khong co hd",
        "tuần vừa rồi không có gì để báo cáo ạ",
        "tuần rồi kp em k có hđ gì hết",
        "tuần trước không có hoạt động vì mưa lớn",
        "tuần trước em bận không làm gì",
        "tuần trước kp5 nghỉ",
    ],
)
def test_it_is_said_of_last_week_in_so_many_words(gv: Town, officer: Officer, words: str) -> None:
    officer.says(words)
    officer.sees(f"{FIVE} không có hoạt động trong tuần 46 (9/11 – 15/11/2026), đúng không ạ?")
    assert said(gv) == []
    officer.says("có")
    officer.sees("Đã ghi nhận")
    assert said(gv) == [("2026-W46", True)]


def test_whoever_only_says_that_they_were_busy_is_asked(gv: Town, officer: Officer) -> None:
    officer.says("tuần này nghỉ")
    officer.sees("đúng không ạ?")
    assert said(gv) == []
    officer.says("kp em tuần này k có hđ gì")
    assert said(gv) == [("2026-W47", True)]


def test_words_about_something_else_are_not_taken_for_it(gv: Town, officer: Officer) -> None:
    for words in (
        "tuần trước phường 11 không có hoạt động",
        "tuần trước có hoạt động nhưng không có hình",
        "tuần trước hẻm có hoạt động",
    ):
        officer.says(words)
        assert "đúng không ạ" not in officer.text
    assert said(gv) == []


def test_earlier_weeks_are_one_tap_away_while_they_are_reminded_of(gv: Town, officer: Officer) -> None:
    gv.later(weeks=2)
    officer.says("việc cần làm")
    officer.sees("báo cáo tuần 47 (16/11 – 22/11/2026) – đã quá hạn, vẫn gửi bổ sung được")
    officer.taps("Tuần 48: không có hoạt động")
    officer.sees("không có hoạt động trong tuần 48")
    assert said(gv) == [("2026-W48", True)]
    gv.later(weeks=5)
    officer.says("việc cần làm")
    assert "Tuần 47: không có hoạt động" not in officer.labels


@pytest.mark.parametrize(("week", "is_open"), [("2026w47", True), ("2019-W40", True), ("2026-W48", False)])
def test_it_is_said_of_any_week_that_has_begun(gv: Town, officer: Officer, week: str, is_open: bool) -> None:
    officer.presses(f"nil:P10-KP05:{week}")
    assert [noted for noted, _ in said(gv)] == ([week.upper().replace("2026W", "2026-W")] if is_open else [])
    assert ("không có hoạt động trong" in officer.text) is is_open


def test_a_week_that_is_being_mended_is_not_asked_for_and_not_nil(gv: Town, officer: Officer) -> None:
    officer.reports()
    chair = gv.joined("ward_chair", "P10")
    chair.at_report("Trả lại", "Có, vì số người")
    officer.says("/menu")
    assert "Tuần này không có hoạt động" not in officer.labels
    officer.says("tóm tắt")
    officer.sees("Báo cáo bị trả lại, đang bổ sung.")
    chair.says("tóm tắt")
    chair.sees("Đang bổ sung: Khu phố 5")


def test_a_report_makes_it_void_and_its_withdrawal_lets_it_stand_again(officer: Officer) -> None:
    officer.says("không có hoạt động")
    officer.reports()
    officer.sees("Trước đó tuần 47 (16/11 – 22/11/2026) được báo là không có hoạt động; nay tính theo báo cáo này.")
    officer.at_report("Rút lại", "Đúng, rút lại")
    officer.sees("Vì vậy tuần 47 (16/11 – 22/11/2026) lại được ghi là không có hoạt động")
    officer.taps("À, có hoạt động")
    officer.sees("Đã rút lại")


def test_the_chair_reads_who_is_mending_below_those_who_owe_the_week(gv: Town, officer: Officer) -> None:
    officer.reports()
    chair = gv.joined("ward_chair", "P10")
    chair.at_report("Trả lại", "Có, vì số người")
    chair.says("ai chưa báo cáo")
    assert "Khu phố 5" not in chair.text
    chair.taps("Xem thêm")
    assert chair.text.splitlines()[-1] == "Đang bổ sung: Khu phố 5"
