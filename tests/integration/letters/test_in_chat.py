"""Letters in chat: which there are, the file itself, and what people write into them, a message a part."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import Connection

from periods.period import period_of
from reports.files.building import Material
from reports.files.scope import Wanted
from reports.letters.making import build_letter
from reports.letters.recipe import LetterRecipe
from tests.conversation import Officer, Town
from tests.integration.letters.reading import paragraphs, rows

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def secretariat(gv: Town) -> Officer:
    return gv.joined("secretariat", "GV")


def to_letters(officer: Officer, period: str) -> None:
    officer.says(f"/tomtat {period}")
    officer.taps("Tệp…")
    officer.taps("Word (văn bản)")


def test_the_letters_that_fit_the_period_are_offered(chair: Officer) -> None:
    to_letters(chair, "2020-W44")
    chair.sees("của Phường 10, tuần 44", "số, ngày và chữ ký để trống")
    assert chair.labels[:2] == ["Báo cáo tình hình trong kỳ", "Công văn cung cấp số liệu"]
    to_letters(chair, "2020-KQ")
    assert chair.labels[0] == "Báo cáo kết quả thực hiện Kế hoạch"


def test_a_letter_is_made_and_says_what_is_empty(gv: Town, chair: Officer, tmp_path: Path) -> None:
    to_letters(chair, "2020-W44")
    chair.taps("Báo cáo tình hình trong kỳ")
    chair.sees("du-thao-bao-cao-tinh-hinh-trong-ky-P10-2020-W44.docx")
    data: dict[str, Any] = LetterRecipe("weekly", "P10", period_of("2020-W44"), "vi").written()
    place = tmp_path / "letter.docx"

    def build(db: Connection) -> str:
        return build_letter(Material(db, gv.world.plan, Path("plan"), gv.now, lambda _, __: None), data, place)

    caption = gv.database.read(build)
    assert "Dự thảo, số liệu lúc" in caption
    assert "Còn trống: Hạn chế; Phương hướng, nhiệm vụ; Kiến nghị, đề xuất." in caption
    assert "BÁO CÁO" in paragraphs(place)
    data["issue"] = ["12/BC-UBND", "2026-11-05", "Trần Văn Bình", ""]
    data["changed"] = [["Phường 10: lượt người dự", "180 lượt", "189 lượt"]]
    assert "Dự thảo" not in gv.database.read(build)
    assert Document(str(place)).tables[0].cell(1, 0).text == "Số: 12/BC-UBND"
    assert rows(place, "Số liệu") == [["1", "Phường 10: lượt người dự", "180 lượt", "189 lượt"]]


def test_a_letter_of_the_plan_s_own_period_is_asked_for_as_any_file_is(gv: Town, tmp_path: Path) -> None:
    """The period's days stand in the recipe; the year before it is found by the plan's rules."""
    data = Wanted("P10", period_of("2020-KQ", gv.world.plan.periods), "vi").written() | {"kind": "results"}

    def build(db: Connection) -> str:
        material = Material(db, gv.world.plan, Path("plan"), gv.now, lambda _, __: None)
        return build_letter(material, data, tmp_path / "letter.docx")

    assert "10 tháng đầu năm 2020" in gv.database.read(build)


def to_part(officer: Officer, part: str, unit: str = "P10") -> None:
    to_letters(officer, "2020-W44")
    officer.taps("Báo cáo tình hình trong kỳ")
    officer.presses(f"lparts:{unit}:2020-W44:weekly")
    officer.taps(part)


def test_a_part_is_typed_and_added_to(chair: Officer) -> None:
    to_part(chair, "Hạn chế")
    chair.sees("còn trống", "Tin nhắn tiếp theo của anh/chị sẽ được ghi vào mục này")
    chair.says("Báo cáo của các khu phố còn chậm")  # what begins like a report is the part's text here
    chair.sees("Đã ghi vào văn bản", "Báo cáo của các khu phố còn chậm", "viết ngày")
    chair.says("+ Nam giới dự còn ít")
    chair.sees("Báo cáo của các khu phố còn chậm\nNam giới dự còn ít")
    chair.says("Chỉ còn ý này")
    chair.sees("Chỉ còn ý này")
    chair.taps("Để trống")
    chair.sees("còn trống")


def test_a_button_and_a_command_come_before_the_text(chair: Officer) -> None:
    to_part(chair, "Hạn chế")
    chair.says("Các mục")
    chair.sees("phần số liệu không nói được")
    chair.taps("Hạn chế")
    chair.says("/menu")
    chair.says("Báo cáo của các khu phố còn chậm")
    assert "Đã ghi vào văn bản" not in chair.heard[-1].text


def test_the_district_takes_over_what_its_wards_wrote(chair: Officer, secretariat: Officer) -> None:
    to_part(chair, "Hạn chế")
    chair.says("Ít kinh phí")
    to_part(secretariat, "Hạn chế", "GV")
    secretariat.sees("lấy ý của 1 đơn vị", "Phường 10: Ít kinh phí")
    secretariat.taps("Lấy ý của các đơn vị")
    secretariat.sees("Đã ghi vào văn bản", "Phường 10: Ít kinh phí")


def test_who_writes_second_is_shown_what_stands(gv: Town, chair: Officer) -> None:
    deputy = gv.joined("ward_chair", "P10")
    to_part(chair, "Hạn chế")
    to_part(deputy, "Hạn chế")
    chair.says("Ý của chủ tịch")
    deputy.says("Ý của phó chủ tịch")
    deputy.sees("Có người vừa viết mục này", "Ý của chủ tịch")


def test_a_chair_gets_their_own_ward_s_letters_only(gv: Town, chair: Officer) -> None:
    propagandist = gv.joined("propagandist", "P10-KP05")
    for officer, button in (
        (chair, "letters:P14:2020-W44"),
        (chair, "letter:GV:2020-W44:weekly"),
        (chair, "lparts:P14:2020-W44:weekly"),
        (propagandist, "letters:P10:2020-W44"),
        (chair, "lpart:99:0"),
        (chair, "lfill:99:0:0"),
    ):
        officer.presses(button)
        assert "docx" not in officer.heard[-1].text
        assert "văn bản nào" not in officer.heard[-1].text
        assert "số liệu không nói được" not in officer.heard[-1].text
