"""The review of a long form: short on every channel, its answers a page of activities and then those of one."""

from pathlib import Path

import pytest

from channels.zalo.render import pages
from locales import texts
from tests.conversation import Officer, Town
from tests.integration.test_draft_plans import owes
from tests.integration.test_draft_sheets import HEAD, TALK
from tests.integration.test_lists_in_chat import Desk

ACTIVITIES = 19


@pytest.fixture
def desk(gv: Town, tmp_path: Path) -> Desk:
    return Desk(gv, tmp_path)


def at_the_review(gv: Town, desk: Desk, rows: int = ACTIVITIES, channel: str = "web") -> Officer:
    """A draft of so many activities, taken from a workbook."""
    owes(gv)
    chair = gv.joined("ward_chair", "P10", channel)
    chair.says("việc cần làm")
    chair.taps("Nộp: dự thảo năm 2027")
    book = [HEAD, *([at, f"Nói chuyện số {at} về gia đình", *TALK[2:]] for at in range(1, rows + 1))]
    desk.sends(chair, book, "Dự thảo.xlsx")
    chair.taps("Đúng, lấy các dòng này")
    return chair


def test_the_review_of_many_activities_leads_to_each_of_them_and_its_answers(gv: Town, desk: Desk) -> None:
    chair = at_the_review(gv, desk)
    chair.sees("• Nói chuyện số 19 về gia đình · Nói chuyện: gia đình, chống bạo…\n\nGửi")
    chair.taps("Sửa câu trả lời")
    chair.sees("Anh/chị muốn sửa mục nào?")
    assert chair.labels[0] == "Nói chuyện số 1 về gia đình · Nói chuyện: gia đình, chống b…"
    assert (len(chair.labels), *chair.labels[12:]) == (14, "Xem thêm →", "Xem lại")
    chair.taps("Xem thêm →")
    assert (len(chair.labels), *chair.labels[7:]) == (9, "← Quay lại", "Xem lại")
    chair.taps("Nói chuyện số 17")
    chair.sees("Nội dung: Nói chuyện số 17 về gia đình · Mã hoạt động: ", "Nữ 60 · Nam 40 · Tháng 3")
    assert chair.labels[:2] == [
        "Nội dung: Nói chuyện số 17 về gia đình",
        "Mã hoạt động: Nói chuyện: gia đình, chống bạo lực",
    ]
    assert chair.labels[12:] == ["Xem thêm →", "← Quay lại", "Xem lại"]
    chair.taps("Xem thêm →")
    assert chair.labels[-3:] == ["Ghi chú: –", "← Quay lại", "Xem lại"]
    chair.taps("← Quay lại")
    chair.taps("Tháng 3")
    chair.says("5")
    chair.sees("✓ Tháng 5\n\nAnh/chị xem lại giúp:")
    chair.taps("Sửa câu trả lời")
    chair.taps("Xem thêm →")
    chair.taps("Nói chuyện số 17")
    chair.sees("Tháng 5")
    chair.taps("← Quay lại")
    assert chair.labels[0].startswith("Nói chuyện số 1 ")
    chair.taps("Xem lại")
    chair.taps("Gửi báo cáo")
    chair.sees("Đã nộp")


def test_one_activity_has_its_answers_at_once_and_in_pages(gv: Town, desk: Desk) -> None:
    chair = at_the_review(gv, desk, rows=1)
    chair.sees("• Nội dung: Nói chuyện số 1 về gia đình · Mã hoạt động: ", "Căn cứ: Thông tư 191/2009/TT-BTC")
    chair.taps("Sửa câu trả lời")
    assert chair.labels[0] == "Nội dung: Nói chuyện số 1 về gia đình"
    assert len(chair.labels) == 14
    chair.taps("Xem thêm →")
    assert chair.labels[-3:] == ["Ghi chú: –", "← Quay lại", "Xem lại"]


def test_where_there_are_no_buttons_each_step_is_one_message_and_numbers_lead_on(gv: Town, desk: Desk) -> None:
    chair = at_the_review(gv, desk, channel="zalo")
    steps = ("sửa câu trả lời", "xem thêm", "5", "xem thêm", "lùi", "8")
    said = [chair.heard, *(chair.says(text) for text in steps)]
    assert all(len(pages(message, texts("vi"))) == 1 for heard in said for message in heard)
    chair.sees("Tháng mấy?", "Đã ghi: 3")
