"""A button acts on the record as it was when the button was made; if that has moved on, it changes nothing and says so.

On SQLite: what happens when two meet is in `test_two_at_once`.
"""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from rules.roles import Role
from services import consent
from storage import tables as t
from storage.directory import units
from tests.conversation import Officer, Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def reports(gv: Town) -> list[tuple[str, int, int]]:
    """The state, the revision and the women of every report."""
    query = select(t.submission.c.state, t.submission.c.revision, t.activity_line.c.women)
    return gv.database.read(
        lambda db: [tuple(row) for row in db.execute(query.join_from(t.submission, t.activity_line))]
    )


def corrects(officer: Officer, women: int) -> None:
    officer.at_report("Sửa", "Sửa câu trả lời", "Nữ")
    officer.says(str(women))
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")


def test_figures_that_nobody_read_are_not_accepted(gv: Town, officer: Officer, chair: Officer) -> None:
    officer.reports(women=30, men=15)
    chair.at_report()
    chair.sees("45 lượt người")
    check = chair.choice("Duyệt").id
    corrects(officer, 900)
    chair.presses(check)
    chair.sees("vừa sửa báo cáo này", "Vì vậy tôi chưa thay đổi gì", "915 lượt người")
    assert reports(gv) == [("sent", 2, 900)]
    chair.taps("Duyệt")
    assert reports(gv) == [("approved", 3, 900)]


@pytest.mark.parametrize("labels", [("Trả lại",), ("Trả lại", "Có, trả lại"), ("Trả lại", "Có, vì số người")])
def test_what_was_corrected_meanwhile_is_not_returned_at_any_step(
    gv: Town, officer: Officer, chair: Officer, labels: tuple[str, ...]
) -> None:
    officer.reports()
    chair.at_report(*labels[:-1])
    late = chair.choice(labels[-1]).id
    corrects(officer, 33)
    chair.presses(late)
    chair.sees("vừa sửa báo cáo này", "33 nữ")
    assert reports(gv) == [("sent", 2, 33)]
    assert gv.notices(officer) == []
    chair.taps("Trả lại")
    chair.taps("Có, trả lại")
    assert reports(gv) == [("returned", 3, 33)]


@pytest.mark.parametrize("labels", [("Rút",), ("Rút", "Đúng, rút lại"), ("Sửa",)])
def test_what_was_checked_meanwhile_is_neither_withdrawn_nor_corrected_unseen(
    gv: Town, officer: Officer, chair: Officer, labels: tuple[str, ...]
) -> None:
    officer.reports()
    officer.at_report(*labels[:-1])
    late = officer.choice(labels[-1]).id
    chair.at_report("Duyệt")
    officer.presses(late)
    officer.sees("vừa duyệt báo cáo này", "đã duyệt ✓")
    assert reports(gv) == [("approved", 2, 30)]
    assert "Xin sửa" in officer.labels


def test_the_receipt_of_an_older_version_shows_the_newer_one(officer: Officer) -> None:
    officer.reports()
    old = officer.choice("Sửa").id
    corrects(officer, 33)
    officer.presses(old)
    officer.sees("vừa sửa báo cáo này", "33 nữ")
    officer.taps("Sửa")
    officer.sees("Sửa báo cáo ngày 18/11/2026", "Nữ 33")


@pytest.mark.parametrize("press", ["check:1", "return:1", "return:1:yes", "return:1:numbers"])
def test_a_chairs_button_from_before_there_were_revisions_shows_the_report(
    gv: Town, officer: Officer, chair: Officer, press: str
) -> None:
    officer.reports()
    chair.presses(press)
    chair.sees("thuộc một tin nhắn cũ", "45 lượt người")
    assert reports(gv) == [("sent", 1, 30)]
    chair.taps("Duyệt")
    assert reports(gv) == [("approved", 2, 30)]


@pytest.mark.parametrize("press", ["correct:1", "withdraw:1", "withdraw:1:yes"])
def test_an_officers_button_from_before_there_were_revisions_shows_the_report(
    gv: Town, officer: Officer, press: str
) -> None:
    officer.reports()
    officer.presses(press)
    officer.sees("thuộc một tin nhắn cũ", "45 lượt người")
    assert reports(gv) == [("sent", 1, 30)]


def test_a_number_and_a_word_mean_what_their_menu_showed(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10", channel="zalo")
    officer.reports()
    chair.at_report()
    number = 1 + chair.labels.index("Duyệt ✓")
    corrects(officer, 900)
    chair.says(str(number))
    chair.sees("vừa sửa báo cáo này", "915 lượt người")
    assert reports(gv) == [("sent", 2, 900)]
    officer.at_report("Rút")
    corrected = officer.choice("Đúng, rút lại")
    assert corrected.word == "rút"
    chair.says("Duyệt ✓")
    assert reports(gv) == [("approved", 3, 900)]
    officer.says("rút")
    officer.sees("vừa duyệt báo cáo này")
    assert reports(gv) == [("approved", 3, 900)]


def test_a_withdrawn_report_is_not_corrected_again(gv: Town, officer: Officer) -> None:
    officer.reports()
    officer.at_report("Rút", "Đúng, rút lại")
    for press in ("correct:1:1", "correct:1:2", "withdraw:1:2:yes"):
        officer.presses(press)
        assert "Gửi báo cáo" not in officer.labels
        assert reports(gv) == [("withdrawn", 2, 30)]


def test_a_draft_of_a_withdrawn_report_stays_a_draft(gv: Town, officer: Officer, chair: Officer) -> None:
    colleague = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    chair.at_report("Trả lại", "Có, trả lại")
    colleague.at_report("Sửa", "Sửa câu trả lời", "Nữ")
    colleague.says("77")
    send = colleague.choice("Gửi báo cáo").id
    officer.at_report("Rút", "Đúng, rút lại")
    (notice,) = gv.notices(colleague)
    assert "vừa rút báo cáo này" in notice.text
    for press in (send, notice.choices[1].id):
        colleague.presses(press)
        assert reports(gv) == [("withdrawn", 3, 30)]
    colleague.sees("không sửa báo cáo này được nữa", "77")
    colleague.taps("Xóa bản nháp")
    colleague.says("/menu")
    assert "Làm tiếp bản nháp" not in colleague.labels


def owes(gv: Town) -> None:
    def job(db: Connection) -> None:
        due_on = (gv.now + timedelta(days=3)).date()
        db.execute(insert(t.obligation).values(unit_id=units.unit_id(db, "P10"), kind="plan_draft", due_on=due_on))

    gv.database.write(job).result()


def test_an_obligation_is_handed_in_by_a_button_that_saw_it_open(gv: Town, chair: Officer) -> None:
    deputy = gv.joined("ward_chair", "P10")
    owes(gv)
    chair.presses("done:1")
    chair.sees("thuộc một tin nhắn cũ", "còn 3 ngày")
    button = chair.choice("Đã nộp giấy").id
    deputy.says("việc cần làm")
    deputy.taps("Đã nộp giấy")
    chair.presses(button)
    chair.sees("đã báo là nộp rồi, ngày 18/11/2026")


def test_a_bots_ward_is_given_or_taken_as_the_button_said(gv: Town) -> None:
    gv.database.write(lambda db: db.execute(insert(t.setting).values(key="bot.zalo.1", value=BOT))).result()
    first, second = gv.joined(Role.SECRETARIAT, "GV"), gv.joined(Role.SECRETARIAT, "GV")
    for person in (first, second):
        person.presses("bot:1")
    give = first.choice("Phường 10").id
    second.taps("Phường 10")
    first.presses(give)
    assert "✓ Phường 10" in first.labels
    first.presses("bot_ward:1:P10")
    assert "✓ Phường 10" in first.labels


BOT = '{"name": "Bot", "wards": []}'


def test_who_joins_anew_is_not_deleted_by_an_old_yes(gv: Town, officer: Officer) -> None:
    officer.presses("forget")
    yes = officer.choice("Xóa tất cả").id
    officer.presses(yes)
    officer.sees("Đã xóa")
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    officer.taps("Tôi đồng ý")
    for press in (yes, "forget:yes"):
        officer.presses(press)
        officer.sees("Xóa mọi thông tin về anh/chị?")
    officer.reports()


def test_nobody_agrees_to_a_text_that_they_did_not_see(gv: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = gv.stranger()
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    old = officer.choice("Tôi đồng ý").id
    monkeypatch.setattr(consent, "VERSION", "2027-01")
    for _ in range(2):
        officer.presses(old)
        officer.sees("Lưu gì")
    officer.says("đồng ý")
    officer.says("báo cáo")
    officer.sees("Anh/chị muốn báo việc gì?")


def test_another_units_report_takes_over_the_one_that_it_was_offered_at(gv: Town, officer: Officer) -> None:
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP06')}")
    officer.says("báo cáo hôm nay nữ 30 nam 15")
    other = officer.choice("Đổi sang Khu phố 6").id
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    officer.says("báo cáo hôm qua nữ 1 nam 2")
    officer.presses(other)
    officer.sees("đang là bản nháp", "Mời anh/chị trả lời câu sau")
    states = gv.database.read(lambda db: list(db.scalars(select(t.interview.c.status).order_by(t.interview.c.id))))
    assert states == ["draft", "open"]
    officer.presses("report:P10-KP06:same")
    states = gv.database.read(lambda db: list(db.scalars(select(t.interview.c.status).order_by(t.interview.c.id))))
    assert states == ["draft", "open"]
