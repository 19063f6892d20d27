"""Who may still change a report, and from which state of it: after a role has ended, and when corrections cross."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from storage import tables as t
from tests.conversation import Officer, Town
from tests.sweeping import sweep


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def leaves(gv: Town, officer: Officer) -> None:
    """All roles of a person end."""
    mine = select(t.account.c.person_id).where(t.account.c.external_id == officer.account)
    ended = update(t.assignment).where(t.assignment.c.person_id.in_(mine)).values(until=gv.now)
    gv.database.write(lambda db: db.execute(ended)).result()
    gv.later(minutes=1)


def moves_to(gv: Town, officer: Officer, unit: str) -> None:
    """The role ends, and another begins elsewhere."""
    leaves(gv, officer)
    officer.says(f"/start {gv.invitation('propagandist', unit)}")


def written(gv: Town) -> list[tuple[str, int]]:
    """The state and the women of every report."""
    query = select(t.submission.c.state, t.activity_line.c.women).join_from(t.submission, t.activity_line)
    return gv.database.read(lambda db: [(row[0], row[1]) for row in db.execute(query)])


def test_what_was_begun_for_a_former_unit_stays_a_draft(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    send = officer.choice("Gửi báo cáo").id
    moves_to(gv, officer, "P11-KP01")
    officer.presses(send)
    officer.sees("không còn giữ vai trò ở Khu phố 5, Phường 10", "Bản nháp được giữ")
    assert written(gv) == []
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    officer.says("/menu")
    officer.taps("Làm tiếp bản nháp")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "Khu phố 5, Phường 10")


@pytest.mark.parametrize("press", ["correct:1:1", "withdraw:1:1", "withdraw:1:1:yes"])
def test_a_former_units_report_stays_as_it_is(gv: Town, officer: Officer, press: str) -> None:
    officer.reports()
    moves_to(gv, officer, "P11-KP01")
    officer.presses(press)
    officer.sees("không còn giữ vai trò ở Khu phố 5, Phường 10", "báo người duyệt")
    officer.presses("view:1")
    assert not [label for label in officer.labels if label.startswith(("Sửa", "Rút"))]
    assert written(gv) == [("sent", 30)]


def test_a_correction_begun_before_the_role_ended_changes_nothing(gv: Town, officer: Officer) -> None:
    officer.reports()
    officer.at_report("Sửa")
    send = officer.choice("Gửi báo cáo").id
    moves_to(gv, officer, "P11-KP01")
    officer.presses(send)
    officer.sees("không còn giữ vai trò")
    assert written(gv) == [("sent", 30)]


def corrects_women(officer: Officer, women: int) -> None:
    officer.at_report("Sửa")
    officer.taps("Sửa câu trả lời")
    officer.taps("Nữ")
    officer.says(str(women))
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")


def test_an_older_correction_does_not_undo_a_newer_one(gv: Town, officer: Officer) -> None:
    officer.reports(women=30)
    officer.at_report("Sửa")
    older = officer.choice("Gửi báo cáo").id
    corrects_women(officer, 50)
    for press in (older, f"resume:{older.split(':')[1]}"):
        officer.presses(press)
        assert written(gv) == [("sent", 50)]
    officer.taps("Xem báo cáo")
    officer.sees("50 nữ")
    officer.says("/menu")
    assert "Làm tiếp bản nháp" not in officer.labels


def test_an_open_correction_does_not_bring_a_withdrawn_report_back(gv: Town, officer: Officer) -> None:
    officer.reports()
    officer.at_report("Sửa")
    send = officer.choice("Gửi báo cáo").id
    officer.at_report("Rút", "Đúng, rút lại")
    officer.presses(send)
    officer.sees("Bản sửa đó đã bỏ")
    assert written(gv) == [("withdrawn", 30)]


def test_a_return_meanwhile_does_not_stand_in_a_corrections_way(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    officer.at_report("Sửa")
    officer.taps("Sửa câu trả lời")
    officer.taps("Nữ")
    officer.says("50")
    chair.at_report("Trả lại", "Có, trả lại")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")
    assert written(gv) == [("sent", 50)]


def revisions(gv: Town) -> list[str]:
    """What was done to the reports, in order."""
    done = select(t.submission_revision.c.action).order_by(t.submission_revision.c.revision)
    return gv.database.read(lambda db: list(db.execute(done).scalars()))


def test_a_report_that_counts_is_left_as_it_is_when_nothing_was_changed(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    officer.at_report("Sửa")
    officer.taps("Gửi báo cáo")
    officer.sees("Không có gì thay đổi: báo cáo vẫn như cũ")
    assert (written(gv), revisions(gv)) == ([("sent", 30)], ["send"])
    officer.at_report("Sửa")
    chair.at_report("Duyệt")
    officer.taps("Gửi báo cáo")
    officer.sees("Không có gì thay đổi: báo cáo vẫn như cũ")
    assert (written(gv), revisions(gv)) == ([("approved", 30)], ["send", "approve"])
    officer.says("/menu")
    assert "Làm tiếp bản nháp" not in officer.labels


def test_a_returned_report_is_sent_again_when_its_author_changes_nothing(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    chair.at_report("Trả lại", "Có, trả lại")
    officer.at_report("Sửa")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã gửi lại như cũ")
    assert (written(gv), revisions(gv)) == ([("sent", 30)], ["send", "return", "correct"])


def test_two_officers_correct_a_returned_report_and_the_second_is_told(gv: Town, officer: Officer) -> None:
    chair, colleague = gv.joined("ward_chair", "P10"), gv.joined("propagandist", "P10-KP05")
    officer.reports()
    chair.at_report("Trả lại", "Có, trả lại")
    colleague.at_report("Sửa")
    late = colleague.choice("Gửi báo cáo").id
    corrects_women(officer, 33)
    assert "thành bản nháp" in gv.notices(colleague)[-1].text
    colleague.presses(late)
    assert written(gv) == [("sent", 33)]
    colleague.presses("view:1")
    assert "Sửa" not in colleague.labels


def test_nothing_is_returned_where_nobody_could_correct_it(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    leaves(gv, officer)
    chair.at_report("Trả lại")
    chair.sees("không còn ai phụ trách Khu phố 5, Phường 10")
    assert written(gv) == [("sent", 30)]
    chair.taps("Duyệt")
    assert written(gv) == [("approved", 30)]


def test_who_is_in_the_unit_now_corrects_what_somebody_left_behind(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    leaves(gv, officer)
    successor = gv.joined("propagandist", "P10-KP05")
    chair.at_report("Trả lại", "Có, trả lại")
    chair.sees("đã được nhắc sửa")
    assert gv.notices(officer) == []
    assert "nhờ Khu phố 5, Phường 10 xem lại báo cáo ngày 18/11/2026" in gv.notices(successor)[-1].text
    successor.says("của tôi")
    successor.taps("18/11")
    corrects_women(successor, 33)
    assert written(gv) == [("sent", 33)]
    successor.presses("view:1")
    assert not [label for label in successor.labels if label.startswith(("Sửa", "Rút"))]


def test_a_chair_reads_that_nobody_could_be_told(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    unusable = update(t.account).where(t.account.c.external_id == officer.account).values(usable=False)
    gv.database.write(lambda db: db.execute(unusable)).result()
    chair.at_report("Trả lại", "Có, trả lại")
    chair.sees("không nhắn được cho người có thể sửa")
    assert written(gv) == [("returned", 30)]


def test_a_report_is_returned_only_after_a_yes_and_the_list_is_one_tap_away(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.reports()
    chair.says("tóm tắt")
    chair.taps("Chi tiết…")
    chair.taps("Các báo cáo")
    chair.taps("18/11")
    chair.taps("Trả lại để sửa")
    chair.taps("Không, giữ lại")
    chair.taps("← Các báo cáo")
    chair.sees("Phường 10")
    chair.taps("18/11")
    chair.taps("Trả lại để sửa")
    chair.taps("Có, trả lại")
    assert "Lý do" not in gv.notices(officer)[-1].text
    chair.taps("← Các báo cáo")
    assert "⚠" in chair.labels[0]


def photos(officer: Officer) -> int:
    return len(officer.heard[-1].pictures)


def test_a_photo_that_a_correction_takes_out_is_neither_shown_nor_kept(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.photographs()
    officer.taps("Gửi báo cáo")
    chair.presses("view:1")
    assert photos(chair) == 1
    officer.at_report("Sửa")
    officer.taps("Sửa câu trả lời")
    officer.taps("Hình")
    officer.says("bỏ qua")
    officer.taps("Gửi báo cáo")
    chair.presses("view:1")
    chair.sees("45 lượt người")
    assert photos(chair) == 0
    gv.later(days=31)
    gv.database.write(lambda db: sweep(db, gv.now)).result()
    assert gv.database.read(lambda db: db.scalars(select(t.attachment.c.id)).all()) == []


def test_a_photo_stays_with_a_report_that_is_corrected_otherwise(officer: Officer) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15")
    officer.photographs()
    officer.taps("Gửi báo cáo")
    corrects_women(officer, 33)
    officer.presses("view:1")
    assert photos(officer) == 1


def test_a_report_outlives_the_activity_that_left_the_plan(gv: Town, officer: Officer) -> None:
    officer.reports()
    rest = {code: each for code, each in gv.world.plan.activities.items() if code != "A2"}
    gv.world = replace(gv.world, plan=replace(gv.world.plan, activities=rest))
    officer.says("của tôi")
    officer.taps("18/11 · A2")
    officer.sees("Khu phố 5, Phường 10 · A2", "45 lượt người")
    officer.says("/menu")
    officer.taps("Giống lần trước")
    officer.sees("A2")
