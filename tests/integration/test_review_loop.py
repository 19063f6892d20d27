"""The chair's loop: a queue, a return with the one question to mend, old and new beside each other, one tap."""

from datetime import date

import pytest
from sqlalchemy import select

from rules.warnings import Remarks, ReportWarning, WarningRule
from services import review_queue
from storage import tables as t
from storage.records import submissions
from tests.conversation import Officer, Town
from tests.integration.changing import moved


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def states(gv: Town) -> list[tuple[int, str]]:
    query = select(t.submission.c.id, t.submission.c.state).order_by(t.submission.c.id)
    return gv.database.read(lambda db: [(row[0], row[1]) for row in db.execute(query)])


def test_the_queue_tells_reports_apart_and_one_tap_approves_what_it_shows(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    colleague = gv.joined("propagandist", "P10-KP06")
    officer.reports(women=30, men=15)
    colleague.reports(women=8, men=2, day="hôm qua")
    chair.says("/menu")
    chair.taps("Chờ duyệt: 2")
    chair.sees("2 báo cáo chờ anh/chị duyệt")
    lines = [label for label in chair.labels if "Khu phố" in label]
    assert lines[0].startswith("18/11 · Khu phố 5 · ")
    assert "45 lượt" in lines[0]
    assert lines[1].startswith("17/11 · Khu phố 6 · ")
    chair.taps("Đúng cả 2 báo cáo đang hiện")
    chair.sees("Đã duyệt 2 báo cáo", "Không có báo cáo nào chờ")
    assert states(gv) == [(1, "approved"), (2, "approved")]


def test_what_changed_since_it_was_shown_is_not_approved(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports(women=30)
    officer.reports(women=20, day="hôm qua")
    chair.says("/duyet")
    shown = chair.choice("Đúng cả 2").id
    corrects(officer, 1, "nữ", "50")
    chair.presses(shown)
    chair.sees("Đã duyệt 1 báo cáo", "1 báo cáo đã thay đổi", "1 báo cáo chờ anh/chị duyệt")
    assert states(gv) == [(1, "sent"), (2, "approved")]


def test_forty_reports_are_three_taps(chair: Officer, officer: Officer) -> None:
    for number in range(40):
        sends(officer, number + 1, f"{number % 18 + 1}/11")
    chair.says("duyệt")
    chair.sees("40 báo cáo chờ anh/chị duyệt")
    everything = chair.choice("Đúng cả 40 báo cáo không có cảnh báo").id
    chair.taps("Xem thêm")
    assert len([label for label in chair.labels if "Khu phố 5" in label]) == 6
    corrects(officer, 7, "nữ", "99")
    chair.presses(everything)
    chair.sees("chưa duyệt báo cáo nào")
    sends(officer, 77, "hôm qua")
    chair.presses(everything)
    chair.sees("chưa duyệt báo cáo nào")
    everything = chair.choice("Đúng cả 41 báo cáo không có cảnh báo").id
    sends(officer, 78, "hôm qua")
    chair.presses(everything)
    chair.sees("Đã duyệt 41 báo cáo", "1 báo cáo chờ anh/chị duyệt")


def test_of_more_than_one_tap_approves_the_first_ones_are_named_so(
    chair: Officer, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_queue, "MOST_APPROVED", 7)
    for number in range(8):
        sends(officer, number + 1, f"{number + 1}/11")
    chair.says("/duyet")
    chair.taps("Đúng cả 7 báo cáo đầu không có cảnh báo")
    chair.sees("Đã duyệt 7 báo cáo", "1 báo cáo chờ anh/chị duyệt")


def test_the_doubtful_come_first_and_are_not_among_those_without_a_warning(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    for row, day in enumerate(("1/11", "2/11", "3/11"), 1):
        sends(officer, row * 10, day)
    usual = {"count": 35, "low": 60, "high": 90, "of": 12, "kind": "event"}
    doubt = Remarks((ReportWarning(WarningRule.HISTORY, "women", usual),), "trời mưa")
    gv.database.write(lambda db: submissions.remark(db, 2, 1, doubt)).result()
    chair.says("/duyet")
    chair.sees("1 có cảnh báo", "⚠ Khu phố 5, 2/11", "60–90")
    assert [label.partition(" · ")[0] for label in chair.labels if "Khu phố 5" in label] == ["⚠ 2/11", "1/11", "3/11"]
    chair.taps("Đúng cả 2 báo cáo không có cảnh báo")
    assert states(gv) == [(1, "approved"), (2, "sent"), (3, "approved")]
    chair.taps("⚠ 2/11")
    chair.sees("60–90", "trời mưa", "Trước đó ở đây: 1/11")


def sends(officer: Officer, women: int, day: str) -> None:
    officer.says(f"báo cáo {day} nói chuyện gia đình người dân nữ {women} nam 15")
    officer.taps("Gửi báo cáo")
    if "Không, buổi khác" in officer.labels:
        officer.taps("Không, buổi khác")


def corrects(officer: Officer, row: int, question: str, answer: str) -> None:
    officer.at_report("Sửa", row=row)
    officer.says(f"sửa {question} {answer}")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")


def test_a_return_asks_the_one_question_and_the_chair_sees_old_and_new(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    officer.reports(women=30, men=15)
    chair.at_report("Trả lại để sửa")
    chair.taps("Xem lại “Nữ 30”")
    chair.sees("Cần xem lại: Nữ 30")
    chair.says("nữ 30 là cả hai khu phố cộng lại phải không")
    chair.sees("đã được nhắc sửa")
    notice = gv.notices(officer)[-1]
    assert "Cần xem lại: Nữ 30" in notice.text
    assert "nữ 30 là cả hai khu phố cộng lại" in notice.text
    officer.presses(notice.choices[0].id)
    officer.sees("Nữ", "Đã ghi: 30", "cả hai khu phố cộng lại")
    officer.says("13")
    officer.sees("Đã sửa xong", "13 nữ")
    chair.says("/duyet")
    chair.sees("1 vừa bổ sung", "✎ Khu phố 5, 18/11: Nữ 30 → 13")
    chair.taps("✎ 18/11")
    chair.sees("Đã bổ sung: Nữ 30 → 13")
    chair.taps("Lịch sử")
    chair.sees("trả lại lúc 10:00 ngày 18/11: Nữ – nữ 30 là cả hai", "Nữ 30 → 13", "sửa lúc 10:00 ngày 18/11")
    chair.taps("← Báo cáo")
    chair.taps("Duyệt ✓")
    chair.sees("Đã duyệt")
    assert states(gv) == [(1, "approved")]


def test_two_questions_are_asked_one_after_the_other(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports(women=30, men=15)
    chair.at_report("Trả lại để sửa", "Xem lại “Nữ 30”", "Xem lại “Nam 15”", "Có, vì số người")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.says("13")
    officer.sees("Nam", "Đã ghi: 15")
    officer.says("5")
    officer.sees("Đã sửa xong", "13 nữ", "5 nam")


def test_from_return_to_mended_takes_two_messages_of_the_author(gv: Town, chair: Officer, officer: Officer) -> None:
    """The median over returns of one, two and no question: the tap, and an answer each; "sent again" where none."""
    counted = []
    for row, marks in enumerate((["Nữ 30"], ["Nam 15"], ["Nữ 30", "Nam 15"]), 1):
        officer.reports(women=30, men=15, day=f"{row}/11")
        chair.at_report("Trả lại để sửa", *(f"Xem lại “{mark}”" for mark in marks), "Có, vì số người", row=row)
        officer.presses(gv.notices(officer)[-1].choices[0].id)
        messages = 1
        for _ in marks:
            officer.says("12")
            messages += 1
        officer.sees("Đã sửa xong")
        counted.append(messages)
    assert sorted(counted)[len(counted) // 2] == 2


def test_what_was_approved_is_corrected_with_leave_and_counts_meanwhile(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    """Sequence 25."""
    officer.reports(women=30)
    chair.at_report("Duyệt ✓")
    officer.presses("view:1")
    assert "Sửa" not in officer.labels
    officer.taps("Xin sửa")
    officer.sees("đã chuyển lời xin sửa")
    asked = gv.notices(chair)[-1]
    assert "xin sửa báo cáo đã duyệt của Khu phố 5, Phường 10" in asked.text
    chair.presses(asked.choices[0].id)
    granted = gv.notices(officer)[-1]
    officer.presses(granted.choices[0].id)
    officer.says("sửa nữ 13")
    chair.says("tóm tắt")
    chair.sees("30 nữ")
    assert states(gv) == [(1, "approved")]
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")
    assert states(gv) == [(1, "sent")]
    chair.says("tóm tắt")
    chair.sees("13 nữ")
    chair.presses(asked.choices[0].id)
    chair.sees("đã được trả lời")


def test_leave_that_is_not_given_changes_nothing(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports(women=30)
    chair.at_report("Duyệt ✓")
    officer.presses("correct:1:2")
    officer.sees("đã được duyệt", "Xin sửa")
    officer.taps("Xin sửa")
    chair.presses("view:1")
    chair.taps("Không, giữ như cũ")
    assert "muốn giữ báo cáo ngày 18/11/2026 như cũ" in gv.notices(officer)[-1].text
    officer.presses("correct:1:2")
    officer.sees("đã được duyệt")
    assert states(gv) == [(1, "approved")]


def test_a_correction_that_an_approval_overtook_asks_for_leave(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports(women=30)
    officer.at_report("Sửa")
    officer.says("sửa nữ 50")
    chair.at_report("Duyệt ✓")
    officer.taps("Gửi báo cáo")
    officer.sees("bản nháp")
    officer.taps("Xin sửa")
    chair.presses(gv.notices(chair)[-1].choices[0].id)
    officer.says("tiếp tục")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong", "50 nữ")


def test_photos_and_women_and_men_of_an_equal_total_need_no_leave(gv: Town, chair: Officer, officer: Officer) -> None:
    """Sequences 20 and 24."""
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân 75 người")
    officer.taps("Ghi 75")
    officer.taps("Gửi báo cáo")
    chair.at_report("Duyệt ✓")
    old = "approve:1:1"
    officer.presses("sort:1:2")
    officer.says("nữ 50 nam 25")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa xong")
    assert states(gv) == [(1, "sent")]
    chair.presses(old)
    assert states(gv) == [(1, "sent")]
    chair.at_report("Duyệt ✓")
    officer.photographs()
    officer.taps("Gửi báo cáo")
    assert states(gv) == [(1, "sent")]


def test_another_total_needs_leave(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.says("báo cáo hôm nay nói chuyện gia đình người dân 75 người")
    officer.taps("Ghi 75")
    officer.taps("Gửi báo cáo")
    chair.at_report("Duyệt ✓")
    officer.presses("sort:1:2")
    officer.says("nữ 50 nam 30")
    officer.taps("Gửi báo cáo")
    officer.sees("bản nháp")
    assert states(gv) == [(1, "approved")]


def test_the_secretariat_corrects_and_withdraws_with_a_reason(gv: Town, chair: Officer, officer: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    officer.reports(women=30)
    secretariat.presses("view:1")
    assert not {"Duyệt ✓", "Sửa", "Rút lại"} & set(secretariat.labels)
    secretariat.taps("Sửa thay tác giả")
    secretariat.says("gõ thừa một số không")
    secretariat.says("sửa nữ 3")
    secretariat.taps("Gửi báo cáo")
    assert "gõ thừa một số không" in gv.notices(officer)[-1].text
    for reader in (officer, chair, secretariat):
        reader.presses("history:1")
        reader.sees("Nữ 30 → 3", "gõ thừa một số không")
    secretariat.sees("Nữ 30 → 3", "gõ thừa một số không")
    secretariat.presses("approve:1:2")
    assert states(gv) == [(1, "sent")]
    secretariat.at_report("Rút thay tác giả")
    secretariat.taps("số người có vẻ chưa đúng")
    secretariat.sees("Đã rút")
    assert states(gv) == [(1, "withdrawn")]


def test_nobody_approves_what_they_corrected_and_wards_reports_are_the_secretariats(gv: Town, chair: Officer) -> None:
    secretariat, deputy = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    chair.reports()
    deputy.presses("view:1")
    assert "Duyệt ✓" not in deputy.labels
    deputy.says("/duyet")
    deputy.sees("Không có báo cáo nào chờ")
    secretariat.says("/duyet")
    secretariat.sees("1 báo cáo chờ anh/chị duyệt")
    secretariat.taps("18/11")
    secretariat.taps("Duyệt ✓")
    assert states(gv) == [(1, "approved")]


def test_after_units_moved_their_new_ward_is_asked_for_leave_and_gives_it(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    neighbour = gv.joined("ward_chair", "P11")
    officer.reports(women=30)
    chair.at_report("Duyệt ✓")
    gv.later(days=2)
    moved(gv, date(2026, 11, 19), "P10-KP05", "Khu phố 5", "P11")
    before = len(gv.notices(chair))
    officer.presses("view:1")
    officer.taps("Xin sửa")
    assert len(gv.notices(chair)) == before
    asked = gv.notices(neighbour)[-1]
    assert "xin sửa báo cáo đã duyệt" in asked.text
    neighbour.presses(asked.choices[0].id)
    neighbour.sees("có thể sửa")


def test_a_word_for_something_else_is_no_reason(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports(women=30)
    for word in ("hủy", "menu", "tóm tắt", "77", "có", "không"):
        chair.at_report("Trả lại để sửa")
        chair.says(word)
        assert "Đã trả lại" not in chair.text
    assert states(gv) == [(1, "sent")]
    chair.sees("Tình trạng: đã gửi")
    chair.taps("Trả lại để sửa")
    chair.says("77")
    chair.sees("viết vài chữ")
    chair.at_report("Trả lại để sửa")
    chair.says("dài" * 101)
    chair.sees("tối đa 300 chữ")
    chair.says("số nữ cao quá")
    chair.sees("Đã trả lại")


def test_the_queue_says_what_there_is_with_the_authors_reason(gv: Town, chair: Officer, officer: Officer) -> None:
    for row, day in enumerate(("1/11", "2/11", "3/11"), 1):
        sends(officer, row * 10, day)
    usual = {"count": 35, "low": 60, "high": 90, "of": 12, "kind": "event"}
    doubt = Remarks((ReportWarning(WarningRule.HISTORY, "women", usual),), "trời mưa")
    gv.database.write(lambda db: submissions.remark(db, 2, 1, doubt)).result()
    chair.says("/duyet")
    chair.sees("Trong đó: 1 có cảnh báo (⚠).", "60–90 người (12 báo cáo trước). Lý do của", ": trời mưa")
    assert chair.labels[:2] == [
        "Đúng cả 2 báo cáo không có cảnh báo ✓",
        "Đúng cả 3 báo cáo đang hiện, kể cả ⚠ ✓",
    ]
    chair.taps("1/11")
    chair.taps("← Chờ duyệt")
    chair.taps("3/11")
    chair.sees("Trước đó ở đây: 2/11 · 35 lượt; 1/11 · 25 lượt")
    chair.taps("Duyệt ✓")
    chair.presses("view:3")
    assert "← Chờ duyệt" not in chair.labels


def test_what_is_to_be_done_next_stands_first_when_a_report_is_returned(chair: Officer, officer: Officer) -> None:
    officer.reports()
    chair.at_report("Trả lại để sửa")
    assert chair.labels[0].startswith("Xem lại “")
    chair.taps("Xem lại “Nữ 30”")
    assert chair.labels[0] == "Có, trả lại"
    assert chair.labels[-1] == "Không, giữ lại"


def test_a_wrong_day_needs_no_mark(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports()
    chair.at_report("Trả lại để sửa", "Có, vì ngày có vẻ chưa đúng")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.sees("Đã ghi: 18/11/2026")
    officer.says("hôm qua")
    officer.sees("Đã sửa xong", "17/11/2026")


def test_the_history_tells_who_asked_for_leave_and_what_was_said(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.says("/toi Nguyễn Thị Lan")
    chair.says("/toi Trần Văn Bình")
    officer.reports()
    chair.at_report("Duyệt ✓")
    for answer in ("Không, giữ như cũ", "Đồng ý cho Nguyễn Thị Lan sửa ✓"):
        gv.later(minutes=5)
        officer.presses("view:1")
        officer.taps("Xin sửa")
        gv.later(minutes=1)
        chair.presses("view:1")
        assert chair.labels[:2] == ["Đồng ý cho Nguyễn Thị Lan sửa ✓", "Không, giữ như cũ"]
        chair.taps(answer)
    officer.presses("history:1")
    assert [line.partition(" ngày")[0] for line in officer.text.splitlines()[1:]] == [
        "• Nguyễn Thị Lan gửi lúc 10:00",
        "• Trần Văn Bình duyệt lúc 10:00",
        "• Nguyễn Thị Lan xin sửa lúc 10:05",
        "• Trần Văn Bình muốn giữ như cũ lúc 10:06",
        "• Nguyễn Thị Lan xin sửa lúc 10:11",
        "• Trần Văn Bình đồng ý cho sửa lúc 10:12",
    ]


def test_what_was_sent_again_as_it_was_says_so(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports()
    chair.at_report("Trả lại để sửa", "Có, trả lại")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.taps("Gửi báo cáo")
    officer.sees("Đã gửi lại như cũ")
    chair.says("/duyet")
    chair.sees("✎ Khu phố 5, 18/11: gửi lại như cũ")
    chair.taps("✎ 18/11")
    chair.sees("Đã bổ sung: gửi lại như cũ")
