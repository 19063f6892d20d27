"""Where a report is written does not matter: in a caption, after a photo, amid another; on both databases."""

from datetime import timedelta

import pytest

from messages import File, Unsupported
from tests.conversation import Officer, Town

REPORT = "báo cáo hôm qua tọa đàm nữ 30 nam 15"


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def photo(caption: str = "", sha256: str = "ab" * 32) -> File:
    return File(is_image=True, name="hinh.jpg", mime="image/jpeg", size=9, sha256=sha256, caption=caption)


def test_a_caption_begins_the_report_with_its_photo(officer: Officer) -> None:
    officer.sends(photo(REPORT))
    officer.sees("Nữ 30", "Nam 15", "Đối tượng tham dự chủ yếu là ai?")
    officer.taps("Người dân")
    officer.sees("Hình ảnh")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu kèm 1 hình")


def test_a_line_after_a_photo_is_one_report_with_both(officer: Officer) -> None:
    officer.sends(photo())
    officer.says(REPORT)
    officer.sees("Nữ 30")
    officer.taps("Người dân")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu kèm 1 hình")


def test_a_caption_in_the_middle_of_another_report_begins_its_own(officer: Officer) -> None:
    officer.says("báo cáo phát 200 tờ rơi hôm nay")
    officer.sends(photo(REPORT))
    officer.sees("Nữ 30", "Nam 15")


def test_a_photo_soon_after_a_report_is_added_to_it_by_one_tap(officer: Officer) -> None:
    officer.says(REPORT)
    officer.taps("Người dân")
    officer.taps("Gửi báo cáo")
    officer.town.now += timedelta(minutes=10)
    officer.sends(photo())
    officer.sees("thêm hình này vào báo cáo")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã sửa", "Đã lưu kèm 1 hình")


def test_a_photo_long_after_a_report_begins_another(officer: Officer) -> None:
    officer.says(REPORT)
    officer.taps("Người dân")
    officer.taps("Gửi báo cáo")
    officer.town.now += timedelta(minutes=16)
    officer.sends(photo())
    officer.sees("Anh/chị muốn báo việc gì?")


def test_more_photos_are_asked_for_in_words(officer: Officer) -> None:
    officer.says(REPORT)
    officer.taps("Người dân")
    officer.taps("Gửi báo cáo")
    officer.says("bổ sung hình cho báo cáo hồi nãy")
    officer.sees("hình sẽ vào báo cáo")
    officer.sends(photo())
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu kèm 1 hình")


def test_a_correction_that_was_not_understood_is_never_said_to_be_made(officer: Officer) -> None:
    officer.says(REPORT)
    officer.taps("Người dân")
    officer.taps("Gửi báo cáo")
    officer.taps("Sửa báo cáo")
    officer.says("sai hết trơn rồi em ơi")
    officer.says("gửi")
    officer.sees("Không có gì thay đổi")
    assert "Đã sửa" not in officer.text


def test_what_is_written_before_agreeing_is_said_not_to_be_kept(gv: Town) -> None:
    officer = gv.stranger()
    officer.says(f"/start {gv.invitation('propagandist', 'P10-KP05')}")
    officer.says(REPORT)
    officer.sees("chưa ghi nội dung vừa rồi")


def test_a_voice_note_is_answered_with_what_can_be_done(officer: Officer) -> None:
    officer.sends(Unsupported("voice"))
    officer.sees("chưa nghe được tin thoại")


def test_a_report_that_did_not_take_place_is_asked_about(officer: Officer) -> None:
    officer.says("báo cáo hôm qua hoãn tọa đàm nữ 30 nam 15")
    officer.sees("hoãn", "chưa ghi gì")


def test_an_occasion_is_asked_about_and_a_yes_takes_its_day(officer: Officer) -> None:
    officer.says("báo cáo tọa đàm chào mừng 20/11 nữ 30 nam 15")
    officer.sees("20/11/2025 là ngày làm hay là dịp kỷ niệm")


def test_a_caption_answers_the_open_question(officer: Officer) -> None:
    officer.says("báo cáo tọa đàm hôm qua")
    officer.taps("Người dân")
    officer.sends(photo("nữ 30 nam 15"))
    officer.sees("Nữ 30", "Nam 15", "Hình ảnh: 📷 1", "Gửi báo cáo này nhé?")


def test_a_caption_that_answers_nothing_is_said_not_to_be_noted(officer: Officer) -> None:
    officer.says("báo cáo tọa đàm hôm qua")
    officer.sends(photo("hình đẹp quá"))
    officer.sees("chưa ghi lời kèm hình", "Đối tượng tham dự chủ yếu là ai?")


def test_a_file_in_the_middle_of_a_report_is_said_not_to_be_kept(officer: Officer) -> None:
    officer.says("báo cáo hôm qua")
    officer.sends(File(is_image=False, name="a.pdf", mime="application/pdf", size=9, sha256="cd" * 32))
    officer.sees("tôi không giữ tệp này", "Anh/chị muốn báo việc gì?")


def test_a_total_in_a_line_is_offered_where_its_numbers_are_asked(officer: Officer) -> None:
    officer.says("báo cáo tọa đàm 75 người")
    officer.says("hôm qua")
    officer.taps("Người dân")
    officer.taps("Ghi 75")
    officer.sees("75 người (chưa phân nam nữ)")


def test_two_numbers_in_a_line_are_offered_both_ways(officer: Officer) -> None:
    officer.says("báo cáo tọa đàm 45 30 hôm qua")
    officer.taps("Người dân")
    assert [choice.label for choice in officer.choices[:2]] == ["Nữ 45, nam 30", "Nữ 30, nam 15"]
    officer.says("2")
    officer.sees("Nữ 30", "Nam 15")


def test_further_products_of_a_neighbourhood_are_given_out_as_the_first(officer: Officer) -> None:
    officer.says("báo cáo hôm qua phát 200 tờ rơi và 10 áp phích ở chợ An Nhơn")
    officer.sees("Áp phích, pa-nô, băng rôn · In hay phát: Phát, đăng, treo · Số lượng 10", "Gửi báo cáo này nhé?")


def test_what_was_made_and_what_was_given_out_are_told_apart(officer: Officer) -> None:
    officer.says("báo cáo hôm qua phát 200 tờ rơi, in 10 áp phích ở chợ An Nhơn")
    officer.taps("Gửi báo cáo")
    officer.sees("Tờ rơi, tờ bướm: 200 đã phát; Áp phích, pa-nô, băng rôn: 10 đã in, làm ra")


def test_a_plan_is_kept_as_a_draft_for_later(officer: Officer) -> None:
    officer.says("dự kiến tuần sau tọa đàm 50 nữ 20 nam ở hội trường")
    officer.sees("chưa tới ngày", "chưa ghi gì", "bản nháp")
    officer.taps("Đã làm")
    officer.sees("Làm vào ngày nào?")
    officer.says("hôm qua")
    officer.taps("Người dân")
    officer.sees("Nữ 50", "Nam 20", "hội trường")


def test_another_answer_is_corrected_while_one_is_open(officer: Officer) -> None:
    officer.says(REPORT)
    officer.taps("Người dân")
    officer.says("sửa hoạt động")
    officer.says("địa điểm: sân chùa")
    officer.sees("Đã sửa: Địa điểm cụ thể: sân chùa", "Gửi báo cáo này nhé?")
    officer.says("đối tượng trẻ em")
    officer.sees("Đối tượng: Trẻ em")


def test_a_labelled_topic_is_not_said_to_be_a_guess(officer: Officer) -> None:
    officer.says("- Thời gian: 17/11/2026\n- Nội dung: phòng, chống bạo lực\n- Số người dự: 45 (nữ 30, nam 15)")
    officer.sees("Chủ đề: phòng, chống bạo lực")
    assert "chưa rõ" not in officer.text
