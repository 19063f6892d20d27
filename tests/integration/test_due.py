"""What is due, for the unit that owes it and for the secretariat that waits for it from all of them."""

from datetime import timedelta

from sqlalchemy import Connection, update

from handlers.obligations.due import PAGE
from periods.days import ZONE, local_day
from scheduler.occurrences import occurrences
from storage import tables as t
from storage.records.obligations import not_written_down, write_down
from tests.conversation import CALENDAR, Officer, Town

DRAFTS = "Dự toán các dự thảo"
NOT_ALL = ("Danh sách chưa nộp", DRAFTS, "Đơn vị chưa nộp: báo cáo định kỳ", "Đơn vị chưa nộp: dự thảo năm 2027")
OBLIGATIONS = ("plan_draft", "periodic_report")
UNITS = 31
"""Wards and agencies of the shipped plan."""


def owes(gv: Town, days: int = 3) -> None:
    """Every ward and agency owes both in some days."""
    due_on = local_day(gv.now) + timedelta(days=days)

    def job(db: Connection) -> None:
        units = not_written_down(db, 0, 1_000, ("ward_chair", "agency"), OBLIGATIONS, due_on)
        write_down(db, units, OBLIGATIONS, due_on)

    gv.database.write(job).result()


def all_hand_in(gv: Town, kind: str) -> None:
    def job(db: Connection) -> None:
        db.execute(update(t.obligation).where(t.obligation.c.kind == kind).values(done_at=gv.now))

    gv.database.write(job).result()


def lines(officer: Officer) -> list[str]:
    return officer.text.splitlines()


def test_a_chair_reads_the_wards_two_and_ticks_them_off(gv: Town) -> None:
    owes(gv)
    chair = gv.joined("ward_chair", "P10")
    chair.says("việc cần làm")
    chair.sees("Có 2 việc cần làm:", "• Phường 10: báo cáo định kỳ kết quả thực hiện, trước ngày", "còn 3 ngày")
    assert chair.labels == [
        *("Nộp: báo cáo định kỳ", "Nộp: dự thảo năm 2027"),
        *("Đã nộp giấy: báo cáo định kỳ", "Đã nộp giấy: dự thảo năm 2027"),
        *("Danh sách chưa nộp", "Menu"),
    ]
    chair.taps("Đã nộp giấy: báo cáo định kỳ")
    chair.says("việc cần làm")
    chair.sees("Có 1 việc cần làm:", "đã nộp ngày")


def test_the_secretariat_reads_a_line_for_each_and_finds_every_name(gv: Town) -> None:
    owes(gv)
    gv.joined("ward_chair", "P10").says("việc cần làm")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("việc cần làm")
    assert lines(secretariat)[0] == "Có 2 việc cần làm:"
    assert len(lines(secretariat)) == 3
    secretariat.sees(f"Chưa nộp {UNITS}/{UNITS} đơn vị: ")
    assert secretariat.labels == [*NOT_ALL, "Tuần nghỉ", "Menu"]
    secretariat.taps("Đơn vị chưa nộp: báo cáo định kỳ")
    secretariat.sees(f"{UNITS}/{UNITS} đơn vị chưa nộp báo cáo định kỳ kết quả thực hiện, hạn cuối")
    first = lines(secretariat)[1:]
    secretariat.taps("Xem thêm →")
    assert len(first) == PAGE
    assert len({*first, *lines(secretariat)[1:]}) == UNITS
    assert secretariat.labels == ["Việc cần làm", "Menu"]


def test_few_are_named_in_the_line_and_all_is_said_in_a_word(gv: Town) -> None:
    owes(gv)
    all_hand_in(gv, "plan_draft")
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("việc cần làm")
    secretariat.sees("Có 1 việc cần làm:", f"cả {UNITS} đơn vị đã nộp ✓")
    assert secretariat.labels == ["Danh sách chưa nộp", DRAFTS, NOT_ALL[2], "Tuần nghỉ", "Menu"]
    all_hand_in(gv, "periodic_report")
    secretariat.says("việc cần làm")
    assert lines(secretariat)[0] == "Đã xong hết:"
    assert secretariat.labels == ["Danh sách chưa nộp", DRAFTS, "Tuần nghỉ", "Menu"]


def test_a_made_up_page_leads_back_to_what_is_due(gv: Town) -> None:
    owes(gv)
    secretariat = gv.joined("secretariat", "GV")
    for made_up in ("owing", "owing:tax", "owing:periodic_report:yesterday"):
        secretariat.presses(made_up)
        secretariat.sees("Có 2 việc cần làm:")
    secretariat.presses(f"owing:periodic_report:{local_day(gv.now) + timedelta(days=3)}:99")
    secretariat.sees(f"{UNITS}/{UNITS} đơn vị chưa nộp")


def test_the_week_is_timely_until_seven_on_monday_before_its_summary_goes_out(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("việc cần làm")
    officer.sees("báo cáo tuần 47 (16/11 – 22/11/2026), trước 7:00 thứ Hai 23/11/2026")
    (sent,) = occurrences([CALENDAR["weekly_summary"]], gv.now, gv.now + timedelta(days=7))
    assert sent.at.astimezone(ZONE).isoformat() == "2026-11-23T07:30:00+07:00"
