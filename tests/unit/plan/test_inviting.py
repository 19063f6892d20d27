"""Lists of people to invite, as wards keep them: units by code or name, one ward's list, merged cells, slips."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from plan.inviting import InviteList, look_through
from plan.unit_names import UnitNames
from rules.roles import Role
from storage.directory.units import UnitsOfDay
from tests.conversation import shipped_plan
from tests.units import tree_of
from tests.workbooks import Cell, ods, xlsx

PLAN = shipped_plan()


@pytest.fixture(scope="module")
def units() -> UnitsOfDay:
    return tree_of(PLAN.shipped_units).on(date(2020, 11, 4))


def read(folder: Path, units: UnitsOfDay, text: str, inside: str = "") -> InviteList:
    path = folder / "danh-sach.csv"
    path.write_text(text, "utf-8")
    return look_through(path, path.name, units, PLAN.levels, inside)


def wrong(folder: Path, units: UnitsOfDay, text: str, inside: str = "") -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in read(folder, units, text, inside).problems]


@pytest.mark.parametrize(
    ("called", "codes"),
    [
        ("P10-KP05", ["P10-KP05"]),
        ("p10 kp5", ["P10-KP05"]),
        ("KP5 P10", ["P10-KP05"]),
        ("Khu phố 5, Phường 10", ["P10-KP05"]),
        ("khu pho 05 - phuong 10", ["P10-KP05"]),
        ("KP.5, P.10", ["P10-KP05"]),
        ("Phường 10", ["P10"]),
        ("P.10", ["P10"]),
        ("GV", ["GV"]),
        ("Phường 99", []),
        ("Khu phố 5 Phường 99", []),
    ],
)
def test_a_unit_is_found_however_it_is_called(units: UnitsOfDay, called: str, codes: list[str]) -> None:
    assert [unit.code for unit in UnitNames(units).called(called)] == codes


def test_a_neighbourhood_alone_is_of_every_ward_unless_one_is_meant(units: UnitsOfDay) -> None:
    names = UnitNames(units)
    assert len(names.called("Khu phố 5")) > 1
    assert [unit.code for unit in names.called("Khu phố 5", "P10")] == ["P10-KP05"]
    assert names.called("P11-KP05", "P10") == []


def test_the_list_of_one_ward_needs_no_ward(units: UnitsOfDay, tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        units,
        "DANH SÁCH CÁN BỘ TUYÊN TRUYỀN\n\nSTT,Họ và tên,Số điện thoại,Khu phố\n1,Bà Đặng Thị Mẫu,0900000001,Khu phố 1\n"
        "2,Trần Văn Thử,0900000002,05\n",
        inside="P10",
    )
    assert [(it.row, it.name, it.role, it.unit.code) for it in listed.people] == [
        (4, "Đặng Thị Mẫu", Role.PROPAGANDIST, "P10-KP01"),
        (5, "Trần Văn Thử", Role.PROPAGANDIST, "P10-KP05"),
    ]
    assert listed.ignored == ("STT", "Số điện thoại")


def test_below_a_merged_cell_the_ward_above_counts(units: UnitsOfDay, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[list[Cell]] = [
        ["Phường", "Khu phố", "Họ tên"],
        ["Phường 10", "KP 1", "Đặng Thị Mẫu"],
        [None, "KP 2", "Trần Văn Thử"],
        [11, 1, "Lý Thị Ví Dụ"],
    ]
    path.write_bytes(xlsx({"DS": rows}))
    listed = look_through(path, path.name, units, PLAN.levels)
    assert [it.unit.code for it in listed.people] == ["P10-KP01", "P10-KP02", "P11-KP01"]


def test_a_role_is_that_of_the_unit_and_any_other_title_is_none(units: UnitsOfDay, tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        units,
        "role,unit,name\nTrưởng khu phố,P10-KP05,Đặng Thị Mẫu\nChủ tịch UBND phường,P10,Trần Văn Thử\n"
        ",GV,Lý Thị Ví Dụ\n",
    )
    assert [it.role for it in listed.people] == [Role.PROPAGANDIST, Role.WARD_CHAIR, Role.SECRETARIAT]


def test_a_unit_without_a_name_is_invited_too(units: UnitsOfDay, tmp_path: Path) -> None:
    assert [it.name for it in read(tmp_path, units, "unit,name\nP10-KP05,\n").people] == [""]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("unit,name\nP10-KP99,Đặng Thị Mẫu\n", [(2, "unknown_unit")]),
        ("unit,name\nKhu phố 5,Đặng Thị Mẫu\n", [(2, "several_units")]),
        ("role,unit,name\nChủ tịch phường,P10-KP05,Đặng Thị Mẫu\n", [(2, "role_elsewhere")]),
        ("unit,name\nP10-KP05,Tổng cộng: 12\n", [(2, "bad_name")]),
        ("unit,name\nP10-KP05,Đặng Thị Mẫu\nKP5 P10,đặng thị mẫu\n", [(3, "invited_twice")]),
        ("unit,name\n,Đặng Thị Mẫu\n", [(2, "empty")]),
        ("STT,Họ tên\n1,Đặng Thị Mẫu\n", [(2, "no_column")]),
        ("STT,Đơn vị\n1,P10\n", [(1, "no_column")]),
        ("ward,neighbourhood,name\n99,1,Đặng Thị Mẫu\n", [(2, "unknown_unit")]),
    ],
)
def test_what_is_wrong_is_named_with_its_row(
    units: UnitsOfDay, tmp_path: Path, text: str, problems: list[tuple[int, str]]
) -> None:
    assert wrong(tmp_path, units, text) == problems


def test_a_chairs_list_holds_their_own_ward_alone(units: UnitsOfDay, tmp_path: Path) -> None:
    assert wrong(tmp_path, units, "unit,name\nP11-KP05,Đặng Thị Mẫu\n", inside="P10") == [(2, "unknown_unit")]


TWO = ["P10-KP05 Đặng Thị Mẫu", "P11-KP06 Trần Văn Thử"]


@pytest.mark.parametrize(
    "text",
    [
        "TT;HỌ TÊN;KP;Phường\n1;Đặng Thị Mẫu;5;10\n2;Trần Văn Thử;KP6;P.11\n",
        "\ufeffTT\tTên CB\tĐơn vị\n1\tĐặng Thị Mẫu\tKP5, P10\n2\tTrần Văn Thử\tKhu phố 6 - Phường 11\n",
        "UBND QUẬN,,\n,,\nDANH SÁCH,,\nHọ và tên CBTT,Khu phố/Phường\nĐặng Thị Mẫu,KP5/P10\nTrần Văn Thử,KP6/P11\n",
        "Họ & tên,KP số,P.\nĐặng Thị Mẫu,5,10\nTrần Văn Thử,6,11\n",
        "Họ và tên đệm,Tên,KP,Phường\nĐặng Thị,Mẫu,5,10\nTrần Văn,Thử,6,11\n",
        "Họ và tên,,KP,Phường\nĐặng Thị,Mẫu,5,10\nTrần Văn,Thử,6,11\n",
        "Họ và tên,,KP,Phường\nĐặng Thị Mẫu,Nữ,5,10\nTrần Văn Thử,Nam,6,11\n",
        "STT,Họ tên,Phường,KP\n(1),(2),(3),(4)\n1,Đặng Thị Mẫu,10,5\n2,Trần Văn Thử,11,6\nTổng cộng: 2,,,\n",
        "STT,Họ tên,KP\nI,PHƯỜNG 10,\n1,Đặng Thị Mẫu,5\nII,PHƯỜNG 11 (1 người),\n1,Trần Văn Thử,6\n",
        "STT,Họ tên,KP,Ghi chú\nI. PHƯỜNG 10,,,5\n1,Đặng Thị Mẫu,5,\nII. UBND Phường 11,,,3\n1,Trần Văn Thử,6,\n",
        "STT,Họ tên,Đơn vị,,Ghi chú\n,,Phường,Khu phố,\n1,Đặng Thị Mẫu,10,5,\n2,Trần Văn Thử,11,6,\n",
        "STT,Họ tên,Nơi công tác,,\n,,Phường,Khu phố,Chức vụ\n1,Đặng Thị Mẫu,10,5,\n2,Trần Văn Thử,11,6,\n",
    ],
)
def test_a_list_is_read_however_a_ward_lays_it_out(units: UnitsOfDay, tmp_path: Path, text: str) -> None:
    listed = read(tmp_path, units, text)
    assert [f"{it.unit.code} {it.name}" for it in listed.people] == TWO
    assert not listed.problems


@pytest.mark.parametrize(("name", "made"), [("a.xlsx", xlsx), ("a.ods", ods)])
def test_names_of_columns_in_two_lines_of_a_workbook(
    units: UnitsOfDay, tmp_path: Path, name: str, made: Callable[[Mapping[str, list[list[Cell]]]], bytes]
) -> None:
    rows: list[list[Cell]] = [["Họ tên", "Đơn vị", ""], ["", "KP", "Phường"], ["Đặng Thị Mẫu", "5", "10"]]
    (tmp_path / name).write_bytes(made({"DS": rows}))
    listed = look_through(tmp_path / name, name, units, PLAN.levels)
    assert [f"{it.unit.code} {it.name}" for it in listed.people] == TWO[:1]


def test_below_a_line_with_a_strange_ward_the_one_before_no_longer_counts(units: UnitsOfDay, tmp_path: Path) -> None:
    listed = read(tmp_path, units, "STT,Họ tên,KP\nI,PHƯỜNG 10,\n1,Đặng Thị Mẫu,5\nII,PHƯỜNG 99,\n1,Lý Thị Ví Dụ,6\n")
    assert [f"{it.unit.code} {it.name}" for it in listed.people] == TWO[:1]
    assert [problem.code for problem in listed.problems if problem.row == 5] == ["several_units"]


def test_the_office_of_a_ward_is_the_ward_but_that_of_the_district_is_not_the_district(
    units: UnitsOfDay, tmp_path: Path
) -> None:
    listed = read(tmp_path, units, "Họ tên,Đơn vị\nĐặng Thị Mẫu,UBND Phường 10\nTrần Văn Thử,UBND quận Gò Vấp\n")
    assert [it.unit.code for it in listed.people] == ["P10"]
    assert [(problem.row, problem.code) for problem in listed.problems] == [(3, "unknown_unit")]
