"""Two people act on one record at the same moment: one counts, the other is told, and nothing is taken unseen.

On PostgreSQL each pair meets twice: the second waits for the first to commit; and the second has begun, and read,
before the first does anything.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from periods.weeks import week_of
from services import week_history
from storage import tables as t
from storage.directory import bots, units
from storage.directory.bots import Bot
from tests.abuse.meeting import IN_EVERY_ORDER, Meet, Meeting, Move
from tests.conversation import Officer, Town
from tests.integration.test_handing_in import ask_for

pytestmark = IN_EVERY_ORDER


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def written(gv: Town) -> list[tuple[str, int, int]]:
    """The state, the revision and the women of every report."""
    query = select(t.submission.c.state, t.submission.c.revision, t.activity_line.c.women)
    return gv.database.read(
        lambda db: [tuple(row) for row in db.execute(query.join_from(t.submission, t.activity_line))]
    )


def actions(gv: Town) -> list[str]:
    """What was done to the report, in order."""
    version = t.submission_revision.c
    return gv.database.read(lambda db: list(db.scalars(select(version.action).order_by(version.revision))))


def corrects_to(officer: Officer, women: int) -> Move:
    """A correction that needs only be sent."""
    officer.at_report("Sửa", "Sửa câu trả lời", "Nữ")
    officer.says(str(women))
    return Move.press(officer, officer.choice("Gửi báo cáo").id)


def shown(officer: Officer, label: str, *, then: str = "") -> Move:
    """A choice of the report that somebody has open; `then` the one that its question offers."""
    officer.at_report()
    button = officer.choice(label).id
    if then:
        officer.presses(button)
        button = officer.choice(then).id
    return Move.press(officer, button)


def test_of_two_corrections_one_counts_and_the_other_is_a_draft(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    colleague = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    chair.at_report("Trả lại", "Có, trả lại")
    meet(meeting, corrects_to(officer, 33), corrects_to(colleague, 77))
    officer.sees("Đã sửa xong")
    colleague.sees("bản nháp")
    assert "Đã sửa xong" not in colleague.text
    assert written(gv) == [("sent", 3, 33)]
    said = [*colleague.heard, *gv.notices(colleague)]
    assert any("vừa sửa báo cáo này" in message.text and "33 nữ" in message.text for message in said)
    colleague.says("/menu")
    colleague.taps("Làm tiếp bản nháp")
    colleague.sees("không sửa báo cáo này được nữa", "33 nữ", "77")
    assert written(gv) == [("sent", 3, 33)]
    chair.at_report("Trả lại", "Có, trả lại")
    colleague.says("/menu")
    colleague.taps("Làm tiếp bản nháp")
    colleague.sees("33 nữ", "sẽ thay cho số liệu này", "77")
    colleague.taps("Gửi báo cáo")
    assert written(gv) == [("sent", 5, 77)]


def test_nothing_is_checked_while_its_correction_is_sent(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.reports(women=30)
    meet(meeting, corrects_to(officer, 900), shown(chair, "Duyệt"))
    chair.sees("vừa sửa báo cáo này", "900 nữ")
    assert written(gv) == [("sent", 2, 900)]
    chair.taps("Duyệt")
    assert written(gv) == [("approved", 3, 900)]


def test_a_correction_that_is_sent_while_its_report_is_checked_needs_leave(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.reports(women=30)
    meet(meeting, shown(chair, "Duyệt"), corrects_to(officer, 900))
    officer.sees("vừa duyệt báo cáo này", "bản nháp")
    assert "Xin sửa" in officer.labels
    assert written(gv) == [("approved", 2, 30)]
    assert actions(gv) == ["send", "approve"]


def test_nothing_is_returned_while_its_correction_is_sent(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.reports(women=30)
    meet(meeting, corrects_to(officer, 33), shown(chair, "Trả lại", then="Có, trả lại"))
    chair.sees("vừa sửa báo cáo này", "33 nữ")
    assert written(gv) == [("sent", 2, 33)]


def test_nothing_is_checked_while_it_is_withdrawn(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.reports()
    meet(meeting, shown(officer, "Rút", then="Đúng, rút lại"), shown(chair, "Duyệt"))
    chair.sees("vừa rút báo cáo này")
    assert written(gv) == [("withdrawn", 2, 30)]


def test_nothing_is_withdrawn_while_it_is_checked(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.reports()
    meet(meeting, shown(chair, "Duyệt"), shown(officer, "Rút", then="Đúng, rút lại"))
    officer.sees("vừa duyệt báo cáo này")
    assert written(gv) == [("approved", 2, 30)]


def test_two_chairs_check_once(gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer) -> None:
    deputy = gv.joined("ward_chair", "P10")
    officer.reports()
    meet(meeting, shown(chair, "Duyệt"), shown(deputy, "Duyệt"))
    chair.sees("Đã duyệt")
    deputy.sees("vừa duyệt báo cáo này", "45 lượt người")
    assert actions(gv) == ["send", "approve"]


def test_what_is_owed_is_handed_in_once(gv: Town, meeting: Meeting, meet: Meet, chair: Officer) -> None:
    deputy = gv.joined("ward_chair", "P10")
    owes(gv, "P10", gv.now.date() + timedelta(days=3))
    for person in (chair, deputy):
        person.says("việc cần làm")
    meet(meeting, *(Move.press(person, person.choice("Đã nộp giấy").id) for person in (chair, deputy)))
    chair.sees("Đã ghi nhận")
    deputy.sees("đã báo là nộp rồi, ngày 18/11/2026")
    done = select(t.obligation.c.revision, t.account.c.external_id)
    of_account = done.join(t.account, t.account.c.person_id == t.obligation.c.done_by)
    assert gv.database.read(lambda db: [tuple(row) for row in db.execute(of_account)]) == [(2, chair.account)]


def owes(gv: Town, unit: str, due_on: date) -> None:
    def job(db: Connection) -> None:
        row = units.unit_id(db, unit)
        db.execute(insert(t.obligation).values(unit_id=row, kind="periodic_report", due_on=due_on))

    gv.database.write(job).result()


def test_no_invitation_outlives_the_role_that_makes_it(gv: Town, meeting: Meeting, meet: Meet, chair: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    secretariat.presses("staff:P10:0")
    secretariat.taps("Phường 10")
    secretariat.taps("Không còn phụ trách")
    ends = Move.press(secretariat, secretariat.choices[0].id)
    meet(meeting, ends, Move.press(chair, "invite_make:ward_chair:P10:1"))
    secretariat.sees("Đã kết thúc")
    for code in chair.codes:
        stranger = gv.stranger()
        stranger.says(f"/start {code}")
        stranger.sees("đã được dùng rồi")
    chair.says("/canbo")
    chair.sees("chưa có vai trò")


def test_a_role_ends_once(gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer) -> None:
    deputy = gv.joined("ward_chair", "P10")
    for person in (chair, deputy):
        person.says("/canbo")
        person.taps("Khu phố 5")
        person.taps("Không còn phụ trách")
    meet(meeting, *(Move.press(person, person.choices[0].id) for person in (chair, deputy)))
    chair.sees("Đã kết thúc")
    deputy.sees("không còn thấy vai trò đó")
    assert len(gv.notices(officer)) == 1


def test_a_report_is_sent_before_the_role_ends_or_not_at_all(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer, chair: Officer
) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    send = Move.press(officer, officer.choice("Gửi báo cáo").id)
    chair.says("/canbo")
    chair.taps("Khu phố 5")
    chair.taps("Không còn phụ trách")
    meet(meeting, Move.press(chair, chair.choices[0].id), send)
    chair.sees("Đã kết thúc")
    assert ("Đã lưu" in officer.text) is bool(written(gv))
    assert ("Đã lưu" in officer.text) or "vai trò" in officer.text


def test_no_activity_is_said_once(gv: Town, meeting: Meeting, meet: Meet, officer: Officer) -> None:
    colleague = gv.joined("propagandist", "P10-KP05")
    nothing = f"nil:P10-KP05:{week_of(gv.now.date())}"
    meet(meeting, Move.press(officer, nothing), Move.press(colleague, nothing))
    officer.sees("Đã ghi nhận")
    colleague.sees("Đã ghi từ trước")


def test_of_a_report_and_no_activity_the_report_stands_and_the_week_knows_both(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer
) -> None:
    colleague = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    send = Move.press(officer, officer.choice("Gửi báo cáo").id)
    meet(meeting, send, Move.press(colleague, f"nil:P10-KP05:{week_of(gv.now.date())}"))
    assert "đã có báo cáo" in colleague.text or "Đã ghi nhận" in colleague.text
    assert gv.database.read(week_history.strays) == 0


def test_two_reports_of_one_week_are_both_known_of_it(gv: Town, meeting: Meeting, meet: Meet, officer: Officer) -> None:
    colleague = gv.joined("propagandist", "P10-KP05")
    sends = []
    for who, activity in ((officer, "gia đình"), (colleague, "pháp luật")):
        who.says(f"báo cáo hôm nay nói chuyện {activity} người dân nữ 30 nam 15")
        sends.append(Move.press(who, who.choice("Gửi báo cáo").id))
    meet(meeting, *sends)
    row = t.unit_week.c
    assert gv.database.read(lambda db: db.scalars(select(row.reported)).all()) == [len(written(gv))]
    assert gv.database.read(week_history.strays) == 0


def test_two_wards_given_to_a_bot_are_both_its_own(gv: Town, meeting: Meeting, meet: Meet) -> None:
    gv.database.write(lambda db: bots.introduce(db, "zalo", "100", "Bot")).result()
    first, second = gv.joined("secretariat", "GV"), gv.joined("secretariat", "GV")
    for person in (first, second):
        person.presses("bot:100")
    meet(meeting, *(Move.press(p, p.choice(w).id) for p, w in ((first, "Phường 10"), (second, "Phường 11"))))
    kept = gv.database.read(lambda db: bots.bot(db, "zalo", "100"))
    assert kept == Bot("zalo", "100", "Bot", ("P10", "P11"))


def test_two_answers_of_one_person_are_taken_one_after_the_other(
    gv: Town, meeting: Meeting, meet: Meet, officer: Officer
) -> None:
    """Whichever comes first is the day; the other one answers what is asked then."""
    officer.says("báo cáo")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình"):
        officer.taps(label)
    again = replace(officer)
    meet(meeting, Move.say(officer, "hôm nay"), Move.say(again, "17/11"))
    taken = {"2026-11-18": officer, "2026-11-17": again}
    (day,) = (day for day, who in taken.items() if "✓ Ngày" in who.text)
    state = gv.database.read(lambda db: db.scalar(select(t.interview.c.state)))
    assert f'"date":"{day}"' in str(state)


def test_a_code_sent_twice_at_once_lets_one_person_in(gv: Town, meeting: Meeting, meet: Meet) -> None:
    """A stranger has no row to lock yet."""
    stranger = gv.stranger()
    code = f"/start {gv.invitation('propagandist', 'P10-KP05', uses=2)}"
    meet(meeting, Move.say(stranger, code), Move.say(replace(stranger), code))
    assert len(gv.database.read(lambda db: db.scalars(select(t.person.c.id)).all())) == 1


def test_of_two_that_hand_in_the_same_the_first_counts_and_the_other_is_a_draft(
    gv: Town, meeting: Meeting, meet: Meet, chair: Officer
) -> None:
    deputy, secretariat = gv.joined("ward_chair", "P10"), gv.joined("secretariat", "GV")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    for person, said in ((chair, "Ba buổi"), (deputy, "Bốn buổi")):
        person.presses(gv.notices(person)[-1].choices[0].id)
        person.says(said)
    meet(meeting, *(Move.press(person, person.choice("Gửi báo cáo").id) for person in (chair, deputy)))
    chair.sees("Đã nộp")
    deputy.sees("đã nộp trước rồi", "bản nháp")
    count = select(t.submission.c.id)
    assert len(gv.database.read(lambda db: db.scalars(count).all())) == 1
    deputy.taps("Xem lại nội dung")
    deputy.sees("Bốn buổi")
