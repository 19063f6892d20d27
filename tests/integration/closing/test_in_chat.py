"""Closed periods as people meet them: what the author reads, the secretariat's queue, and the way back."""

import pytest

from tests.conversation import Officer, Town


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


def reports_in_october(officer: Officer, women: int = 30) -> None:
    officer.says(f"báo cáo 20/10 nói chuyện gia đình người dân nữ {women} nam 15")
    officer.taps("Gửi báo cáo")


def test_the_author_reads_at_sending_that_the_report_waits_and_the_secretariat_agrees_by_one_tap(
    gv: Town, officer: Officer, secretariat: Officer
) -> None:
    secretariat.says("/chotso tháng 10")
    secretariat.sees("Tháng 10/2026 đã chốt số liệu", "thành đề nghị")
    reports_in_october(officer)
    officer.sees(
        "Tháng 10/2026 đã chốt số liệu.",
        "Tôi đã chuyển đề nghị đến Thường trực Ban; báo cáo được giữ nguyên",
    )
    assert officer.labels == ["Xem đề nghị", "Báo cáo tiếp", "Menu"]
    [told] = gv.notices(secretariat)
    assert "Khu phố 5, Phường 10 · bổ sung báo cáo · tháng 10/2026" in told.text
    secretariat.says("/denghi")
    secretariat.taps("18/11 · Khu phố 5, Phường 10 · bổ sung báo cáo")
    secretariat.sees("đang chờ trả lời", "30", "20/10/2026")
    secretariat.taps("Đồng ý ✓")
    secretariat.sees("thực hiện đúng như đề nghị", "Không có đề nghị nào đang chờ")
    assert "đã đồng ý với đề nghị của anh/chị (bổ sung báo cáo, tháng 10/2026)" in gv.notices(officer)[-1].text
    officer.says("của tôi")
    officer.taps("Tất cả báo cáo của tôi")
    assert officer.labels[0].startswith("20/10")


def test_a_pressed_button_of_a_report_that_waits_sends_it_no_second_time(
    officer: Officer, secretariat: Officer
) -> None:
    secretariat.says("/chotso tháng 10")
    officer.says("báo cáo 20/10 nói chuyện gia đình người dân nữ 30 nam 15")
    send = officer.choice("Gửi báo cáo").id
    officer.presses(send)
    officer.presses(send)
    officer.sees("đang chờ Thường trực Ban đồng ý")
    officer.says("/denghi")
    officer.sees("Các đề nghị của anh/chị")
    assert len([label for label in officer.labels if "Khu phố 5" in label]) == 1


def test_what_is_declined_with_a_typed_reason_comes_back_as_a_draft(
    gv: Town, officer: Officer, secretariat: Officer
) -> None:
    secretariat.says("/chotso tháng 10")
    reports_in_october(officer)
    secretariat.says("/tuchoi 1 đã nộp cho Thành phố rồi")
    secretariat.sees("Đã trả lời không đồng ý")
    told = gv.notices(officer)[-1]
    assert all(part in told.text for part in ("chưa đồng ý", "Lý do: đã nộp cho Thành phố rồi", "bản nháp"))
    officer.presses(told.choices[0].id)
    officer.sees("Mời anh/chị làm tiếp")
    officer.taps("Gửi báo cáo")
    officer.sees("Tôi đã chuyển đề nghị đến Thường trực Ban")


def test_a_correction_says_that_the_report_counts_as_it_was_and_the_queue_shows_what_changes(
    officer: Officer, secretariat: Officer
) -> None:
    reports_in_october(officer)
    officer.sees("Đã lưu")
    secretariat.says("/chotso 2026-10 vì đã báo cáo")
    officer.at_report("Sửa")
    officer.taps("Sửa câu trả lời")
    officer.taps("Nữ")
    officer.says("45")
    officer.taps("Gửi báo cáo")
    officer.sees("bản sửa được giữ nguyên, còn bản đã gửi vẫn được tính")
    officer.presses("view:1")
    officer.sees("Đang chờ Thường trực Ban: sửa báo cáo")
    secretariat.presses("request:1")
    secretariat.sees("• Nữ: 30 → 45")
    secretariat.taps("Không đồng ý: đã có trong báo cáo khác")
    officer.presses("view:1")
    officer.sees("30 nữ")


def test_a_withdrawal_and_a_return_say_that_the_report_still_counts(
    gv: Town, officer: Officer, secretariat: Officer
) -> None:
    chair = gv.joined("ward_chair", "P10")
    reports_in_october(officer)
    secretariat.says("/chotso tháng 10")
    officer.at_report("Rút", "Đúng, rút lại")
    officer.sees("đề nghị rút", "vẫn được tính")
    chair.at_report("Trả lại", "Có, trả lại")
    chair.sees("đề nghị trả lại", "vẫn được tính")
    officer.taps("Xem đề nghị")
    officer.taps("Rút đề nghị")
    officer.sees("Đã rút đề nghị. Số liệu giữ nguyên")
    secretariat.says("đề nghị")
    assert [label for label in secretariat.labels if "rút báo cáo" in label] == []
    secretariat.presses("admit:1")
    secretariat.sees("đã được trả lời nên tôi không thay đổi gì")


def test_no_activity_in_a_closed_week_is_asked_for(officer: Officer, secretariat: Officer) -> None:
    secretariat.says("/chotso tháng 10")
    officer.presses("nil:P10-KP05:2026-W43")
    officer.sees("đề nghị ghi nhận là không có hoạt động")


def test_a_period_is_closed_by_buttons_after_a_yes_and_opened_again_with_a_reason(
    officer: Officer, secretariat: Officer
) -> None:
    secretariat.says("/chotso")
    secretariat.sees("Chưa kỳ nào chốt số liệu")
    secretariat.taps("Chốt tháng 10/2026")
    secretariat.sees("Chốt số liệu tháng 10/2026?")
    secretariat.taps("Đúng, chốt số liệu")
    secretariat.sees("Tháng 10/2026 đã chốt số liệu")
    reports_in_october(officer)
    secretariat.says("/moso")
    secretariat.taps("Mở lại tháng 10/2026")
    secretariat.taps("bổ sung báo cáo đến muộn")
    secretariat.sees("Tháng 10/2026 đã được mở lại", "1 đề nghị chờ trả lời")
    reports_in_october(officer, women=5)
    officer.sees("Đã lưu")


def test_a_period_that_is_not_over_stays_open(secretariat: Officer) -> None:
    secretariat.says("/chotso tháng 11")
    secretariat.sees("Tháng 11/2026 chưa kết thúc")


@pytest.mark.parametrize("typed", ["/chotso xyz", "/moso xyz"])
def test_a_period_that_is_none_brings_the_list(secretariat: Officer, typed: str) -> None:
    secretariat.says(typed)
    secretariat.sees("chưa rõ kỳ nào", "/chotso tháng 10/2026")


@pytest.mark.parametrize("typed", ["/chotso tháng 10", "/moso tháng 10 vì sai", "/tuchoi 1 không"])
def test_nobody_else_closes_opens_or_declines(gv: Town, officer: Officer, secretariat: Officer, typed: str) -> None:
    secretariat.says("/chotso tháng 9")
    reports_in_october(officer)
    chair = gv.joined("ward_chair", "P10")
    chair.says(typed)
    assert "đã chốt số liệu từ" not in chair.text
    secretariat.says("/chotso")
    secretariat.sees("tháng 9/2026")
    assert "tháng 10/2026: chốt" not in secretariat.text


def test_a_request_of_others_is_not_shown(gv: Town, officer: Officer, secretariat: Officer) -> None:
    secretariat.says("/chotso tháng 10")
    reports_in_october(officer)
    other = gv.joined("propagandist", "P10-KP06")
    for press in ("request:1", "take_back:1"):
        other.presses(press)
        other.sees("Tôi không thấy đề nghị đó")


def test_a_long_queue_has_pages(officer: Officer, secretariat: Officer) -> None:
    secretariat.says("/chotso tháng 10")
    for women in range(1, 9):
        reports_in_october(officer, women)
    secretariat.says("/menu")
    secretariat.taps("Đề nghị đang chờ: 8")
    assert len([label for label in secretariat.labels if "bổ sung" in label]) == 6
    secretariat.taps("Xem thêm")
    assert len([label for label in secretariat.labels if "bổ sung" in label]) == 2
