"""On the day of a change people go where their units went, and read once what changed and what stays."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.units_import import take_back
from plan.comparing import compare
from plan.importing import read_list
from plan.ledger import read_ledger
from plan.sync import apply, stored_units
from plan.undoing import NotUndone
from rules.changes import ChangeKind
from scheduler.preview import preview
from storage.directory.units import unit_id, unit_tree
from storage.records import obligations
from tests.conversation import CALENDAR, WEDNESDAY, Officer, Town
from tests.integration.changing import begin, closed, end, merged, moved, split
from tests.levels import shipped_levels
from tests.ticking import tick

NOW = WEDNESDAY
TODAY = WEDNESDAY.date()
TOMORROW = TODAY + timedelta(days=1)


def imported(db: Connection, now: datetime) -> int:
    """The reorganisation of January 2025, from 16 wards to 12, made known only now."""
    stored, folder = stored_units(db), Path("plan/changes")
    new = read_list(folder / "2025-01-01.units.csv", stored, shipped_levels())
    changes = compare(stored, new, now.date(), read_ledger(folder / "2025-01-01.changes.csv"))
    return apply(db, changes, now)


def ticks(gv: Town) -> None:
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()


def news(gv: Town, officer: Officer) -> list[str]:
    return [message.text for message in gv.notices(officer)]


def test_after_a_merger_an_officer_reports_for_the_unit_that_goes_on(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    ticks(gv)
    assert news(gv, officer) == []
    gv.later(days=1)
    ticks(gv)
    ticks(gv)
    (told,) = news(gv, officer)
    assert "Từ 19/11/2026, Khu phố 5, Phường 10 nhập vào" in told
    assert "Anh/chị nay là cán bộ tuyên truyền, Khu phố 6, Phường 10" in told
    assert "vẫn báo và sửa được đến hết 16/12/2026" in told
    officer.reports()
    officer.sees("Khu phố 6, Phường 10")


def test_it_works_when_the_list_comes_after_the_day_as_well(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    merged(gv, TODAY - timedelta(days=9), "P10-KP06", "P10-KP05")
    ticks(gv)
    assert len(news(gv, officer)) == 1
    officer.reports()
    officer.sees("Khu phố 6, Phường 10")


def test_what_took_place_before_the_day_is_still_reported_for_the_old_unit_and_later_days_are_not(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    gv.later(days=1)
    ticks(gv)
    officer.says("menu")
    officer.taps("Báo việc của Khu phố 5, đến 18/11/2026")
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("Khu phố 5, Phường 10 kết thúc ngày 18/11/2026", "báo cho Khu phố 6, Phường 10", "Tôi chưa gửi")
    officer.taps("Xem lại nội dung")
    officer.says("ngày 18/11")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "Khu phố 5, Phường 10")


def test_a_later_day_is_sent_for_the_successor_by_one_tap(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo hôm qua tọa đàm gia đình người dân nữ 30 nam 15")
    merged(gv, TODAY - timedelta(days=3), "P10-KP06", "P10-KP05")
    officer.taps("Gửi báo cáo")
    officer.sees("Khu phố 5, Phường 10 kết thúc ngày 14/11/2026")
    ticks(gv)
    officer.says("menu")
    officer.taps("Làm tiếp bản nháp")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "Khu phố 6, Phường 10")


def test_after_four_weeks_the_old_unit_is_closed_for_its_people_too(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    closed(gv, TOMORROW, "P10-KP05")
    gv.later(days=1)
    ticks(gv)
    assert "không có đơn vị nào thay thế" in news(gv, officer)[0]
    officer.says("báo cáo của tôi")
    officer.taps("18/11")
    officer.taps("Sửa")
    officer.says("nữ 31 nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa")
    gv.later(days=28)
    officer.says("menu")
    officer.sees("chưa có vai trò nào")
    officer.presses("view:1")
    assert "Sửa" not in officer.labels


def test_a_report_that_was_returned_goes_to_the_people_of_the_successor(gv: Town) -> None:
    author, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    author.reports()
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    heir = gv.joined("propagandist", "P10-KP06")
    gv.later(days=40)
    author.presses("forget:1")
    chair.at_report("Trả lại", "Có, trả lại")
    chair.sees("Đã trả lại")
    assert "xem lại báo cáo ngày 18/11/2026" in news(gv, heir)[-1]
    heir.presses("view:1")
    heir.taps("Sửa")
    heir.says("nữ 31 nam 15")
    heir.taps("Gửi báo cáo")
    heir.sees("Đã sửa", "Khu phố 5, Phường 10")


def test_of_a_split_the_chair_says_where_somebody_goes_on(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    split(gv, TOMORROW, "P10-KP05", "P10-KP51", "P10-KP52")
    gv.later(days=1)
    ticks(gv)
    ticks(gv)
    assert "chia thành Khu phố 51, Phường 10 và Khu phố 52, Phường 10" in news(gv, officer)[0]
    (question,) = gv.notices(chair)
    assert "nay phụ trách nơi nào" in question.text
    assert [choice.label for choice in question.choices][:3] == [
        "Khu phố 51",
        "Khu phố 52",
        "Không nơi nào: kết thúc vai trò",
    ]
    chair.presses(question.choices[1].id)
    chair.sees("nay phụ trách Khu phố 52, Phường 10")
    chair.taps("Khu phố 51")
    assert "Anh/chị nay là cán bộ tuyên truyền, Khu phố 51, Phường 10" in news(gv, officer)[-1]
    officer.says("báo cáo")
    assert set(officer.labels) >= {"Khu phố 51, Phường 10", "Khu phố 52, Phường 10"}


def test_nobody_places_people_of_units_that_they_do_not_look_after(gv: Town) -> None:
    officer, other = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P11")
    split(gv, TOMORROW, "P10-KP05", "P10-KP51", "P10-KP52")
    gv.later(days=1)
    ticks(gv)
    before = len(news(gv, officer))
    other.presses("place:1:P10-KP51")
    assert len(news(gv, officer)) == before


def test_who_keeps_a_unit_that_moves_or_is_renamed_reads_it_once(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    moved(gv, TOMORROW, "P10-KP05", "Khu phố 5", "P11")
    moved(gv, TOMORROW, "P10-KP06", "Khu phố Mới", "P10", ChangeKind.RENAME)
    neighbour = gv.joined("propagandist", "P10-KP06")
    gv.later(days=1)
    ticks(gv)
    ticks(gv)
    (told,) = news(gv, officer)
    assert "Khu phố 5, Phường 10 là Khu phố 5, Phường 11" in told
    (told,) = news(gv, neighbour)
    assert "Khu phố 6, Phường 10 đổi tên thành Khu phố Mới, Phường 10" in told
    late = gv.joined("propagandist", "P10-KP06")
    ticks(gv)
    assert news(gv, late) == []


def test_a_code_of_a_unit_that_ended_lets_nobody_in_and_says_whom_to_ask(gv: Town) -> None:
    code, other = gv.invitation("propagandist", "P10-KP05"), gv.invitation("propagandist", "P10-KP07")
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    closed(gv, TOMORROW, "P10-KP07")
    gv.later(days=1)
    stranger = gv.stranger()
    stranger.says(code)
    stranger.sees("kết thúc ngày 18/11/2026, nay là Khu phố 6, Phường 10", "nhờ Phường 10 gửi mã mới")
    member = gv.joined("propagandist", "P10-KP06")
    member.says(other)
    member.sees("Khu phố 7, Phường 10, đã kết thúc", "nhờ Phường 10 gửi mã mới")


def test_the_chair_of_a_merged_ward_looks_after_the_ward_that_goes_on(gv: Town) -> None:
    officer, chair = gv.joined("propagandist", "P04-KP01"), gv.joined("ward_chair", "P04")
    heir = gv.joined("ward_chair", "P03")
    officer.reports()
    merged(gv, TOMORROW, "P03", "P04")
    gv.later(days=1)
    ticks(gv)
    assert "Anh/chị nay là Chủ tịch UBND, Phường 3" in news(gv, chair)[0]
    heir.presses("view:1")
    assert "Duyệt ✓" in heir.labels


def test_an_import_that_is_taken_back_takes_people_back_too(gv: Town) -> None:
    chair, officer = gv.joined("ward_chair", "P04"), gv.joined("propagandist", "P13-KP01")
    officer.says("báo cáo")
    number = gv.database.write(lambda db: imported(db, gv.now)).result()
    gv.later(minutes=1)
    ticks(gv)
    assert "Anh/chị nay là Chủ tịch UBND, Phường 1" in news(gv, chair)[0]
    assert "Khu phố 1, Phường 13 là Khu phố 1, Phường 15" in news(gv, officer)[0]
    taken = gv.database.write(lambda db: take_back(db, gv.now, number)).result()
    assert taken.why_not is None
    for person in (chair, officer):
        assert news(gv, person)[1:] == ["Thay đổi đơn vị tôi đã báo được rút lại: vai trò của anh/chị như cũ."]
    chair.says("tôi")
    chair.sees("Chủ tịch UBND, Phường 4")
    ticks(gv)
    assert len(news(gv, chair)) == 2
    gv.database.write(lambda db: imported(db, gv.now)).result()
    gv.later(minutes=1)
    ticks(gv)
    assert "Anh/chị nay là Chủ tịch UBND, Phường 1" in news(gv, chair)[2]


def test_an_import_that_stays_leaves_people_where_they_are(gv: Town) -> None:
    officer = gv.joined("propagandist", "P04-KP01")
    number = gv.database.write(lambda db: imported(db, gv.now)).result()
    gv.later(minutes=1)
    ticks(gv)
    officer.reports()
    taken = gv.database.write(lambda db: take_back(db, gv.now, number)).result()
    assert taken.why_not is NotUndone.REPORTED
    assert len(news(gv, officer)) == 1
    officer.says("tôi")
    officer.sees("Khu phố 1, Phường 1")


@pytest.mark.parametrize("day", [TOMORROW, TODAY + timedelta(days=5)])  # amid the week, and the Monday after it
def test_the_last_week_of_a_merged_ward_is_summarised_to_the_chair_of_its_successor(gv: Town, day: date) -> None:
    gv.joined("ward_chair", "P03")
    merged(gv, day, "P03", "P04")
    since, until = WEDNESDAY + timedelta(days=4), WEDNESDAY + timedelta(days=12)
    due = gv.database.read(lambda db: preview(db, gv.world.plan, CALENDAR, since, until))
    first, second = (each.text for each in due if (each.rule, each.unit) == ("weekly_summary", "P03"))
    assert "Phường 4 kết thúc trong tuần đó; tóm tắt tuần cuối ở nút bên dưới." in first
    assert "Phường 4" not in second


def test_what_is_due_follows_the_unit(gv: Town) -> None:
    def job(db: Connection) -> set[tuple[str, str, bool]]:
        due_on = TODAY + timedelta(days=9)
        ids = [unit_id(db, code) or 0 for code in ("P03", "P04", "P05")]
        obligations.write_down(db, ids, ["plan_draft", "periodic_report"], due_on)
        for owed in obligations.of_units(db, ids, TODAY):
            if owed.unit in ("P04", "P05") and owed.kind == "plan_draft":
                obligations.mark_done(db, owed.id, owed.revision, 1, NOW)
        end(db, ChangeKind.MERGE, "P04", TODAY, "P03")
        begin(db, "P99", "Phường Mới", "GV", TODAY)
        end(db, ChangeKind.RENAME, "P05", TODAY, "P99")
        tick(db, gv.world.plan, CALENDAR, NOW)
        units = [unit.id for unit in unit_tree(db).on(TODAY).units]
        return {(owed.unit, owed.kind, owed.done_at is not None) for owed in obligations.of_units(db, units, TODAY)}

    gv.joined("secretariat", "GV")
    assert gv.database.write(job).result() == {
        ("P03", "plan_draft", False),
        ("P03", "periodic_report", False),
        ("P04", "plan_draft", True),
        ("P99", "plan_draft", True),
        ("P99", "periodic_report", False),
    }


def test_a_chairs_role_elsewhere_gives_nothing_in_what_the_own_unit_took_over(gv: Town) -> None:
    author, heir = gv.joined("propagandist", "P10-KP05"), gv.joined("propagandist", "P10-KP06")
    heir.says(gv.invitation("ward_chair", "P11"))
    author.reports()
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    gv.later(days=1)
    heir.presses("view:1")
    heir.sees("Khu phố 5, Phường 10")
    assert "Duyệt ✓" not in heir.labels


def test_a_draft_without_a_day_comes_along(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    officer.taps("Buổi sinh hoạt")
    merged(gv, TOMORROW, "P10-KP06", "P10-KP05")
    gv.later(days=1)
    ticks(gv)
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu", "Khu phố 6, Phường 10")


def test_what_was_overdue_when_its_ward_ended_is_handed_in_by_the_ward_that_goes_on(gv: Town) -> None:
    """Under the old ward's name: the ward that goes on has its own of the same day."""
    due_on = TODAY - timedelta(days=3)

    def job(db: Connection) -> None:
        ids = [unit_id(db, code) or 0 for code in ("P03", "P04")]
        obligations.write_down(db, ids, ["plan_draft"], due_on)
        mine = obligations.of_units(db, ids[:1], due_on)[0]
        obligations.mark_done(db, mine.id, mine.revision, 1, NOW)

    def stands(db: Connection) -> dict[str, bool]:
        ids = [unit_id(db, code) or 0 for code in ("P03", "P04")]
        return {owed.unit: owed.done_at is not None for owed in obligations.of_units(db, ids, due_on)}

    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P03")
    other = gv.joined("ward_chair", "P05")
    gv.database.write(job).result()
    merged(gv, TOMORROW, "P03", "P04")
    gv.later(days=1)
    ticks(gv)
    secretariat.says("/chuanop")
    secretariat.sees("Phường 4: dự thảo năm 2027")
    secretariat.taps("Nhắc: Phường 4")
    assert any("Phường 4" in text for text in news(gv, chair))
    chair.says("/chuanop")
    assert "Phường 4" not in chair.text
    chair.sees("Riêng anh/chị còn 1 việc")
    other.says("/han")
    assert "Phường 4" not in other.text
    other.presses("done:2:1")
    assert gv.database.read(stands) == {"P03": True, "P04": False}
    chair.says("/han")
    chair.sees("Chưa nộp 1/2 đơn vị: Phường 4")
    chair.taps("Đã nộp giấy")
    assert gv.database.read(stands) == {"P03": True, "P04": True}
    secretariat.says("/chuanop")
    assert "Phường 4" not in secretariat.text
