"""What is asked for besides, handed in by form, file or on paper, reminded by hand, and counted in time or late."""

from datetime import timedelta

from sqlalchemy import Connection, select

from messages import File
from periods.days import local_day
from storage import tables as t
from storage.directory.units import unit_tree
from storage.records.obligations import due_between, mark_done, not_written_down, write_down
from tests.conversation import CALENDAR, Officer, Town
from tests.integration.changing import merged
from tests.ticking import tick

FILE_OF_WARD = File(is_image=False, name="bao-cao.docx", mime="application/msword", size=9, sha256="cd" * 32)


def ask_for(secretariat: Officer, takes: str = "Cả báo cáo ngắn và tệp", *units: str) -> None:
    secretariat.says("yêu cầu nộp")
    secretariat.says("Báo cáo nhanh Tháng hành động")
    secretariat.taps(takes)
    secretariat.taps("Chọn từng đơn vị")
    secretariat.says(", ".join(units or ("phường 10", "phường 11")))
    secretariat.says("25/11")
    secretariat.sees("Báo cáo nhanh Tháng hành động", "Phường 10")
    secretariat.taps("Gửi")


def owes(gv: Town, days: int, kind: str = "periodic_report") -> None:
    due_on = local_day(gv.now) + timedelta(days=days)

    def job(db: Connection) -> None:
        units = not_written_down(db, 0, 1_000, ("ward_chair",), (kind,), due_on)
        write_down(db, units, (kind,), due_on)

    gv.database.write(job).result()


def test_what_the_secretariat_asks_for_is_told_handed_in_and_opened(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat)
    secretariat.sees("Đã gửi yêu cầu đến 2 đơn vị", "trước ngày 26/11/2026 (ngày cuối: 25/11/2026)", "1 đơn vị chưa có")
    (told,) = gv.notices(chair)
    assert "Thường trực Ban đề nghị Phường 10 nộp: Báo cáo nhanh Tháng hành động" in told.text
    chair.presses(told.choices[0].id)
    chair.sees("Phường 10 nộp: Báo cáo nhanh", "Nội dung báo cáo?")
    chair.says("Đã tổ chức 3 buổi")
    chair.sees("gửi tệp")
    chair.sends(File(is_image=False, name="virus.exe", mime="", size=9, sha256="ef" * 32))
    chair.sees("Tôi nhận tệp Word", "virus.exe", "gửi tệp")
    chair.sends(FILE_OF_WARD)
    chair.sees("bao-cao.docx")
    chair.taps("Gửi")
    chair.sees("Đã nộp. Cảm ơn anh/chị! Phường 10: Báo cáo nhanh Tháng hành động")
    secretariat.says("/chuanop")
    secretariat.sees("Phường 11: Báo cáo nhanh Tháng hành động – còn 7 ngày")
    assert "Phường 10" not in secretariat.text
    secretariat.at_report("📎 bao-cao.docx")
    document = secretariat.heard[-1].document
    assert document is not None
    assert document.data == {"sha256": FILE_OF_WARD.sha256}


def test_a_file_that_comes_first_is_the_one_that_is_asked_for(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat)
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    chair.sends(FILE_OF_WARD)
    chair.sees("✓ Tệp: 📎 bao-cao.docx", "Nội dung báo cáo?")
    chair.says("Ba buổi")
    chair.taps("Gửi báo cáo")
    chair.sees("Đã nộp")


def test_nobody_else_opens_a_file(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Tệp")
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    chair.sends(FILE_OF_WARD)
    chair.taps("Gửi")
    other = gv.joined("ward_chair", "P11")
    other.presses("open_file:1:0")
    assert other.heard[-1].document is None
    chair.presses("open_file:1:0")
    assert chair.heard[-1].document is not None
    chair.presses("open_file:1:7")
    assert chair.heard[-1].document is None


def test_each_version_of_a_file_stays(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Tệp")
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    chair.sends(FILE_OF_WARD)
    chair.taps("Gửi")
    chair.at_report("Sửa", "Sửa câu", "Tệp")
    chair.sends(File(is_image=False, name="ban-2.pdf", mime="application/pdf", size=9, sha256="ab" * 32))
    chair.taps("Gửi")
    chair.at_report()
    assert [label for label in chair.labels if "📎" in label] == ["📎 bao-cao.docx (bản trước)", "📎 ban-2.pdf"]


def test_a_returned_one_is_open_again_and_in_time_once_it_is_sent_anew(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    chair.says("Ba buổi")
    chair.taps("Gửi")
    secretariat.at_report("Trả lại", "Có, trả lại")
    secretariat.says("/chuanop")
    secretariat.sees("Phường 10: Báo cáo nhanh")
    gv.later(days=10)
    chair.at_report("Sửa", "Sửa câu", "Nội dung")
    chair.says("Bốn buổi")
    chair.taps("Gửi")
    secretariat.says("/chuanop")
    secretariat.sees("Các đơn vị đã nộp đủ")
    secretariat.taps("Đúng hạn, trễ, còn thiếu")
    secretariat.sees("phải nộp 1, đúng hạn 1, trễ 0, còn thiếu 0", "• Phường 10: đúng hạn 1/1")


def test_what_was_returned_is_corrected_and_not_begun_anew(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    old = gv.notices(chair)[-1].choices[0].id
    chair.presses(old)
    chair.says("Ba buổi")
    chair.taps("Gửi")
    secretariat.at_report("Trả lại", "Có, trả lại")
    chair.presses(old)
    chair.sees("bị trả lại", "Báo cáo nhanh")
    assert chair.labels[:2] == ["Sửa báo cáo này", "Xem bản đã nộp"]
    chair.taps("Xem bản đã nộp")
    chair.taps("Rút")
    chair.taps("Đúng, rút lại")
    chair.presses(old)
    chair.sees("Nội dung báo cáo?")


def test_what_somebody_began_for_a_ward_that_was_merged_is_handed_in_for_the_ward_that_goes_on(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10", "phường 11")
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    merged(gv, local_day(gv.now) + timedelta(days=1), "P11", "P10")
    gv.later(days=1)
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()
    chair.says("Ba buổi")
    chair.taps("Gửi")
    chair.sees("Đã nộp", "Phường 11: Báo cáo nhanh")
    secretariat.says("/chuanop")
    secretariat.sees("Các đơn vị đã nộp đủ")


def test_paper_is_noted_by_the_secretariat_and_undone_again(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    owes(gv, -2)
    secretariat.says("đơn vị chưa nộp")
    secretariat.sees("Phường 1: báo cáo định kỳ – trễ 2 ngày")
    secretariat.taps("Xem: Phường 1")
    secretariat.taps("Đã nhận bản giấy")
    secretariat.says("số 12/BC-UBND, ngày 3/11")
    secretariat.sees("bản giấy", "số 12/BC-UBND, ngày 3/11", "đã ghi chú")
    secretariat.taps("Bỏ đánh dấu đã nộp")
    secretariat.sees("lại tính là chưa nộp", "trễ 2 ngày", "đã nhận bản giấy", "bỏ đánh dấu đã nộp")
    deeds = gv.database.read(lambda db: db.scalars(select(t.audit.c.action).order_by(t.audit.c.id)).all())
    assert [deed for deed in deeds if deed in ("paper", "noted", "undone")] == ["paper", "noted", "undone"]


def test_a_note_to_what_came_on_paper_is_kept_without_what_is_private(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    owes(gv, -2)
    secretariat.says("đơn vị chưa nộp")
    secretariat.taps("Xem: Phường 1")
    secretariat.taps("Đã nhận bản giấy")
    secretariat.says("số 12/BC-UBND, người nộp chị Nguyễn Thị Lan 0903123456")
    secretariat.sees("Tôi không giữ tên người kèm số điện thoại", "số 12/BC-UBND", "Đã giữ ghi chú")
    kept = gv.database.read(
        lambda db: [*db.scalars(select(t.obligation.c.note)), *db.scalars(select(t.audit.c.detail))]
    )
    assert "0903123456" not in secretariat.text + str(kept)
    assert "Lan" not in secretariat.text + str(kept)


def test_what_came_on_paper_in_time_stays_so_when_it_is_sent_as_well(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    old = gv.notices(chair)[-1].choices[0].id
    secretariat.says("/chuanop")
    secretariat.taps("Đã nhận bản giấy")
    secretariat.taps("Phường 10")
    undo = secretariat.choice("Bỏ đánh dấu").id
    gv.later(days=10)
    chair.presses(old)
    chair.says("Ba buổi")
    chair.taps("Gửi báo cáo")
    secretariat.presses(undo)
    secretariat.sees("tin cũ", "nộp qua bot")
    secretariat.says("/chuanop")
    secretariat.taps("Đúng hạn, trễ, còn thiếu")
    secretariat.sees("phải nộp 1, đúng hạn 1, trễ 0, còn thiếu 0")


def test_who_said_by_mistake_that_it_was_handed_in_takes_it_back(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10", "phường 11")
    chair.says("/han")
    chair.taps("Đã nộp giấy")
    chair.sees("Đã ghi nhận là đã nộp")
    old = chair.choice("Bỏ đánh dấu").id
    other = gv.joined("ward_chair", "P11")
    other.presses(old)
    secretariat.says("/chuanop")
    assert "Phường 10" not in secretariat.text
    chair.presses(old)
    chair.sees("lại tính là chưa nộp", "bỏ đánh dấu đã nộp")
    secretariat.says("/chuanop")
    secretariat.sees("Phường 10: Báo cáo nhanh")
    chair.taps("Nộp:")
    chair.says("Ba buổi")
    chair.taps("Gửi báo cáo")
    chair.presses(old)
    assert "Bỏ đánh dấu đã nộp" not in chair.labels


def test_what_came_on_paper_is_noted_one_after_the_other_with_a_tap_each(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    owes(gv, -2)
    secretariat.says("đơn vị chưa nộp")
    secretariat.taps("Đã nhận bản giấy…")
    secretariat.sees("Bản giấy nào đã nhận?")
    secretariat.taps("Phường 1 · báo cáo định kỳ")
    secretariat.sees("Phường 1", "bản giấy")
    secretariat.taps("Bản giấy khác…")
    assert secretariat.labels[0] == "Phường 3 · báo cáo định kỳ"
    secretariat.taps("Xem thêm")
    assert "Phường 3" not in "".join(secretariat.labels)


def test_a_chair_who_looks_who_is_late_is_told_what_the_ward_owes_itself(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    chair.says("/chuanop")
    assert "Việc cần làm" not in chair.labels
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    chair.says("/chuanop")
    chair.sees("Riêng anh/chị còn 1 việc phải nộp")
    chair.taps("Việc cần làm")
    chair.sees("Phường 10: Báo cáo nhanh")


def test_a_unit_is_reminded_by_one_tap_once_a_day_and_never_at_night(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P01")
    owes(gv, 3)
    secretariat.says("/chuanop")
    secretariat.taps("Nhắc: Phường 1")
    secretariat.sees("Đã nhắc Phường 1: 1 người", "đã nhắc hôm nay")
    (told,) = gv.notices(chair)
    assert "Nhắc Phường 1: anh/chị nộp giúp báo cáo định kỳ" in told.text
    secretariat.presses("remind:1")
    secretariat.sees("Hôm nay đã nhắc")
    secretariat.presses("remind:2")
    secretariat.sees("chưa có ai tham gia")
    gv.later(days=1, hours=11)
    secretariat.presses("remind:1")
    secretariat.sees("Đã muộn")
    assert len(gv.notices(chair)) == 1
    gv.later(hours=10, minutes=30)
    chair.presses(told.choices[1].id)
    secretariat.presses("remind:1")
    secretariat.sees("vừa nộp xong")


def test_all_that_a_page_shows_is_reminded_of_by_one_tap_once_a_day(gv: Town) -> None:
    secretariat, first, third = (
        gv.joined(role, unit) for role, unit in (("secretariat", "GV"), ("ward_chair", "P01"), ("ward_chair", "P03"))
    )
    owes(gv, 3)
    secretariat.says("/chuanop")
    secretariat.taps("Nhắc cả 5 việc đang hiện")
    secretariat.sees("Đã nhắc 2 người.", "Chưa có ai tham gia: Phường 4,")
    pressed = "remind_shown:1.2"
    assert [len(gv.notices(chair)) for chair in (first, third)] == [1, 1]
    secretariat.presses(pressed)
    secretariat.sees("Hôm nay đã nhắc đơn vị việc này rồi")
    assert [len(gv.notices(chair)) for chair in (first, third)] == [1, 1]
    first.presses(pressed)
    assert "nhắc" not in first.text  # a chair looks after neighbourhoods, and not after wards


def test_a_unit_that_owes_two_things_is_told_of_both_in_one_message(gv: Town) -> None:
    secretariat, first = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P01")
    for kind in ("periodic_report", "plan_draft"):
        owes(gv, 3, kind)
    secretariat.says("/chuanop")
    secretariat.taps("Nhắc cả 5 việc đang hiện")
    secretariat.sees("Đã nhắc 1 người.")
    (told,) = gv.notices(first)
    until = "trước ngày 22/11/2026 (ngày cuối: 21/11/2026), còn 3 ngày"
    assert told.text.splitlines() == [
        "Nhắc Phường 1: anh/chị nộp giúp:",
        f"• báo cáo định kỳ kết quả thực hiện {until}",
        f"• dự thảo nội dung, đối tượng, hình thức hoạt động năm 2027, kèm dự toán {until}",
    ]
    assert [offer.label for offer in told.choices] == [
        *("Nộp: báo cáo định kỳ", "Nộp: dự thảo năm 2027"),
        *("Đã nộp giấy: báo cáo định kỳ", "Đã nộp giấy: dự thảo năm 2027"),
        "Việc cần làm",
    ]
    first.presses(told.choices[3].id)
    first.sees("Đã ghi nhận là đã nộp: dự thảo")


def test_pages_lead_through_all_that_is_outstanding(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    owes(gv, 3)
    secretariat.says("/chuanop")
    seen = secretariat.text.splitlines()[1:]
    while "Xem thêm →" in secretariat.labels:
        secretariat.taps("Xem thêm →")
        seen += secretariat.text.splitlines()[1:]
    assert len(seen) == len(set(seen)) == 16


def test_neighbourhoods_hand_in_to_their_ward_too(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    officer = gv.joined("propagandist", "P10-KP05")
    secretariat.says("yêu cầu nộp")
    secretariat.says("Danh sách câu lạc bộ")
    secretariat.taps("Báo cáo ngắn")
    secretariat.taps("Khu phố của một số phường")
    secretariat.says("phường 10")
    secretariat.says("25/11")
    secretariat.taps("Gửi")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.says("Không có")
    officer.taps("Gửi")
    officer.sees("Đã nộp")
    chair.says("/chuanop")
    assert "Khu phố 5" not in chair.text
    chair.sees("Khu phố 4, Phường 10: Danh sách câu lạc bộ")
    chair.says("yêu cầu nộp")
    chair.sees("chưa mở cho anh/chị")


def test_completeness_is_shown_by_ward_and_agency_and_of_any_period_that_is_typed(gv: Town) -> None:
    """It is 18/11/2026. Two of P10's last days lie in November, one of its neighbourhood's too; one agency's in May."""
    secretariat = gv.joined("secretariat", "GV")

    def job(db: Connection) -> None:
        day, tree = local_day(gv.now), unit_tree(db)
        units = tree.on(day)
        for unit, kind, back in (
            *(("P10", "plan_draft", 9), ("P10", "periodic_report", 9), ("P10-KP05", "plan_draft", 9)),
            *(("CQ-VHTT", "plan_draft", 180), ("P11", "plan_draft", -9)),
        ):
            write_down(db, [units[unit].id], (kind,), day - timedelta(days=back))
        first, second, *_ = due_between(db, [units["P10"].id], day - timedelta(days=9), day)
        mark_done(db, first.id, first.revision, 1, gv.now - timedelta(days=10))
        mark_done(db, second.id, second.revision, 1, gv.now)

    gv.database.write(job).result()
    secretariat.says("/chuanop")
    secretariat.taps("Đúng hạn, trễ, còn thiếu")
    secretariat.sees("Năm 2026: phải nộp 4, đúng hạn 1, trễ 1, còn thiếu 2; nộp đủ 50 %, đúng hạn 25 %")
    secretariat.sees("• Phường 10: đúng hạn 1/3, trễ 1, còn thiếu 1", "• Phòng Văn hóa và Thông tin: đúng hạn 0/1")
    assert "Phường 11" not in secretariat.text  # its last day is still to come
    secretariat.taps("Quý IV/2026")
    secretariat.sees("Quý IV/2026: phải nộp 3")
    secretariat.says("từ 1/5 đến 31/5")
    secretariat.sees("phải nộp 1, đúng hạn 0, trễ 0, còn thiếu 1; nộp đủ 0 %")
    secretariat.says("tháng 2")
    secretariat.sees("Tháng 2/2026: chưa có gì đến hạn")


def test_a_chair_sees_the_ward_s_neighbourhoods_one_by_one(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")

    def job(db: Connection) -> None:
        units = unit_tree(db).on(local_day(gv.now))
        ids = [units[code].id for code in ("P10", "P10-KP05", "P10-KP06")]
        write_down(db, ids, ("plan_draft",), local_day(gv.now) - timedelta(days=1))

    gv.database.write(job).result()
    chair.says("/chuanop")
    chair.taps("Đúng hạn, trễ, còn thiếu")
    chair.sees("phải nộp 2", "• Khu phố 5, Phường 10: đúng hạn 0/1", "• Khu phố 6")


def test_what_was_overdue_when_its_ward_was_merged_is_handed_in_by_form_by_the_ward_that_goes_on(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    heir = gv.joined("ward_chair", "P12")
    ask_for(secretariat, "Báo cáo ngắn", "phường 10")
    told = gv.notices(chair)[-1].choices[0].id
    gv.later(days=9)
    merged(gv, local_day(gv.now), "P12", "P10")
    gv.database.write(lambda db: tick(db, gv.world.plan, CALENDAR, gv.now)).result()
    secretariat.says("/chuanop")
    secretariat.sees("Phường 10: Báo cáo nhanh Tháng hành động – trễ 2 ngày")
    heir.says("/han")
    heir.sees("Phường 10: Báo cáo nhanh Tháng hành động")
    heir.presses(told)
    heir.sees("Phường 10 nộp: Báo cáo nhanh", "Nội dung báo cáo?")
    heir.says("Ba buổi")
    heir.taps("Gửi")
    heir.sees("Đã nộp")
    secretariat.says("/chuanop")
    secretariat.sees("đã nộp đủ")
    secretariat.at_report("Trả lại", "Có, trả lại")
    secretariat.says("/chuanop")
    secretariat.sees("Phường 10: Báo cáo nhanh Tháng hành động")
