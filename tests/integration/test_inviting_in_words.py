"""Inviting in so many words, and lists of units that what is typed narrows."""

import pytest

from tests.conversation import Officer, Town


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("mời cán bộ tuyên truyền P10-KP05", "cán bộ tuyên truyền, Khu phố 5, Phường 10"),
        ("moi kp5 p10", "cán bộ tuyên truyền, Khu phố 5, Phường 10"),
        ("Mời khu phố 05 phường 10", "cán bộ tuyên truyền, Khu phố 5, Phường 10"),
        ("/moi p10-kp05", "cán bộ tuyên truyền, Khu phố 5, Phường 10"),
        ("mời chủ tịch phường 10", "Lời mời cho Chủ tịch UBND, Phường 10"),
        ("mời cả phường 10", "Làm mã mời riêng cho"),
        ("mời cán bộ tuyên truyền phường 10", "Cho đơn vị nào"),
    ],
)
def test_an_invitation_in_so_many_words(secretariat: Officer, said: str, seen: str) -> None:
    secretariat.says(said)
    secretariat.sees(seen)


def test_a_neighbourhood_that_several_wards_have_is_asked_about(gv: Town, secretariat: Officer) -> None:
    secretariat.says("mời kp5")
    assert "Khu phố 5, Phường 10" in secretariat.labels
    chair = gv.joined("ward_chair", "P10")
    chair.says("mời kp5")
    chair.sees("cán bộ tuyên truyền, Khu phố 5, Phường 10")
    chair.says("mời kp5 p11")
    assert chair.codes == []


def test_typing_in_a_list_of_units_narrows_it(secretariat: Officer) -> None:
    secretariat.says("mời")
    secretariat.taps("Cán bộ tuyên truyền")
    secretariat.says("kp 5")
    assert "Khu phố 5, Phường 10" in secretariat.labels
    secretariat.says("p10")
    secretariat.sees("Khu phố 5, Phường 10")
    assert len(secretariat.codes) == 1
    secretariat.says("/thamgia")
    secretariat.says("phuong 17")  # on the second page
    secretariat.sees("Phường 17, đã tham gia")


def test_what_names_no_unit_of_the_list_is_read_as_ever(secretariat: Officer) -> None:
    secretariat.says("/thamgia")
    secretariat.says("báo cáo hôm nay tọa đàm nữ 30 nam 15")
    secretariat.sees("30")
    officer = secretariat.town.joined("propagandist", "P10-KP05")
    officer.says("mời kp5 p10")
    assert officer.codes == []


def test_typing_in_a_list_of_people_narrows_it_on_all_of_its_pages(gv: Town) -> None:
    chair = gv.joined("ward_chair", "P10")
    for number in range(1, 12):
        officer = gv.joined("propagandist", f"P10-KP{number:02}")
        officer.says(f"/toi Cán Bộ {'Lan' if number in {1, 10, 11} else 'Hùng'} {['Một', 'Hai'][number % 2]}")
    chair.says("/canbo")
    chair.says("lan")
    chair.sees("Ý anh/chị là")
    assert [label.split(" · ")[0] for label in chair.labels if "Lan" in label] == [
        "Khu phố 1",
        "Khu phố 10",
        "Khu phố 11",
    ]
    chair.says("kp 10")
    chair.sees("Cán Bộ Lan", "Khu phố 10, Phường 10")


def test_typing_in_a_list_of_reports_narrows_it_by_its_day(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.reports()
    gv.later(days=1)
    officer.reports(20, 9)
    officer.says("báo cáo của tôi")
    shown = [label for label in officer.labels if " · " in label]
    assert len(shown) == 2
    day = shown[1].split(" · ")[0]
    officer.says(day)
    officer.sees(day)
    assert shown[0] not in officer.labels
