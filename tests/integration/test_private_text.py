"""What must not stand in a report is not stored anywhere: not in the draft, not in what the bot said."""

import pytest
from sqlalchemy import select

from storage import tables as t
from tests.conversation import Officer, Town
from tests.integration.test_same_event import fills_in

SECRETS = ("0903123456", "079185001234", "Thị Lan", "chồng đánh")


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def stored(gv: Town) -> str:
    """Everything that the database holds of reports and of what was said."""
    columns = (
        *(t.interview.c.state, t.submission_revision.c.answers, t.submission_revision.c.reason),
        *(t.outbox.c.body, t.chat_menu.c.choices, t.inbox.c.body, t.closed_period.c.reason),
    )
    rows = gv.database.read(lambda db: [str(value) for column in columns for value in db.scalars(select(column))])
    return "\n".join(rows).encode().decode("unicode_escape", "ignore") + "\n".join(rows)


def at_the_review(officer: Officer) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.sees("Gửi báo cáo này nhé?")


def kept_out(gv: Town) -> bool:
    return not any(secret in stored(gv) for secret in SECRETS)


def test_a_topic_is_noted_without_the_name_and_the_number(gv: Town, officer: Officer) -> None:
    at_the_review(officer)
    officer.taps("Chủ đề")
    officer.says("Chăm sóc con, liên hệ chị Nguyễn Thị Lan 0903123456")
    officer.sees(
        "Tôi không giữ tên người kèm số điện thoại", "Phần tôi ghi: “Chăm sóc con, liên hệ”", "Gửi báo cáo này nhé?"
    )
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")
    assert kept_out(gv)


def test_a_case_is_not_kept_and_who_helps_is_said(gv: Town, officer: Officer) -> None:
    at_the_review(officer)
    officer.taps("Chủ đề")
    officer.says("Chị Nguyễn Thị Lan bị chồng đánh gãy tay")
    officer.sees("chuyện của một người cụ thể", "báo ngay cho UBND hoặc Công an phường")
    assert "Phần tôi ghi" not in officer.text
    assert kept_out(gv)
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/duongdaynong 028 0000 0000 (24/24)")
    secretariat.sees("028 0000 0000 (24/24)")
    officer.taps("Chủ đề")
    officer.says("Chị Nguyễn Thị Lan bị chồng đánh gãy tay")
    officer.sees("Nếu có người đang cần giúp đỡ: 028 0000 0000 (24/24)")
    secretariat.says("/duongdaynong xóa")
    secretariat.sees("Chưa có số đường dây nóng nào")


def test_a_line_is_begun_without_it(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15 liên hệ chị Nguyễn Thị Lan 0903123456")
    officer.sees("Tôi không giữ tên người kèm số điện thoại", "• Nữ 30")
    assert kept_out(gv)


def test_a_caption_and_an_edited_answer_are_looked_through(gv: Town, officer: Officer) -> None:
    at_the_review(officer)
    officer.says("chủ đề: tư vấn cho Nguyễn Thị Lan CCCD 079185001234")
    officer.sees("số giấy tờ tùy thân")
    assert kept_out(gv)


def test_a_reason_is_looked_through(gv: Town, officer: Officer) -> None:
    for day, women in enumerate((30, 25, 40, 20, 45, 60, 35, 30), 1):
        officer.reports(women=women, men=0, day=f"{day}/11")
    fills_in(officer, women=450, men=0).taps("Đúng, kèm lý do")
    officer.says("cả phường dự, hỏi chị Nguyễn Thị Lan 0903123456")
    officer.sees("Tôi không giữ tên người kèm số điện thoại", "Đã lưu")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/chotso tháng 10 vì chị Nguyễn Thị Lan 0903123456 đã duyệt")
    secretariat.sees("Tôi không giữ", "đã chốt số liệu")
    assert kept_out(gv)


def test_subjects_and_places_are_taken_as_they_are(officer: Officer) -> None:
    at_the_review(officer)
    officer.taps("Chủ đề")
    officer.says("Phòng chống bạo lực gia đình, tổng đài 111")
    officer.sees("Chủ đề: Phòng chống bạo lực gia đình, tổng đài 111")
    assert "Tôi không giữ" not in officer.text


def test_nobody_but_the_secretariat_sets_the_hotline(officer: Officer) -> None:
    officer.says("/duongdaynong 1")
    officer.sees("chưa mở cho anh/chị")


def test_the_reason_of_a_return_is_kept_without_the_name_and_the_number(gv: Town, officer: Officer) -> None:
    officer.reports()
    chair = gv.joined("ward_chair", "P10")
    chair.at_report("Trả lại")
    chair.says("Số nam chưa đúng, hỏi chị Nguyễn Thị Lan 0903123456")
    chair.sees("không giữ tên người kèm số điện thoại", "Số nam chưa đúng", "Đã trả lại")
    assert kept_out(gv)
    assert "returned" in gv.database.read(lambda db: list(db.scalars(select(t.submission.c.state))))


def test_what_is_taken_out_of_something_planned_is_said(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo hôm qua hoãn tọa đàm chăm sóc con, liên hệ chị Nguyễn Thị Lan 0903123456 nữ 30 nam 15")
    officer.sees("hoãn", "không giữ tên người kèm số điện thoại")
    assert kept_out(gv)


def test_a_reason_of_which_nothing_may_be_kept_is_asked_for_again(gv: Town, officer: Officer) -> None:
    officer.reports()
    secretariat = gv.joined("secretariat", "GV")
    secretariat.presses("amend:1:1:withdraw")
    secretariat.says("079185001234")
    secretariat.sees("không giữ số giấy tờ tùy thân", "một lý do")
    assert kept_out(gv)
    assert gv.database.read(lambda db: list(db.scalars(select(t.submission.c.state)))) == ["sent"]
