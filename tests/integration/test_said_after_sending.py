"""What is said of a report that was just sent corrects it once its review is sent; what tells of another begins one."""

import pytest

from tests.conversation import Officer, Town

SAID = "báo cáo hôm qua tọa đàm nữ 30 nam 15 người dân"
TO_CORRECT = "Báo cáo ngày 17/11/2026 đã gửi rồi: tôi sửa như dưới đây"
PERHAPS = "Tôi ghi vào báo cáo ngày 17/11/2026 vừa gửi"
WHAT = "Báo cáo ngày 17/11/2026 sai chỗ nào ạ?"
CORRECTED = [
    ("à nhầm nữ 32", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("nữ 32 chứ không phải 30", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("không phải 30 mà 32", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("em ghi nhầm, 32 nữ", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("em nhập nhầm nữ 30 thành 32", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("xin sửa lại báo cáo vừa gửi: nữ 32", TO_CORRECT, "Đã sửa: Nữ 32."),
    ("sai rồi, hôm kia mới đúng", TO_CORRECT, "Đã sửa: Ngày: 16/11/2026."),
    ("sai địa điểm, ở trụ sở ubnd", TO_CORRECT, "Đã sửa: Địa điểm cụ thể: ở trụ sở ubnd."),
    ("sai ngày", TO_CORRECT, "Làm vào ngày nào?"),
    ("thiếu 2 nữ", TO_CORRECT, "Bao nhiêu người dự?"),
    ("nữ 32", PERHAPS, "Đã sửa: Nữ 32."),
    ("chị ơi nữ là 32 nha", PERHAPS, "Đã sửa: Nữ 32."),
    ("em bị sai số liệu hôm qua", WHAT, "Anh/chị xem lại giúp"),
    ("em gửi nhầm rồi", WHAT, "Anh/chị xem lại giúp"),
]
ANOTHER = [
    ("thêm buổi tọa đàm 5 nam", "Tôi hiểu đây là một báo cáo"),
    ("báo cáo hôm nay tọa đàm nữ 12 à nhầm 13 nam 2", "Nữ 13 · Nam 2"),
    ("tư vấn cho 2 nữ", "Tôi hiểu đây là một báo cáo"),
    ("hôm nay nữ 10 nam 5", "Tôi hiểu đây là một báo cáo"),
    ("phát 200 tờ rơi", "Tôi hiểu đây là một báo cáo"),
    ("giá vàng 30 triệu", "tôi chưa hiểu"),
]


@pytest.fixture
def officer(gv: Town) -> Officer:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(SAID)
    officer.says("gửi")
    officer.sees("Đã lưu")
    return officer


@pytest.mark.parametrize(("said", "above", "shown"), CORRECTED)
def test_a_correction_in_words_is_shown_before_it_is_sent(officer: Officer, said: str, above: str, shown: str) -> None:
    officer.says(said)
    assert officer.text.startswith(above)
    officer.sees(shown)


def test_a_correction_in_words_counts_once_it_is_sent(officer: Officer) -> None:
    officer.says("à nhầm nữ 32")
    officer.says("menu")
    officer.says("tóm tắt")
    officer.sees("30 nữ")
    officer.says("menu")
    officer.taps("Làm tiếp bản nháp")
    officer.says("gửi")
    officer.says("tóm tắt")
    officer.sees("32 nữ")


@pytest.mark.parametrize(("said", "shown"), ANOTHER)
def test_what_tells_of_something_else_is_no_correction(officer: Officer, said: str, shown: str) -> None:
    officer.says(said)
    officer.sees(shown)
    assert "17/11/2026" not in officer.text


def test_numbers_alone_are_of_the_report_just_sent_for_a_quarter_of_an_hour(gv: Town, officer: Officer) -> None:
    gv.later(minutes=16)
    officer.says("nữ 32")
    officer.sees("Tôi hiểu đây là một báo cáo")


def test_a_mistake_is_of_the_report_that_was_sent_within_a_day(gv: Town, officer: Officer) -> None:
    gv.later(hours=23)
    officer.says("à nhầm nữ 32")
    assert officer.text.startswith(TO_CORRECT)


def test_later_than_a_day_a_mistake_is_of_no_report_in_particular(gv: Town, officer: Officer) -> None:
    gv.later(hours=25)
    officer.says("sai ngày")
    officer.sees("Báo cáo của anh/chị tuần này")


def test_an_approved_report_is_not_opened_but_leave_can_be_asked_for(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("/duyet")
    chair.taps("17/11 · Khu phố 5")
    chair.taps("Duyệt")
    officer.says("à nhầm nữ 32")
    officer.sees("đã được duyệt")


@pytest.mark.parametrize(
    "said", ["trả lại kp7: thiếu 2 nữ", "trả kp7 nữ 30 sai", "yêu cầu kp7 sửa số nữ", "trả lại báo cáo kp7 vì sai ngày"]
)
def test_a_chair_who_returns_a_report_in_words_does_not_correct_their_own(gv: Town, said: str) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("báo cáo hôm qua tập huấn cán bộ công chức nữ 30 nam 15")
    chair.taps("Tập huấn đội tuyên truyền viên")
    chair.says("gửi")
    chair.sees("Đã lưu")
    chair.says(said)
    assert chair.text.startswith("Khu phố 7, Phường 10")
