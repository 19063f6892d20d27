"""A tap on an old button says what became of what it belonged to, and leads to the question that is open now."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from sqlalchemy import select

from storage import tables as t
from tests.conversation import Officer, Town


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05", channel="telegram")


def began(officer: Officer) -> str:
    """A fresh report at its first question; a button of it."""
    officer.says("báo cáo")
    officer.sees("Anh/chị muốn báo việc gì?")
    return officer.choice("Buổi sinh hoạt").id


def draft(officer: Officer) -> str:
    """A report put aside; a button of it."""
    button = began(officer)
    officer.taps("Buổi sinh hoạt")
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    return button


def dropped(officer: Officer) -> str:
    button = draft(officer)
    officer.taps("Xóa bản nháp")
    return button


def sent(officer: Officer) -> str:
    officer.reports()
    return "i:1:0:c0"


def unknown(_: Officer) -> str:
    return "i:999:0:c0"


def malformed(_: Officer) -> str:
    return "i:a:b:c"


def of_somebody_else(officer: Officer) -> str:
    other = officer.town.joined("propagandist", "P10-KP06")
    return began(other)


Become: TypeAlias = Callable[[Officer], str]

STALE: dict[Become, str] = {
    dropped: "đã bỏ, chưa gửi gì",
    draft: "đang là bản nháp",
    sent: "đã gửi rồi",
    unknown: "không thấy báo cáo của nút đó",
    malformed: "không thấy báo cáo của nút đó",
    of_somebody_else: "không thấy báo cáo của nút đó",
}


def status(gv: Town) -> list[str]:
    return gv.database.read(lambda db: list(db.scalars(select(t.interview.c.status).order_by(t.interview.c.id))))


@pytest.mark.parametrize("become", STALE)
def test_with_a_newer_report_open_its_question_is_shown(gv: Town, officer: Officer, become: Become) -> None:
    button = become(officer)
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    question = officer.text.splitlines()[-1]
    before = status(gv)
    number = button.split(":")[1]
    for press in (button, *(() if become is draft else (f"resume:{number}", f"discard:{number}"))):
        officer.presses(press)
        officer.sees(STALE[become], "Mời anh/chị trả lời câu sau", question)
        assert status(gv) == before
    officer.taps("Nói chuyện: gia đình")
    officer.sees("✓")


@pytest.mark.parametrize("become", STALE)
def test_without_an_open_report_the_ways_on_are_offered(officer: Officer, become: Become) -> None:
    officer.presses(become(officer))
    officer.sees(STALE[become])
    assert {"Báo cáo hoạt động", "Báo cáo của tôi", "Menu"} <= set(officer.labels)
    assert ("Làm tiếp" in officer.labels, "Xem báo cáo" in officer.labels) == (become is draft, become is sent)


def test_deleting_a_draft_leaves_the_open_report_open(gv: Town, officer: Officer) -> None:
    draft(officer)
    delete = officer.choice("Xóa bản nháp").id
    began(officer)
    officer.presses(delete)
    officer.sees("Đã xóa")
    assert status(gv) == ["cancelled", "open"]


def test_a_draft_that_was_taken_up_again_is_not_deleted_by_its_old_button(gv: Town, officer: Officer) -> None:
    draft(officer)
    delete = officer.choice("Xóa bản nháp").id
    officer.taps("Làm tiếp")
    question = officer.text.splitlines()[-1]
    officer.presses(delete)
    officer.sees("đã làm tiếp", question)
    assert status(gv) == ["open"]


def test_a_draft_that_has_more_answers_than_its_button_knew_is_not_deleted(gv: Town, officer: Officer) -> None:
    draft(officer)
    delete = officer.choice("Xóa bản nháp").id
    officer.taps("Làm tiếp")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    newer = officer.choice("Xóa bản nháp").id
    officer.presses(delete)
    officer.sees("đã thay đổi")
    assert status(gv) == ["draft"]
    officer.presses(newer)
    assert status(gv) == ["cancelled"]


def test_who_wants_to_go_on_with_nothing_is_offered_a_beginning(officer: Officer) -> None:
    officer.says("tiếp tục")
    officer.sees("Không có báo cáo nào làm dở")
    assert "Báo cáo hoạt động" in officer.labels


def connected(officer: Officer, channel: str) -> Officer:
    """The same person on another channel."""
    officer.says("/ketnoi")
    other = officer.town.stranger(channel=channel)
    other.says(officer.text.splitlines()[1])
    return other


def test_a_number_answers_the_question_that_this_chat_was_asked(gv: Town, officer: Officer) -> None:
    """One channel shows the first list; elsewhere the report went on to the next, and "2" is no choice of that one."""
    zalo = connected(officer, "zalo")
    zalo.says("báo cáo")
    officer.says("tiếp tục")
    officer.taps("Buổi sinh hoạt")
    before = gv.database.read(lambda db: db.scalar(select(t.interview.c.state)))
    zalo.says("2")
    zalo.sees("đã làm tiếp ở nơi khác", "Hoạt động nào?")
    assert gv.database.read(lambda db: db.scalar(select(t.interview.c.state))) == before
    zalo.says("2")
    zalo.sees("✓")
