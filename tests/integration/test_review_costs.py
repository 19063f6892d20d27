"""What the review asks the database: as often for many reports as for one, and each thing once."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Dialect

from handlers.reports import private
from rules.private_text import Looked, looked_through
from storage.db.prepared import Prepared
from tests.abuse.test_tick import statements
from tests.conversation import Officer, Town


def cost(act: Callable[[], object]) -> Counter[str]:
    """How often each statement is executed meanwhile, prepared ones too; lists of numbers may be of any length."""
    prepared: list[str] = []

    def note(statement: Prepared, dialect: Dialect) -> Any:
        prepared.append(str(statement))
        return compiled(statement, dialect)

    compiled = Prepared._for
    with statements() as executed, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "_for", note)
        act()
    return Counter([*prepared, *(re.sub(r"\(\?(, \?)*\)", "(…)", statement) for _, statement, _ in executed)])


def in_their_place(chair: Officer, unit: str, women: int) -> None:
    chair.presses(f"report:{unit}")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        chair.taps(label)
    chair.says(f"nữ {women} nam 5")
    chair.taps("Gửi báo cáo")
    chair.sees("Đã lưu")


def test_the_secretariats_queue_costs_the_same_however_many_wait(gv: Town) -> None:
    chair, secretariat = gv.joined("ward_chair", "P10"), gv.joined("secretariat", "GV")
    in_their_place(chair, "P10-KP01", 11)
    one = cost(lambda: secretariat.says("/menu"))
    assert "Chờ duyệt: 1" in secretariat.labels
    for unit, women in (("P10-KP02", 22), ("P10-KP03", 33), ("P10-KP04", 44)):
        in_their_place(chair, unit, women)
    assert cost(lambda: secretariat.says("/menu")) == one
    assert "Chờ duyệt: 4" in secretariat.labels


def test_reports_that_need_advice_are_read_together(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.reports(day="2/11")
    officer.reports(women=20, day="6/11")
    chair.says("/chatluong")
    chair.taps("Khu phố 5")
    late = chair.choice("2 trễ hạn").id
    two = cost(lambda: chair.presses(late))
    for day, women in (("3/11", 21), ("4/11", 32), ("5/11", 43)):
        officer.reports(women=women, day=day)
    assert cost(lambda: chair.presses(late)) == two
    chair.sees("5 trễ hạn")


def test_a_report_is_shown_without_asking_anything_twice(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.reports()
    chair.at_report("Trả lại để sửa", "Xem lại “Nữ 30”", "Có, trả lại")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.says("13")
    for person in (officer, chair):
        with statements() as executed:
            person.presses("view:1")
        asked = Counter((statement, str(parameters)) for _, statement, parameters in executed)
        assert [statement for (statement, _), times in asked.items() if times > 1] == []


def test_warnings_are_stored_with_the_answers(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports(women=30, men=15, day="hôm qua")
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("Như vậy có đúng không")
    sent = cost(lambda: officer.taps("Đúng, gửi"))
    officer.sees("Đã lưu")
    assert [statement for statement in sent if statement.startswith("UPDATE submission")] == []


def test_only_what_was_just_said_is_looked_through(gv: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def note(text: str) -> Looked:
        looked.append(text)
        return looked_through(text)

    monkeypatch.setattr(private, "looked_through", note)
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.taps("Chủ đề")
    officer.says("Chăm sóc con")
    officer.taps("Ghi chú")
    looked.clear()
    officer.says("Hội trường đông")
    assert looked == ["Hội trường đông"]
