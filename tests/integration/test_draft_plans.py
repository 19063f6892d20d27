"""Draft plans: handed in, compared as they come in, answered, and added up; no figure of what took place moves."""

from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook
from sqlalchemy import Connection, func, select

from periods.period import period_of
from reports.drafts import form_name
from reports.files.builders import builder_of
from reports.files.building import Material
from reports.files.drafts import DRAFTS
from reports.letters.composing import Wanted, compose
from rules.drafts import Answer
from services import draft_plans
from services.draft_facts import days_of
from services.results import Refusal
from services.viewer import Viewer
from storage import tables as t
from storage.records.obligations import not_written_down, write_down
from tests.conversation import Officer, Town, shipped_plan

DUE = date(2026, 11, 30)


def owes(gv: Town, kind: str = "plan_draft") -> None:
    def job(db: Connection) -> None:
        units = not_written_down(db, 0, 1_000, ("ward_chair", "agency"), (kind,), DUE)
        write_down(db, units, (kind,), DUE)

    gv.database.write(job).result()


def plans(chair: Officer, *, month: str = "3", lead: str = "", cost: str = "Có") -> None:
    """One activity, as the chair of a ward answers the questions."""
    chair.says("việc cần làm")
    chair.taps("Nộp: dự thảo năm 2027")
    chair.says("Nói chuyện phòng, chống bạo lực gia đình")
    chair.taps("Nói chuyện: gia đình")
    chair.taps("Người dân")
    chair.taps("Nói chuyện, tọa đàm")
    chair.says("2")
    chair.says("nữ 60 nam 40")
    chair.says(month)
    chair.says("bỏ qua")
    chair.says("phường 10")
    chair.says("bỏ qua")
    chair.says(lead or "bỏ qua")
    chair.says("bỏ qua")
    chair.taps(cost)
    if cost == "Có":
        for said in ("Bồi dưỡng báo cáo viên", "buổi", "2", "500.000"):
            chair.says(said)
        chair.taps("Ngân sách phường")
        chair.says("bỏ qua")
    chair.says("bỏ qua")
    chair.taps("Xong, vậy thôi")
    chair.taps("Gửi")


def test_a_draft_is_asked_for_stored_reckoned_and_in_no_figure(gv: Town) -> None:
    owes(gv)
    chair = gv.joined("ward_chair", "P10")
    plans(chair)
    chair.sees("Đã nộp. Cảm ơn anh/chị! Phường 10: dự thảo nội dung", "năm 2027")
    chair.taps("Xem bản đã nộp")
    chair.sees("dự thảo kế hoạch năm 2027", "1 hoạt động, 1.000.000 đ", "tháng 3 · nữ 60, nam 40 lượt")
    (row,) = gv.database.read(lambda db: db.execute(select(t.draft_row)).all())
    assert (row.year, row.first_day, row.last_day, row.by_month) == (2027, date(2027, 3, 1), date(2027, 3, 31), True)
    (cost,) = gv.database.read(lambda db: db.execute(select(t.budget_line)).all())
    assert (cost.quantity, cost.rate, cost.amount, cost.source) == (2, 500_000, 1_000_000, "ward")
    counted = gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.activity)))
    assert counted == 0


def test_what_may_overlap_is_said_to_both_and_the_secretariat_and_answered(gv: Town) -> None:
    owes(gv)
    secretariat = gv.joined("secretariat", "GV")
    ward, agency = gv.joined("ward_chair", "P10"), gv.joined("agency", "CQ-VHTT")
    plans(ward)
    plans(agency, cost="Không")
    agency.sees("Có thể trùng, đề nghị trao đổi: 1 hoạt động.", "cùng đối tượng, địa bàn, thời gian")
    for told in (gv.notices(ward)[-1], gv.notices(secretariat)[-1]):
        assert "Có thể trùng, đề nghị trao đổi" in told.text
    secretariat.says("có thể trùng")
    secretariat.sees("Phường 10 · Nói chuyện", "Phòng Văn hóa và Thông tin")
    assert agency.labels[0] == "Có thể trùng với Phường 10"
    ward.presses(gv.notices(ward)[-1].choices[0].id)
    ward.sees("Đã trả lời: Giữ")
    assert "Đã trả lời: Giữ" in gv.notices(agency)[-1].text
    secretariat.says("có thể trùng")
    secretariat.sees("không còn chỗ trùng nào chưa trả lời")
    other = gv.joined("ward_chair", "P11")
    other.presses("overlap:1")
    assert "Phường 10" not in other.text


def test_what_was_decided_about_an_activity_is_asked_again_once_it_is_another(gv: Town) -> None:
    owes(gv)
    ward, agency = gv.joined("ward_chair", "P10"), gv.joined("agency", "CQ-VHTT")
    plans(ward)
    plans(agency, cost="Không")
    old = gv.notices(ward)[-1].choices[0].id
    ward.presses(old)
    ward.sees("Đã trả lời: Giữ")
    agency.at_report("Sửa", "Sửa câu", "Nội dung", row=2)
    agency.says("Hội thi tiểu phẩm")
    agency.taps("Gửi")
    agency.sees("Có thể trùng, đề nghị trao đổi", "Hội thi tiểu phẩm")
    assert "Hội thi tiểu phẩm" in gv.notices(ward)[-1].text
    ward.presses(old)
    assert "Đã trả lời" not in ward.text
    ward.sees("Hội thi tiểu phẩm")


def test_an_overlap_with_a_withdrawn_draft_is_none(gv: Town) -> None:
    owes(gv)
    secretariat = gv.joined("secretariat", "GV")
    ward, agency = gv.joined("ward_chair", "P10"), gv.joined("agency", "CQ-VHTT")
    plans(ward)
    plans(agency, cost="Không")
    old = gv.notices(ward)[-1].choices[0].id
    agency.at_report("Rút", "Đúng, rút lại", row=2)
    secretariat.says("có thể trùng")
    secretariat.sees("không còn chỗ trùng nào chưa trả lời")
    ward.presses(old)
    ward.sees("không còn trùng")
    plans(agency, cost="Không")
    ward.presses(old)
    ward.sees("không còn trùng")


def test_one_who_takes_part_does_not_overlap_and_its_budget_counts_once(gv: Town) -> None:
    owes(gv)
    secretariat = gv.joined("secretariat", "GV")
    ward, agency = gv.joined("ward_chair", "P10"), gv.joined("agency", "CQ-VHTT")
    plans(ward)
    plans(agency, lead="phường 10")
    assert "Có thể trùng" not in agency.text
    secretariat.says("dự toán")
    secretariat.sees(
        "Dự thảo năm 2027: 2 bản, 2 hoạt động, tổng 1.000.000 đ", "Một triệu đồng", "• Phường 10: 1.000.000 đ"
    )
    secretariat.sees("• ngân sách phường: 1.000.000 đ")


def test_a_draft_is_of_no_event_and_needs_no_photo(gv: Town) -> None:
    owes(gv)
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    plans(chair)
    for person in (secretariat, chair):
        person.at_report()
        assert "Ghép với báo cáo khác" not in person.labels
    secretariat.at_report("Trả lại")
    assert [label for label in secretariat.labels if label.startswith("Có")] == [
        *("Có, trả lại", "Có, vì số người có vẻ chưa đúng"),
    ]


def test_a_withdrawn_draft_counts_and_overlaps_no_more(gv: Town) -> None:
    owes(gv)
    secretariat, ward = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    plans(ward)
    ward.at_report("Rút", "Đúng, rút lại")
    secretariat.says("dự toán")
    secretariat.sees("0 hoạt động, tổng 0 đ")
    ward.says("việc cần làm")
    assert "Nộp: dự thảo năm 2027" in ward.labels


def test_the_workbook_holds_activities_and_the_budget_with_its_total_in_words(gv: Town, tmp_path: Path) -> None:
    owes(gv)
    plans(gv.joined("ward_chair", "P10"))
    place = tmp_path / "drafts.xlsx"

    def job(db: Connection) -> str:
        material = Material(db, shipped_plan(), tmp_path, gv.now, lambda *_: None)
        return builder_of(DRAFTS)(material, {"year": 2027, "draft": 0, "language": "vi"}, place)

    assert gv.database.read(job) == "Dự thảo năm 2027: 1 hoạt động, 1.000.000 đ."
    book = CalamineWorkbook.from_path(str(place))
    assert book.sheet_names == ["Hoạt động dự kiến", "Dự toán", "Tổng hợp"]
    heads, row = book.get_sheet_by_name("Hoạt động dự kiến").to_python()[:2]
    assert heads[:4] == ["STT", "Đơn vị", "Nội dung", "Mã hoạt động"]
    assert row[3] == "A2"
    budget = book.get_sheet_by_name("Dự toán").to_python()
    assert budget[1][7] == 1_000_000
    assert "Một triệu đồng" in str(budget[-1])


def test_the_results_report_shows_what_is_stored_and_is_confirmed(gv: Town) -> None:
    owes(gv, "periodic_report")
    officer, chair = gv.joined("propagandist", "P10-KP05"), gv.joined("ward_chair", "P10")
    officer.reports(day="15/10")
    chair.says("việc cần làm")
    chair.taps("Nộp: báo cáo định kỳ")
    chair.sees("45 lượt người (30 nữ, 15 nam)", "Số liệu trên đã đúng chưa?")
    chair.taps("Đúng")
    chair.says("Các khu phố làm tốt")
    chair.says("bỏ qua")
    chair.taps("Gửi")
    chair.sees("Đã nộp. Cảm ơn anh/chị! Phường 10: báo cáo định kỳ")
    chair.taps("Xem bản đã nộp")
    chair.sees("số liệu đã xác nhận", "Các khu phố làm tốt", "30 nữ, 15 nam")


def test_what_a_ward_proposes_in_its_report_on_results_is_gathered_into_the_district_s_letter(gv: Town) -> None:
    owes(gv, "periodic_report")
    chair = gv.joined("ward_chair", "P10")
    chair.says("việc cần làm")
    chair.taps("Nộp: báo cáo định kỳ")
    chair.taps("Đúng")
    chair.says("bỏ qua")
    chair.says("Thêm kinh phí in tờ rơi")
    chair.taps("Gửi")

    def proposals(unit: str) -> list[str]:
        plan = shipped_plan()
        wanted = Wanted("results", unit, period_of("2026-KQ", plan.periods), gv.now)
        letter = gv.database.read(lambda db: compose(db, plan, plan.letters, wanted))
        return list(letter.context["parts"]["proposals"])

    assert proposals("GV") == ["Phường 10: Thêm kinh phí in tờ rơi"]
    assert proposals("P10") == ["Thêm kinh phí in tờ rơi"]
    assert proposals("P11") == ["…"]
    chair.at_report("Rút", "Đúng, rút lại")
    assert proposals("GV") == ["…"]


def test_drafts_of_others_are_open_to_nobody_else(gv: Town) -> None:
    owes(gv)
    ward, agency = gv.joined("ward_chair", "P10"), gv.joined("agency", "CQ-VHTT")
    plans(ward)
    plans(agency, cost="Không")
    outsiders = [gv.joined("ward_chair", "P11"), gv.joined("propagandist", "P10-KP05")]

    def job(db: Connection) -> None:
        people = db.scalars(select(t.account.c.person_id).where(t.account.c.external_id.in_(accounts))).all()
        for person in people:
            viewer = Viewer(db, person, "", gv.now, shipped_plan().levels.owing)
            assert draft_plans.see_overlap(db, viewer, 1) is None
            answered = draft_plans.answer_overlap(db, viewer, 1, 1, Answer.KEEP, gv.now)
            assert answered is Refusal.UNKNOWN
            assert draft_plans.open_overlaps(db, viewer, offset=0, limit=9) == []
            assert draft_plans.overlaps_of(db, viewer, 1) == []
            assert draft_plans.budgets(db, viewer, shipped_plan(), 2027) is None
            assert not draft_plans.may_have_file(db, viewer, 0)
            assert not draft_plans.may_have_file(db, viewer, 1)

    accounts = [each.account for each in outsiders]
    gv.database.write(job).result()


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert days_of(2027, {"month": "2", "day": "31"}) == (date(2027, 2, 28), date(2027, 2, 28), False)


def test_a_form_of_work_is_called_as_the_draft_calls_it() -> None:
    names = [form_name(shipped_plan(), code, "vi") for code in ("media", "event", "unknown")]
    assert names == ["Tờ rơi, tin bài, phát thanh", "Sự kiện, hội thi", "unknown"]


def test_a_corrected_draft_is_what_is_planned(gv: Town) -> None:
    owes(gv)
    chair = gv.joined("ward_chair", "P10")
    plans(chair)
    chair.taps("Xem bản đã nộp")
    chair.taps("Sửa")
    chair.sees("Anh/chị xem lại giúp")  # what was skipped then is not asked again
    chair.says("tháng 4")
    chair.taps("Gửi")
    months = gv.database.read(lambda db: db.scalars(select(t.draft_row.c.first_day)).all())
    assert months == [date(2027, 4, 1)]
