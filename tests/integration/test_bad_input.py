"""Bad input never gets silence or a stack trace: each gets a clear message, and nothing is lost or doubled."""

from concurrent.futures import Future

import pytest
from sqlalchemy import func, select

from conversation.intake import take_once
from messages import Edit, File, Incoming, Text, Unsupported, clean
from storage import tables as t
from tests.conversation import Officer, Town


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def stored(officer: Officer) -> int:
    query = select(func.count()).select_from(t.submission)
    return officer.town.database.read(lambda db: int(db.execute(query).scalar_one()))


def at_attendance(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.taps("Hôm nay")
    officer.taps("Người dân")


def at_review(officer: Officer) -> None:
    at_attendance(officer)
    officer.says("nữ 30 nam 15")


def test_a_double_tap_on_send_stores_once(officer: Officer) -> None:
    at_review(officer)
    send = officer.choice("Gửi báo cáo").id
    officer.presses(send)
    officer.sees("Đã lưu")
    officer.presses(send)
    officer.sees("đã gửi rồi")
    assert stored(officer) == 1


def test_a_message_delivered_twice_is_taken_once(officer: Officer) -> None:
    at_review(officer)
    officer.says("gửi", message_id="same")
    assert officer.says("gửi", message_id="same") == []
    assert stored(officer) == 1


def test_an_old_button_gets_the_present_question(officer: Officer) -> None:
    officer.says("báo cáo")
    old = officer.choice("Buổi sinh hoạt").id
    officer.presses(old)
    officer.presses(old)
    officer.sees("Nút này thuộc câu trước", "Hoạt động nào?")


@pytest.mark.parametrize(
    "typed",
    [
        "0",
        "0 0",
        "-5 3",
        "1000000000 1",
        "²",
        "1_000 5",
        "9" * 5000,
        "abc",
        "   ",
        "45 người",
        "nữ 30 nam 15 tổng 50",
        "🙂🙂",
    ],
)
def test_an_impossible_attendance_is_refused_with_an_example_and_asked_again(officer: Officer, typed: str) -> None:
    at_attendance(officer)
    officer.says(typed)
    assert officer.heard
    assert "Gửi báo cáo này nhé?" not in officer.text
    officer.says("nữ 30 nam 15")
    officer.sees("Nữ 30", "Nam 15", "Gửi báo cáo này nhé?")


@pytest.mark.parametrize(
    ("typed", "women", "men"),
    [
        ("nữ ba mươi, nam mười lăm", 30, 15),
        ("nữ ba mươi nam mười lăm", 30, 15),
        ("nữ 3️⃣0️⃣ nam 1️⃣5️⃣", 30, 15),
        ("nữ \u200f30\u200f nam 15", 30, 15),
        ("30 nu, 15 nam", 30, 15),
        ("45 người, 30 nữ", 30, 15),
        ("nữ 1.200 nam 15", 1200, 15),
    ],
)
def test_attendance_is_read_the_way_people_write(officer: Officer, typed: str, women: int, men: int) -> None:
    at_attendance(officer)
    officer.says(typed)
    officer.sees(f"Nữ {women}" if women < 1000 else "Nữ 1", f"Nam {men}")
    officer.taps("Gửi báo cáo")
    row = officer.town.database.read(lambda db: db.execute(select(t.activity_line)).one())
    assert (row.women, row.men) == (women, men)


@pytest.mark.parametrize("typed", ["31/02", "32/1", "mai", "ngày mai", "30/11/2026", "hôm ấy", "99"])
def test_an_impossible_or_future_day_is_refused(officer: Officer, typed: str) -> None:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says(typed)
    officer.sees("Làm vào ngày nào?")


def test_a_day_more_than_a_year_back_is_asked_again(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("8/5/2019")
    officer.sees("hơn 45 ngày")
    officer.taps("Đúng ngày đó")
    officer.taps("Người dân")
    officer.says("3 4")
    officer.taps("Gửi")
    officer.sees("8/5/2019")


def test_text_where_a_photo_is_asked_and_a_photo_where_text_is_asked(officer: Officer) -> None:
    at_review(officer)
    officer.taps("Hình ảnh")
    officer.says("đây là hình")
    officer.sees("gửi hình")
    officer.photographs()
    officer.says("xem lại")
    officer.taps("Chủ đề")
    officer.photographs("cd" * 32)
    officer.sees("Chủ đề")
    officer.says("an toàn")
    officer.sees("Chủ đề: an toàn", "Gửi báo cáo này nhé?")


def test_ten_thousand_characters_are_refused_and_the_question_stays(officer: Officer) -> None:
    at_review(officer)
    officer.taps("Chủ đề")
    officer.says("x" * 10_000)
    officer.sees("10000", "2000")
    officer.says("ngắn thôi")
    officer.sees("Chủ đề: ngắn thôi")


@pytest.mark.parametrize(
    "nasty", ["\x00", "\ud800", "\ufffe", "a\x07b", "\x1b[31m", "\u202e30", "<b>&", "'; DROP TABLE", "=1+1", "{name}"]
)
def test_control_characters_and_code_are_text_like_any_other(officer: Officer, nasty: str) -> None:
    at_review(officer)
    officer.taps("Chủ đề")
    officer.sends(Text(clean(f"chủ đề {nasty} xong")))
    officer.sees("Gửi báo cáo này nhé?", "xong")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")
    officer.says("của tôi")
    officer.taps("18/11")
    officer.sees("xong")


MADE_UP = """
: x i i:1 i:999:0:c0 i:a:b:c view: view:abc view:99999999999999999999 resume:0 summary:P99:2026-W47
summary:P10-KP05:2026-W99 nil:P10-KP05:1999-W01 done:1 correct:7 mine:all:99999999 report:P11 language:xx
invite_make:propagandist:P10-KP01:1 reports:P10-KP05:x check:1 withdraw:1:yes
summary:P10-KP05:2019-05-08..2020-12-31 summary:P10-KP05:2020-02-30..x summary::2026-11 nil::2026-W47
nil:P10-KP05:2026-11 owing:x:2026-02-30 owing:::: i:1:-1:c0 i::: resume: resume:x discard:1 report: report:P10-KP05:x
language: wards:0000-W00
"""


@pytest.mark.parametrize("press", ["", *MADE_UP.split()])
def test_no_made_up_button_breaks_a_turn(officer: Officer, press: str) -> None:
    officer.presses(press)
    assert officer.heard
    assert officer.choices
    parked = select(func.count()).where(t.inbox.c.state == "parked")
    assert officer.town.database.read(lambda db: db.execute(parked).scalar()) == 0


def test_what_the_bot_cannot_read_gets_a_hint_and_the_question(officer: Officer) -> None:
    officer.says("báo cáo")
    officer.sends(Unsupported("sticker"))
    officer.sees("chưa đọc được loại này", "Anh/chị muốn báo việc gì?")


def test_an_edited_message_answers_the_open_question_only(officer: Officer) -> None:
    officer.sends(Edit("m0", "nữ 30 nam 15"))
    officer.sees("vừa sửa một tin nhắn")


def test_a_person_whose_roles_ended_is_told_what_to_do(officer: Officer) -> None:
    ended = t.assignment.update().values(until=officer.town.now)
    officer.town.database.write(lambda db: db.execute(ended)).result()
    for text in ("báo cáo", "tóm tắt", "của tôi", "/menu"):
        officer.says(text)
        officer.sees("chưa có vai trò")
    officer.sends(File(is_image=True, sha256="ab" * 32))
    officer.sees("chưa có vai trò")


def test_two_messages_at_once_are_taken_one_after_the_other(officer: Officer) -> None:
    officer.says("báo cáo")
    gv = officer.town

    def take(message_id: str) -> Future[int | None]:
        update = Incoming(officer.channel, officer.bot, officer.account, message_id, Text("1"))
        return gv.database.write(lambda db: take_once(db, gv.world, update, gv.now), key=officer.account)

    futures = [take("at-once-1"), take("at-once-2")]
    for future in futures:
        future.result()
    officer.says("hôm qua")
    officer.sees("Đối tượng tham dự chủ yếu là ai?")
