"""The targets in chat: how far they are, what is missing, and numbers that units type and the secretariat confirms."""

import pytest

from tests.conversation import Officer, Town

RESIDENTS = "số liệu người dân nữ 60 nam 60, nguồn: Chi cục Thống kê, ngày 31/12/2019"


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


@pytest.mark.parametrize("said", ["/chitieu", "tiến độ chỉ tiêu", "Tien do chi tieu", "/targets", "chỉ tiêu"])
def test_the_targets_are_asked_for_in_a_word(chair: Officer, said: str) -> None:
    chair.says(said)
    chair.sees("Tiến độ chỉ tiêu – Phường 10, từ 8/5/2019 đến 31/12/2020", "T1.", "T5.", "chưa đủ cơ sở đánh giá")
    assert chair.labels == [*(f"Chi tiết T{n}" for n in range(1, 6)), "Xem bảng", "Gửi số liệu", "Tóm tắt", "Menu"]


def test_a_unit_and_a_period_may_be_named(secretariat: Officer) -> None:
    secretariat.says("/chitieu P10")
    secretariat.sees("Tiến độ chỉ tiêu – Phường 10, từ 8/5/2019")
    secretariat.says("tiến độ chỉ tiêu P10 năm 2020")
    secretariat.sees("Tiến độ chỉ tiêu – Phường 10, năm 2020")
    secretariat.says("/chitieu 2020-Q4")
    secretariat.sees("Quận Gò Vấp, quý IV/2020")


def test_another_ward_s_targets_are_not_shown(chair: Officer) -> None:
    chair.says("/chitieu P14")
    chair.sees("chưa mở cho anh/chị")


def test_a_target_in_detail_comes_with_a_message_to_forward(secretariat: Officer) -> None:
    secretariat.says("/chitieu")
    secretariat.taps("Chi tiết T2")
    first, second = secretariat.heard
    assert "Mẫu số: chưa có, nên chưa tính được tỷ lệ" in first.text
    assert "Tin dưới đây gửi các đơn vị này" in first.text
    assert second.text.startswith("Kính gửi Phường 1, Phường 3")
    assert "Phường 16, Phường 17: để đánh giá chỉ tiêu T2" in second.text
    assert secretariat.labels[:3] == ["Giao các đơn vị này nộp, có hạn", "Chi tiết T3", "Tất cả chỉ tiêu"]


def test_what_a_target_misses_is_asked_of_its_units_as_something_they_owe_by_a_day(gv: Town) -> None:
    secretariat, chair = gv.joined("secretariat", "GV"), gv.joined("ward_chair", "P10")
    secretariat.says("/chitieu")
    secretariat.taps("Chi tiết T2")
    secretariat.taps("Giao các đơn vị này nộp, có hạn")
    secretariat.sees("Số liệu chỉ tiêu T2", "Báo cáo ngắn", "Phường 1", "Phường 17", "2/12/2026")
    secretariat.taps("Gửi")
    secretariat.sees("Đã gửi yêu cầu đến 16 đơn vị: Số liệu chỉ tiêu T2", "ngày cuối: 2/12/2026")
    assert "Số liệu chỉ tiêu T2" in gv.notices(chair)[-1].text
    chair.says("/han")
    chair.sees("Số liệu chỉ tiêu T2")


def test_a_chair_is_not_offered_to_ask_units(chair: Officer) -> None:
    chair.says("/chitieu")
    chair.taps("Chi tiết T2")
    assert not [label for label in chair.labels if label.startswith("Giao")]
    chair.presses("ask_supply:P10:T2")
    assert "Yêu cầu" not in chair.text


def test_numbers_that_a_unit_types_count_once_the_secretariat_has_confirmed_them(
    gv: Town, chair: Officer, secretariat: Officer
) -> None:
    chair.says(RESIDENTS)
    chair.sees(
        "Đã chuyển Thường trực Ban",
        "Người dân trên địa bàn: nữ 60 (Chi cục Thống kê, số liệu đến 31/12/2019)",
        "nam 60",
    )
    chair.says("/chitieu")
    chair.taps("Chi tiết T2")
    chair.sees("Mẫu số: chưa có")
    [told] = gv.notices(secretariat)
    assert "Phường 10 vừa gửi số liệu" in told.text
    assert [each.label for each in told.choices] == ["Xác nhận ✓", "Không nhận", "Số liệu chờ xác nhận"]
    secretariat.presses(told.choices[0].id)
    secretariat.sees("Đã xác nhận", "Không có số liệu nào chờ xác nhận")
    assert "Thường trực Ban đã xác nhận số liệu" in gv.notices(chair)[-1].text
    chair.says("/chitieu")
    chair.taps("Chi tiết T2")
    chair.sees("Mẫu số: 120 người (Chi cục Thống kê, số liệu đến 31/12/2019)")


def test_a_second_tap_says_how_it_was_decided(gv: Town, chair: Officer, secretariat: Officer) -> None:
    chair.says(RESIDENTS)
    confirm, decline, _ = (each.id for each in gv.notices(secretariat)[0].choices)
    secretariat.presses(decline)
    secretariat.sees("Chưa nhận; số liệu cũ giữ nguyên")
    secretariat.presses(confirm)
    secretariat.sees("Số liệu này đã được xử lý: Chưa nhận")
    assert "chưa nhận số liệu" in gv.notices(chair)[-1].text


def test_the_queue_lists_what_waits(chair: Officer, secretariat: Officer) -> None:
    chair.says(RESIDENTS)
    secretariat.says("/chitieu")
    secretariat.taps("Số liệu chờ xác nhận: 1")
    secretariat.taps("Phường 10 · Người dân trên địa bàn")
    secretariat.taps("Xác nhận ✓")
    secretariat.sees("Đã xác nhận")


def test_the_secretariat_s_own_numbers_count_at_once_for_any_unit(secretariat: Officer) -> None:
    secretariat.says("/solieu P10 người dân tổng 1000, nguồn: TK, ngày 31/12/2019")
    secretariat.sees("Đã lưu; các chỉ tiêu tính theo số này ngay")
    secretariat.says("/chitieu P10")
    secretariat.sees("0 %")


def test_what_is_missing_is_asked_for_with_examples(chair: Officer) -> None:
    chair.says("/solieu người dân nữ 60")
    chair.sees("Anh/chị bổ sung giúp: nguồn số liệu, ngày của số liệu", "số liệu người dân nữ 12000 nam 11500")
    chair.says("/mauso")
    chair.sees("số liệu đã tập huấn")


def test_officers_of_a_neighbourhood_and_other_units_send_none(gv: Town, chair: Officer) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("/solieu người dân nữ 60, nguồn: TK, ngày 31/12/2019")
    officer.sees("chưa mở cho anh/chị")
    chair.says("/solieu P14 người dân nữ 60, nguồn: TK, ngày 31/12/2019")
    chair.sees("Chỉ đơn vị đó hoặc Thường trực Ban")


def test_words_about_figures_that_hold_no_number_are_no_such_line(chair: Officer) -> None:
    chair.says("số liệu tuần trước")
    assert "chưa nhận được" not in chair.text
    assert "bổ sung giúp" not in chair.text


def test_the_summary_leads_to_the_targets(chair: Officer) -> None:
    chair.says("tóm tắt")
    chair.taps("Chi tiết…")
    chair.taps("Tiến độ chỉ tiêu")
    chair.sees("Tiến độ chỉ tiêu – Phường 10")
