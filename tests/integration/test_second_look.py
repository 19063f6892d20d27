"""In chat: one question about what deserves a look, sent all the same, with a reason that the chair sees."""

from datetime import date, datetime

import pytest
from sqlalchemy import Connection, insert, select

from periods.days import ZONE
from rules.warnings import WarningRule
from services import second_look
from storage import tables as t
from storage.records import attachments, submissions
from storage.records.submissions import Report
from tests.abuse.test_tick import statements
from tests.conversation import Officer, Town
from tests.integration.test_same_event import fills_in

COUNTS = (30, 25, 40, 20, 45, 60, 35, 30, 28, 50)
QUESTION = "Như vậy có đúng không ạ?"


@pytest.fixture
def five(gv: Town) -> Officer:
    """An officer whose neighbourhood has reported ten events."""
    officer = gv.joined("propagandist", "P10-KP05")
    for day, women in enumerate(COUNTS, 1):
        officer.reports(women=women, men=0, day=f"{day}/11")
    return officer


def latest(gv: Town) -> Report:
    query = select(t.submission.c.id).order_by(t.submission.c.id.desc()).limit(1)
    return gv.database.read(lambda db: submissions.find(db, db.scalar(query) or 0)) or pytest.fail("no report")


def test_a_number_far_from_the_neighbourhoods_own_is_asked_about_and_sent_with_a_reason(
    gv: Town, five: Officer
) -> None:
    fills_in(five, women=450, men=0)
    five.sees("450 lượt người; ở đây thường 24–51 người (10 báo cáo trước)", QUESTION)
    assert five.labels == ["Đúng, gửi", "Đúng, kèm lý do", "Sửa lại", "Xem lại"]
    five.taps("Đúng, kèm lý do")
    five.sees("viết lý do")
    five.says("cả ba khu phố cùng dự")
    five.sees("Đã lưu", "450 lượt")
    chair = gv.joined("ward_chair", "P10")
    chair.at_report(row=11)
    chair.sees("⚠ 450 lượt người; ở đây thường 24–51 người", "Lý do của", "cả ba khu phố cùng dự")
    assert gv.database.read(lambda db: db.scalar(select(t.submission.c.warned).where(t.submission.c.id == 11)))


def test_what_is_right_is_sent_with_one_tap_and_usual_numbers_without_a_word(gv: Town, five: Officer) -> None:
    fills_in(five, women=48, men=0)
    five.sees("Đã lưu")
    assert latest(gv).warnings == ()
    fills_in(five, women=450, men=0, day="hôm qua").taps("Đúng, gửi")
    five.sees("Đã lưu")
    assert [warning.rule for warning in latest(gv).warnings] == [WarningRule.HISTORY]


def test_a_slip_is_corrected_where_it_was_made(gv: Town, five: Officer) -> None:
    fills_in(five, women=450, men=0).taps("Sửa lại")
    five.sees("Đã ghi: 450")
    five.says("45")
    five.taps("Gửi báo cáo")
    five.sees("Đã lưu", "45 lượt")
    assert latest(gv).warnings == ()


def test_an_old_button_sends_nothing_that_was_not_asked_about(gv: Town, five: Officer) -> None:
    fills_in(five, women=450, men=0)
    as_it_was = five.choice("Đúng, gửi").id
    five.taps("Sửa lại")
    five.says("4500")
    five.presses(as_it_was)
    five.sees("Nút này thuộc câu trước")
    assert latest(gv).id == len(COUNTS)


def test_words_that_mean_something_else_are_no_reason(gv: Town, five: Officer) -> None:
    fills_in(five, women=450, men=0).taps("Đúng, kèm lý do")
    five.says("lùi")
    assert latest(gv).id == len(COUNTS)


def test_a_correction_asks_about_what_is_new_and_keeps_the_reason_for_what_is_not(gv: Town, five: Officer) -> None:
    fills_in(five, women=450, men=0).taps("Đúng, kèm lý do")
    five.says("cả phường cùng dự")
    five.at_report("Sửa", row=11)
    five.taps("Sửa câu trả lời")
    five.taps("Ngày")
    five.says("hôm qua")
    five.taps("Gửi báo cáo")
    five.sees("Đã sửa xong")
    assert (latest(gv).reason, latest(gv).revision) == ("cả phường cùng dự", 2)
    five.at_report("Sửa", row=11)
    five.taps("Sửa câu trả lời")
    five.taps("Nữ")
    five.says("900")
    five.taps("Gửi báo cáo")
    five.sees("900 lượt người", QUESTION)
    five.taps("Đúng, gửi")
    assert (latest(gv).reason, latest(gv).revision) == ("", 3)


def test_the_same_event_is_asked_first_and_nothing_after_it(gv: Town, five: Officer) -> None:
    fills_in(five, women=450, men=0, day="10/11")
    five.sees("Trùng với báo cáo đó phải không ạ?")
    five.taps("Không, buổi khác")
    five.sees("Đã lưu")
    assert [warning.rule for warning in latest(gv).warnings] == [WarningRule.HISTORY]


def test_what_waits_for_the_secretariat_keeps_its_warnings(gv: Town, five: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("/chotso tháng 10")
    fills_in(five, women=450, men=0, day="20/10").taps("Đúng, kèm lý do")
    five.says("cả phường cùng dự")
    five.sees("Tôi đã chuyển đề nghị")
    secretariat.says("/denghi")
    secretariat.taps("18/11 · Khu phố 5")
    secretariat.taps("Đồng ý ✓")
    assert latest(gv).reason == "cả phường cùng dự"
    assert [warning.rule for warning in latest(gv).warnings] == [WarningRule.HISTORY]


def test_more_people_than_live_there_by_the_latest_number(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    unit = gv.database.read(lambda db: db.scalar(select(t.unit.c.id).where(t.unit.c.code == "P10-KP05")))

    def supplied(db: Connection) -> None:
        supply = {"at": gv.now, "state": "confirmed", "file": ""}
        number = db.execute(insert(t.supply).values(supply).returning(t.supply.c.id)).scalar_one()
        row = {"supply_id": number, "unit_id": unit, "target_group": "residents", "source": "", "stands": True}
        for day, sex, value in ((date(2019, 1, 1), "all", 90), (date(2020, 1, 1), "female", 30)):
            db.execute(insert(t.denominator).values(row | {"sex": sex, "value": value, "as_of": day}))
        db.execute(insert(t.denominator).values(row | {"sex": "male", "value": 20, "as_of": date(2020, 1, 1)}))

    gv.database.write(supplied).result()
    fills_in(officer, women=30, men=21)
    officer.sees("51 lượt Người dân, nhiều hơn số người ở đó (50 người, tính đến 1/1/2020)", QUESTION)


def test_in_january_the_action_month_that_is_meant_is_last_years(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    gv.now = datetime(2027, 1, 4, 9, tzinfo=ZONE)
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Sự kiện Tháng hành động")
    officer.says("2/1")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("15/11", "15/12/2026", QUESTION)


def with_photo(officer: Officer, women: int, day: str, sha256: str) -> Officer:
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says(day)
    officer.taps("Người dân")
    officer.says(f"nữ {women} nam 15")
    officer.taps("Hình")
    officer.photographs(sha256)
    officer.taps("Xong, vậy thôi")
    officer.taps("Gửi báo cáo")
    return officer


def test_the_same_photo_elsewhere(gv: Town) -> None:
    six = gv.joined("propagandist", "P14-KP06")
    with_photo(six, 30, "2/11", "ab" * 32).sees("Đã lưu")
    officer = with_photo(gv.joined("propagandist", "P10-KP05"), 40, "4/11", "ab" * 32)
    officer.sees("Hình này đã có trong báo cáo ngày 2/11/2026 của Khu phố 6, Phường 14", QUESTION)
    officer.taps("Đúng, gửi")
    officer.sees("Đã lưu")
    with_photo(officer, 20, "9/11", "cd" * 32).sees("Đã lưu")


def test_a_photo_that_comes_later_warns_the_chair_alone(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    with_photo(officer, 30, "2/11", "ab" * 32)
    with_photo(officer, 40, "9/11", "cd" * 32)

    def looks(db: Connection) -> tuple[Report | None, Report | None]:
        one, two = db.scalars(select(t.attachment.c.id).order_by(t.attachment.c.id)).all()
        db.execute(t.attachment.update().where(t.attachment.c.id == two).values(state="pending", sha256=""))
        db.execute(t.attachment.update().where(t.attachment.c.id == one).values(state="pending", sha256=""))
        attachments.keep(db, one, "ab" * 32, "image/jpeg", 9, "f0f0f0f0f0f0f0f0")
        attachments.keep(db, two, "cd" * 32, "image/jpeg", 9, "f0f0f0f0f0f0f0f7")
        second_look.photo_came(db, one)
        second_look.photo_came(db, two)
        second_look.photo_came(db, two)
        return submissions.find(db, 1), submissions.find(db, 2)

    first, second = gv.database.write(looks).result()
    assert first is not None
    assert second is not None
    assert [warning.rule for warning in first.warnings] == [WarningRule.SAME_PHOTO]
    assert [warning.arguments["report"] for warning in second.warnings] == [1]


def test_a_look_costs_a_few_statements_whatever_was_reported_before(five: Officer) -> None:
    with statements() as executed:
        fills_in(five, women=450, men=0)
    looked = [sql for _, sql, _ in executed if "denominator" in sql or "photo_look" in sql or "activity" in sql]
    assert len(looked) <= 6, looked
