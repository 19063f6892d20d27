"""An edited message corrects the answer that it gave, and the person goes on where they are; on both databases."""

import pytest
from sqlalchemy import select

from messages import Edit, Unsupported
from storage import tables as t
from tests.conversation import Officer, Town


@pytest.fixture
def officer(gv: Town) -> Officer:
    """Somebody in Telegram who has typed an activity and a day and is asked who came."""
    lan = gv.joined("propagandist", "P10-KP05", channel="telegram")
    lan.says("báo cáo")
    lan.taps("Buổi sinh hoạt")
    lan.says("2", message_id="activity")
    lan.says("hôm qua", message_id="day")
    lan.sees("Đối tượng tham dự chủ yếu là ai?")
    return lan


def figures(officer: Officer) -> tuple[str, int, int]:
    query = select(t.activity.c.last_day, t.activity_line.c.women, t.activity_line.c.men)
    query = query.join(t.activity_line, t.activity_line.c.submission_id == t.activity.c.submission_id)
    day, women, men = officer.town.database.read(lambda db: db.execute(query).one())
    return f"{day.day}/{day.month}", women, men


def test_an_edit_corrects_its_own_answer_and_the_question_that_is_open_stays_open(officer: Officer) -> None:
    officer.sends(Edit("day", "15/11"))
    officer.sees("Tôi đã sửa câu trả lời", "15/11/2026", "Đối tượng tham dự chủ yếu là ai?")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15", message_id="numbers")
    officer.sends(Edit("numbers", "nữ 31 nam 15"))
    officer.sees("Tôi đã sửa câu trả lời", "Nữ 31", "Nam 15", "Gửi báo cáo này nhé?")
    officer.taps("Gửi báo cáo")
    assert figures(officer) == ("15/11", 31, 15)


def test_a_message_can_be_edited_again_and_again(officer: Officer) -> None:
    for day in ("15/11", "14/11", "13/11"):
        officer.sends(Edit("day", day))
        officer.sees(f"{day}/2026", "Đối tượng tham dự chủ yếu là ai?")


def test_one_answer_of_several_given_alone_is_corrected_alone(officer: Officer) -> None:
    officer.taps("Người dân")
    officer.says("nữ 30")
    officer.says("15", message_id="men")
    officer.sends(Edit("men", "16"))
    officer.sees("Nữ 30", "Nam 16")


def test_an_edit_that_cannot_be_taken_asks_that_question_again_and_then_goes_on(officer: Officer) -> None:
    officer.sends(Edit("day", "30/2"))
    officer.sees("Làm vào ngày nào?", "17/11/2026")
    officer.says("16/11")
    officer.sees("16/11/2026", "Đối tượng tham dự chủ yếu là ai?")


def test_an_edit_of_a_rejected_message_answers_the_open_question_and_can_be_edited_again(officer: Officer) -> None:
    officer.taps("Người dân")
    officer.says("nhiều lắm", message_id="numbers")
    officer.sees("Bao nhiêu người dự?")
    officer.sends(Edit("numbers", "nữ 30 nam 15"))
    officer.sees("Nữ 30", "Nam 15")
    officer.sends(Edit("numbers", "nữ 31 nam 15"))
    officer.sees("Nữ 31", "Nam 15")


def test_an_edit_that_raises_another_question_asks_it(officer: Officer) -> None:
    officer.sends(Edit("day", "15/11/2024"))
    officer.sees("Tôi đã sửa câu trả lời", "hơn 45 ngày")


def sent(officer: Officer) -> None:
    officer.taps("Người dân")
    officer.says("nữ 9 nam 9", message_id="numbers")
    officer.taps("Gửi báo cáo")


def test_an_edit_after_sending_opens_the_correction_with_the_new_numbers(officer: Officer) -> None:
    sent(officer)
    officer.sends(Edit("numbers", "nữ 19 nam 9"))
    officer.sees("đã gửi", "chỉ thay đổi khi", "Nữ 19", "Nam 9", "Gửi báo cáo này nhé?")
    assert figures(officer) == ("17/11", 9, 9)
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")
    assert figures(officer) == ("17/11", 19, 9)


def test_a_message_edited_again_after_sending_changes_the_same_correction(officer: Officer) -> None:
    sent(officer)
    for women in (19, 29):
        officer.sends(Edit("numbers", f"nữ {women} nam 9"))
        officer.sees(f"Nữ {women}", "Nam 9", "Gửi báo cáo này nhé?")
    officer.taps("Gửi báo cáo")
    assert figures(officer) == ("17/11", 29, 9)


def test_an_edit_after_sending_that_cannot_be_taken_offers_to_correct_the_report(officer: Officer) -> None:
    sent(officer)
    officer.sends(Edit("numbers", "nhiều lắm"))
    officer.sees("đã gửi")
    officer.taps("Sửa báo cáo")
    officer.sees("Nữ 9", "Gửi báo cáo này nhé?")


def test_an_edit_of_a_finished_report_changes_nothing_of_the_next(officer: Officer) -> None:
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15", message_id="numbers")
    officer.taps("Gửi báo cáo")
    officer.says("báo cáo")
    officer.sends(Edit("day", "15/11"))
    officer.sees("đã gửi")
    officer.says("buổi sinh hoạt có người dự")
    officer.sees("Hoạt động nào?")


def test_an_edit_of_a_stopped_report_offers_its_draft(officer: Officer) -> None:
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    officer.sends(Edit("day", "15/11"))
    officer.sees("bản nháp")
    officer.taps("Làm tiếp")
    officer.sees("Đối tượng tham dự chủ yếu là ai?")


@pytest.mark.parametrize("text", ["lùi", "hủy", "gửi"])
def test_an_edit_is_never_taken_for_a_word_of_navigation(officer: Officer, text: str) -> None:
    officer.sends(Edit("day", text))
    officer.sees("không trả lời câu hỏi nào", "Đối tượng tham dự chủ yếu là ai?")


def test_an_edit_of_something_never_heard_changes_nothing(officer: Officer) -> None:
    officer.sends(Edit("before the bot", "Người dân"))
    officer.sees("không trả lời câu hỏi nào", "Đối tượng tham dự chủ yếu là ai?")


def test_nobody_edits_anothers_message(officer: Officer) -> None:
    other = officer.town.joined("propagandist", "P10-KP06", channel="telegram")
    other.sends(Edit("day", "15/11"))
    other.sees("Báo cáo của tôi")


def test_where_nothing_can_be_edited_nothing_is_remembered(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="web")
    officer.reports()
    query = select(t.inbox.c.question).where(t.inbox.c.question.is_not(None))
    assert gv.database.read(lambda db: db.execute(query).all()) == []


def test_a_file_that_is_too_big_is_told_so_and_what_to_do(officer: Officer) -> None:
    officer.sends(Unsupported("big_file"))
    officer.sees("20 MB", "chụp hình", "Đối tượng tham dự chủ yếu là ai?")
    officer.sends(Unsupported("sticker"))
    officer.sees("chưa đọc được loại này")
