"""Several reports in one message: the first is begun, and the others are said back, as none of them is kept."""

import pytest

from tests.conversation import Town


@pytest.mark.parametrize(
    "text",
    [
        "1. hôm qua tọa đàm nữ 30 nam 15\n2. hôm nay phát 200 tờ rơi",
        "hôm qua tọa đàm nữ 30 nam 15\n\nhôm nay phát 200 tờ rơi",
        "báo cáo\n- hôm qua tọa đàm\nnữ 30 nam 15\n- hôm nay phát 200 tờ rơi",
        "Dạ em gửi:\n1) hôm qua tọa đàm nữ 30 nam 15\n2) hôm nay phát 200 tờ rơi",
    ],
)
def test_the_first_is_begun_and_the_other_is_said_back(gv: Town, text: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(text)
    officer.sees("còn 1 báo cáo nữa, tôi chưa giữ", "“hôm nay phát 200 tờ rơi”", "Ngày: 17/11/2026 · Nữ 30 · Nam 15")
    assert "200" not in officer.text.partition("✓")[2]
    assert "Tạm dừng" in officer.labels


def test_a_blank_report_gives_way_to_them(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.taps("Báo cáo hoạt động")
    officer.says("1. hôm qua tọa đàm nữ 30 nam 15\n2. hôm nay phát 200 tờ rơi\n3. 16/11 nói chuyện 20 nữ")
    officer.sees("còn 2 báo cáo nữa", "“hôm nay phát 200 tờ rơi”\n“16/11 nói chuyện 20 nữ”", "Nữ 30 · Nam 15")


@pytest.mark.parametrize(
    "text",
    [
        "hôm qua tọa đàm\nnữ 30\nnam 15",
        "1. Ngày: hôm qua\n2. Hoạt động: tọa đàm\n3. Nữ 30\n4. Nam 15",
        "báo cáo hôm qua tọa đàm nữ 30 nam 15\ncó phát 200 tờ rơi",
    ],
)
def test_one_report_on_several_lines_is_one(gv: Town, text: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says(text)
    officer.sees("17/11/2026")
    assert "chưa giữ" not in officer.text


def test_what_is_private_in_the_others_is_not_said_again(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("1. hôm qua tọa đàm nữ 30\n2. hôm nay tọa đàm nữ 20, liên hệ chị Đặng Thị Mẫu 0900000001")
    officer.sees("chưa giữ")
    assert "0900000001" not in officer.text


def test_a_text_longer_than_a_line_is_a_story_and_not_several(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("\n".join(["hôm qua tọa đàm nữ 30 nam 15, nói về gia đình và trẻ em"] * 15))
    assert "chưa giữ" not in officer.text
