"""Lists of units as Excel and people make them: read, or refused with row and remedy."""

import codecs
from datetime import date
from pathlib import Path

import pytest

from plan.importing import StoredUnit, UnitList, read_list
from plan.model import ListedUnit
from plan.problems import PlanError
from rules.levels import Level
from tests.levels import shipped_levels

START = date(2019, 1, 1)
UNITS = (
    ListedUnit("GV", "Quận Gò Vấp", Level.DISTRICT, None, START),
    ListedUnit("P10", "Phường 10", Level.WARD, "GV", START),
    ListedUnit("P10-KP05", "Khu phố 5", Level.NEIGHBOURHOOD, "P10", START),
)
STORED = tuple(StoredUnit(number, unit, used=False) for number, unit in enumerate(UNITS, start=1))
HEADER = "code,name,level,parent,valid_from,valid_to,sample\n"
VIETNAMESE = "Mã,Tên,Cấp,Thuộc,Từ ngày,Đến ngày,Mẫu\n"
ROW = "P10-KP05,Khu phố 5,neighbourhood,P10,2019-01-01,,\n"
TABLE = HEADER + ROW


def read(folder: Path, data: bytes) -> UnitList:
    path = folder / "own.csv"
    path.write_bytes(data)
    return read_list(path, STORED, shipped_levels())


def complaints(folder: Path, text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        read(folder, text.encode())
    return [str(problem).removeprefix("[own.csv ") for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "\ufeff" + TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        TABLE.replace("\n", "\r"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("ố 5", "\u00f4\u0301\u00a05"),
        TABLE.replace("Khu phố", "\u200bKhu\u00a0phố\u2060"),
        TABLE.replace("\n", ",,,\n"),
        TABLE + ",,,,,,\n\n",
        "sep=;\n" + TABLE.replace(",", ";"),
        "\ufeffsep=;\r\n" + TABLE.replace(",", ";"),
        '"sep=;"\n' + TABLE.replace(",", ";"),
        "SEP=|\r" + TABLE.replace(",", "|").replace("\n", "\r"),
        "sep=\t\n" + TABLE.replace(",", "\t"),
        "sep=,,,,,,\n" + TABLE,
        "sep=;,,,,,,\n" + TABLE,
        "sep=;\nDanh sách, bản 2\n" + TABLE.replace(",", ";"),
        TABLE.replace("code", "CODE "),
        TABLE.replace("code,name,level", " Code,NAME\u00a0, Level "),
        TABLE.replace("valid_from,valid_to", "Valid from,VALID TO"),
        TABLE.replace("code,name", '"code"," name "'),
        VIETNAMESE + ROW,
        VIETNAMESE.upper() + ROW,
        "Mã đơn vị,Tên đơn vị,Cấp,Đơn vị cha,Từ ngày (ngày/tháng/năm),Đến ngày:,Mẫu *\n" + ROW,
        "ma,ten,cap,thuoc,tu ngay,den ngay,mau\n" + ROW,
        VIETNAMESE.replace("Mã", "STT,Mã") + "1," + ROW,
        '"Khu phố\n 5"'.join(TABLE.split("Khu phố 5")),
        '"Khu phố\r\n5"'.join(TABLE.split("Khu phố 5")),
        TABLE.replace("phố 5", "phố\u20285"),
        TABLE.replace("phố 5", "phố\x0b5"),
        TABLE.replace("2019-01-01", "01/01/2019"),
    ],
)
def test_the_same_list_is_read_however_it_was_saved(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text.encode()).units == {"P10-KP05": UNITS[2]}


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_unicode_text_is_read(tmp_path: Path, order: str) -> None:
    text = "\ufeff" + TABLE.replace(",", "\t")
    assert text.encode(order).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    assert read(tmp_path, text.encode(order)).units == {"P10-KP05": UNITS[2]}


def test_titles_may_stand_above_the_column_names(tmp_path: Path) -> None:
    title = "ỦY BAN NHÂN DÂN QUẬN GÒ VẤP;;;;;;\nDanh sách khu phố, kèm tờ trình, bản 2;;;;;;\n;;;;;;\n"
    new = read(tmp_path, (title + TABLE.replace(",", ";")).encode())
    assert (new.units, new.rows) == ({"P10-KP05": UNITS[2]}, {"P10-KP05": 5})


def test_rows_are_counted_as_excel_shows_them(tmp_path: Path) -> None:
    said = complaints(
        tmp_path, "sep=;\n" + (TABLE + ROW.replace("KP05", "KP06").replace("P10,", "P77,")).replace(",", ";")
    )
    assert said == ["row 3] “P77” is no unit. Correct the code or add the unit first."]


def test_a_missing_column_is_named_at_the_row_of_column_names(tmp_path: Path) -> None:
    said = complaints(tmp_path, "Danh sách\n\n" + TABLE.replace("valid_from", "since"))
    assert said == [
        "row 3] The column “valid_from” is missing. Add it to the row of column names; these are needed: "
        "code, name, level, parent, valid_from, valid_to, sample."
    ]


def test_column_names_far_below_are_not_looked_for(tmp_path: Path) -> None:
    assert complaints(tmp_path, "\n" * 20 + TABLE)[0].startswith("row 1] The column “code” is missing.")


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    said = complaints(tmp_path, TABLE.replace("name,", "name,Tên,").replace("Khu phố 5,", "Khu phố 5,KP 5,"))
    assert said == ["row 1] Two columns are called “name”. Remove one of the two."]


@pytest.mark.parametrize("text", ["", "\n\n", ",,,\n,,,\n", HEADER, "Danh sách\n" + HEADER + ",,,\n"])
def test_a_list_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PlanError, match=r"^\[own\.csv\] The file has no rows\. Add at least one row"):
        read(tmp_path, text.encode())


def test_a_code_that_differs_only_in_case_is_the_same_code(tmp_path: Path) -> None:
    assert complaints(tmp_path, TABLE + ROW.replace("P10-KP05", "p10-kp05")) == [
        "row 3] “p10-kp05” and “P10-KP05” in row 2 are the same code: capitals do not count. Remove one of the two or "
        "change it."
    ]


def test_a_code_that_differs_only_in_case_from_a_unit_in_use_is_the_same_code(tmp_path: Path) -> None:
    assert complaints(tmp_path, HEADER + ROW.replace("P10-KP05", "P10-Kp05")) == [
        "row 2] “P10-Kp05” and “P10-KP05”, a unit in use, are the same code: capitals do not count. Write it as there, "
        "or choose another."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Khu ph? 5",
        "Khu ph?",
        "?p 5",
        "Ph??ng 10",
        "Khu ph\ufffd 5",
        "Khu phá»‘ 5",
        "PhÆ°á»\x9dng 10",
        "Tá»• Ä‘Æ°á»\x9dng",
    ],
)
def test_a_name_that_lost_letters_is_refused(tmp_path: Path, name: str) -> None:
    assert complaints(tmp_path, TABLE.replace("Khu phố 5", name)) == [
        f"row 2] “{name}” has lost letters when the list was saved. Save the original list as .xlsx or as “CSV UTF-8” "
        "and import that."
    ]


@pytest.mark.parametrize("name", ["Khu phố 5 (?)", "Khu phố 5?", "XÃ ĐÔNG", "KHU PHỐ ÂU CƠ", "Ấp Á"])
def test_a_name_with_all_its_letters_is_taken(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, TABLE.replace("Khu phố 5", name).encode()).units["P10-KP05"].name == name


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("P10-KP06,Khu phố 6,neighbourhood,,2019-01-01,,\n", "row 3] A unit of level neighbourhood needs a parent."),
        ("Tổng cộng,2,,,,,\n", "row 3] “Tổng cộng” cannot be a code."),
        ("P10-KP06,Khu phố 6, mới,neighbourhood,P10,2019-01-01,,1\n", "row 3] There are 8 cells for 7 columns."),
        ("P10-KP06,Khu phố 6,neighbourhood,P10,05/31/2019,,\n", "row 3] “05/31/2019” in “valid_from” is no date."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(tmp_path: Path, row: str, said: str) -> None:
    assert complaints(tmp_path, TABLE + row)[0].startswith(said)


@pytest.mark.parametrize("name", ["Khu phố 5", "KHU PHỐ 5", "Khu  phố 05", "Khu phô\u0301 5"])
def test_one_name_twice_in_a_ward_is_doubtful(tmp_path: Path, name: str) -> None:
    new = read(tmp_path, (TABLE + ROW.replace("P10-KP05", "P10-KP06").replace("Khu phố 5", name)).encode())
    assert [(doubt.row, doubt.code, doubt.params["first"]) for doubt in new.doubts] == [(3, "same_name", 2)]


@pytest.mark.parametrize(
    "row",
    [
        "P10-KP06,Khu phố 6,neighbourhood,P10,2019-01-01,,\n",
        "P10-KP06,Khu phố 50,neighbourhood,P10,2019-01-01,,\n",
        "P10-KP06,Khu phố 5,neighbourhood,P10,2018-01-01,2018-12-31,\n",
        "P11,Khu phố 5,ward,GV,2019-01-01,,\n",
    ],
)
def test_other_names_times_and_places_are_not_doubtful(tmp_path: Path, row: str) -> None:
    assert read(tmp_path, (TABLE + row).encode()).doubts == ()
