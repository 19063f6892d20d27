"""A city with two districts, their wards and neighbourhoods: whoever stands above looks after all that lies below."""

import shutil
from pathlib import Path

import pytest

from storage.db.database import Database
from tests.conversation import Officer, Town, town

EXAMPLE = Path("plan/examples/ward_2025")
LEVELS = """code,name_vi,name_en,plural_en,parents,owes_week
city,thành phố,city,cities,,
district,quận,district,districts,city,
ward,phường,ward,wards,district,
agency,cơ quan,agency,agencies,city district,
neighbourhood,khu phố,neighbourhood,neighbourhoods,ward,1
"""
UNITS = """code,name,level,parent,valid_from,valid_to,sample
TP,Thành phố Mẫu,city,,2019-01-01,,1
AN-VHXH,Sở Văn hóa,agency,TP,2019-01-01,,1
QA,Quận A,district,TP,2019-01-01,,1
QA-VH,Phòng Văn hóa,agency,QA,2019-01-01,,1
QA-P1,Phường 1,ward,QA,2019-01-01,,1
QA-P1-K1,Khu phố 1,neighbourhood,QA-P1,2019-01-01,,1
QA-P1-K2,Khu phố 2,neighbourhood,QA-P1,2019-01-01,,1
QB,Quận B,district,TP,2019-01-01,,1
QB-P1,Phường 1,ward,QB,2019-01-01,,1
QB-P1-K1,Khu phố 1,neighbourhood,QB-P1,2019-01-01,,1
"""


@pytest.fixture
def city(database: Database, tmp_path: Path) -> Town:
    folder = tmp_path / "city"
    shutil.copytree(EXAMPLE, folder)
    (folder / "levels.csv").write_text(LEVELS, "utf-8")
    (folder / "units.csv").write_text(UNITS, "utf-8")
    for file in ("activities.csv", "groups.csv"):
        text = (folder / file).read_text("utf-8")
        (folder / file).write_text(text.replace("ward agency", "ward agency district city"), "utf-8")
    return town(database, folder)


@pytest.fixture
def city_hall(city: Town) -> Officer:
    return city.joined("secretariat", "TP")


@pytest.fixture
def district(city: Town) -> Officer:
    return city.joined("ward_chair", "QA")


def test_a_neighbourhood_is_called_with_its_ward_and_district(city: Town) -> None:
    officer = city.stranger()
    officer.says(city.invitation("propagandist", "QA-P1-K1"))
    officer.sees("cán bộ tuyên truyền, Khu phố 1, Phường 1, Quận A.", "để phường, quận và thành phố có số liệu đúng")


def test_a_district_chair_approves_what_lies_in_the_district_and_nothing_else(city: Town, district: Officer) -> None:
    ward, other = city.joined("ward_chair", "QA-P1"), city.joined("ward_chair", "QB")
    city.joined("propagandist", "QA-P1-K1").reports()
    ward.reports()
    for chair in (district, ward):
        chair.presses("view:1")
        assert "Duyệt ✓" in chair.labels
    other.presses("view:1")
    other.sees("Tôi không thấy báo cáo đó")
    district.at_report("Duyệt", row=2)
    district.sees("Đã duyệt")
    ward.presses("view:2")
    assert "Trả lại để sửa" not in ward.labels  # their own


def test_the_citys_figures_stand_by_district_and_lead_down_and_up(city: Town, city_hall: Officer) -> None:
    city.joined("propagandist", "QA-P1-K1").reports(women=30, men=15)
    city_hall.says("tóm tắt")
    city_hall.sees("Thành phố Mẫu", "Theo quận và cơ quan:\n• Quận A: 30 nữ, 15 nam")
    city_hall.sees("Đã báo cáo: 1/3 khu phố", "Chưa báo cáo: Quận A (1), Quận B (1)")
    city_hall.taps("Ai chưa báo cáo")
    city_hall.sees("• Phường 1, Quận A: Khu phố 2\n• Phường 1, Quận B: Khu phố 1")
    city_hall.says("tóm tắt toàn thành phố")
    city_hall.taps("Chi tiết…")
    city_hall.taps("Theo quận")
    assert city_hall.labels[:2] == ["Quận A", "Quận B"]
    city_hall.taps("Quận A")
    city_hall.sees("Quận A\n", "Theo phường và cơ quan:\n• Phường 1: 30 nữ")
    assert "Toàn thành phố" in city_hall.labels
    city_hall.taps("Chi tiết…")
    city_hall.taps("Theo phường")
    city_hall.taps("Phường 1")
    city_hall.sees("Phường 1, Quận A\n", "Chưa báo cáo: Khu phố 2")
    assert "Quận A" in city_hall.labels


def test_a_district_sees_its_own_figures_and_not_the_citys(district: Officer) -> None:
    district.says("tóm tắt")
    district.sees("Quận A\n")
    assert "Toàn thành phố" not in district.labels
    district.says("tóm tắt quận B")
    assert "Quận B" not in district.text


def test_invitations_lead_down_through_the_units_with_chairs(city_hall: Officer, district: Officer) -> None:
    city_hall.says("mời")
    city_hall.taps("Chủ tịch UBND")
    assert city_hall.labels[:2] == ["Quận A", "Quận B"]
    city_hall.taps("Quận A")
    assert city_hall.labels[:2] == ["Quận A", "Phường 1"]
    city_hall.taps("Phường 1")
    city_hall.sees("Lời mời cho Chủ tịch UBND, Phường 1, Quận A.")
    district.says("mời")
    district.taps("Cán bộ tuyên truyền")
    assert district.labels[:2] == ["Khu phố 1", "Khu phố 2"]


def test_a_district_chair_ends_roles_below_and_none_beside(city: Town, district: Officer) -> None:
    city.joined("ward_chair", "QA-P1")
    city.joined("ward_chair", "QA")
    district.says("cán bộ")
    district.taps("Phường 1")
    assert "Không còn phụ trách: ngừng vai trò" in district.labels
    district.says("cán bộ")
    second = [choice for choice in district.choices if choice.label.startswith("Quận A")][1]
    district.presses(second.id)
    assert "Không còn phụ trách: ngừng vai trò" not in district.labels
