"""Who takes part: a chair sees the ward's officers, the secretariat everybody's; a role ends, its reports stay."""

import pytest

from handlers.people.staff import PAGE
from tests.conversation import Officer, Town


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


def opens(officer: Officer, label: str) -> None:
    officer.says("/canbo")
    officer.taps(label)


def test_a_chair_finds_the_wards_people_from_the_menu(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05").reports()
    gv.joined("propagandist", "P11-KP01")
    chair.says("/menu")
    chair.taps("Người tham gia")
    chair.sees("Người đang tham gia, Phường 10")
    assert [label.split(" · ")[0] for label in chair.labels[:-2]] == ["Phường 10", "Khu phố 5"]
    chair.taps("Khu phố 5")
    chair.sees("cán bộ tuyên truyền, Khu phố 5, Phường 10", "Tham gia từ 18/11/2026", "Đã gửi 1 báo cáo")


def test_many_people_come_in_pages(gv: Town, chair: Officer) -> None:
    for _ in range(PAGE):
        gv.joined("propagandist", "P10-KP05")
    chair.says("cán bộ")
    assert len(chair.labels) == PAGE + 3
    chair.taps("Xem thêm")
    assert len(chair.labels) == 1 + 2


def test_the_secretariat_chooses_a_ward_or_the_districts_offices(gv: Town) -> None:
    secretariat = gv.joined("secretariat", "GV")
    gv.joined("agency", "CQ-VHTT")
    secretariat.says("/canbo")
    assert len(secretariat.labels) == 1 + 16 + 1
    secretariat.taps("Phường 10")
    secretariat.sees("Phường 10 chưa có ai tham gia")
    opens(secretariat, "Quận Gò Vấp")
    assert len(secretariat.labels) == 2 + 2
    secretariat.taps("Quận Gò Vấp")
    assert "Không còn phụ trách: ngừng vai trò" not in secretariat.labels  # nobody ends their own


def test_a_role_ends_by_a_word_and_both_know(gv: Town, chair: Officer) -> None:
    officer = gv.joined("propagandist", "P10-KP05", channel="zalo")
    officer.reports()
    opens(chair, "Khu phố 5")
    chair.taps("Không còn phụ trách")
    chair.sees("Kết thúc vai trò của", "vẫn giữ nguyên")
    assert [choice.word for choice in chair.choices] == ["kết thúc", "", ""]
    chair.says("kết thúc")
    chair.sees("Đã kết thúc. Giờ Khu phố 5, Phường 10 có thể mời người khác.")
    assert "Vai trò cán bộ tuyên truyền, Khu phố 5, Phường 10 của anh/chị đã kết thúc" in gv.notices(officer)[-1].text
    officer.says("báo cáo")
    officer.sees("chưa có vai trò")
    chair.says("tóm tắt")
    chair.sees("1 hoạt động")
    chair.says("/canbo")
    assert not [label for label in chair.labels if "Khu phố 5" in label]


def test_a_chair_ends_no_role_of_another_chair_or_ward(gv: Town, chair: Officer) -> None:
    gv.joined("ward_chair", "P10")
    elsewhere = gv.joined("propagandist", "P11-KP01")
    chair.says("/canbo")
    chair.presses(chair.choices[1].id)
    chair.sees("Chủ tịch UBND")
    assert not [label for label in chair.labels if "kết thúc" in label]
    for assignment in range(5):
        chair.presses(f"end_role:{assignment}:yes")
    elsewhere.says("báo cáo")
    elsewhere.sees("Anh/chị muốn báo việc gì?")


def test_nobody_comes_back_by_a_code_of_their_own(gv: Town, chair: Officer) -> None:
    secretariat = gv.joined("secretariat", "GV")
    chair.presses("invite_make:ward_chair:P10:1")
    (own,) = chair.codes
    secretariat.presses("invite_make:ward_chair:P10:1")
    (theirs,) = secretariat.codes
    secretariat.presses("staff:P10:0")
    secretariat.taps("Phường 10")
    secretariat.taps("Không còn phụ trách")
    secretariat.says("kết thúc")
    chair.says(f"/start {own}")
    chair.says("báo cáo")
    chair.sees("chưa có vai trò")
    chair.says(f"/start {theirs}")
    chair.says("báo cáo")
    chair.sees("Anh/chị muốn báo việc gì?")


def test_a_role_that_is_over_is_ended_once(gv: Town, chair: Officer) -> None:
    gv.joined("propagandist", "P10-KP05")
    opens(chair, "Khu phố 5")
    chair.taps("Không còn phụ trách")
    yes = chair.choices[0].id
    chair.presses(yes)
    chair.presses(yes)
    chair.sees("Người đang tham gia")
