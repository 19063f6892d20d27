"""Lists of units in workbooks: the right sheet, rows as the sheet counts them, cells as a CSV would hold them."""

import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from plan.importing import StoredUnit, UnitList, read_list
from plan.model import ListedUnit
from plan.problems import PlanError, Problems
from plan.workbooks import read_all
from rules.levels import Level
from tests.levels import shipped_levels
from tests.workbooks import Cell, Sheets, ods, protected_xlsx, xls, xlsx

START = date(2019, 1, 1)
WARD = ListedUnit("10", "Phường 10", Level.WARD, "GV", START)
STORED = (StoredUnit(1, ListedUnit("GV", "Quận Gò Vấp", Level.DISTRICT, None, START), used=True),)
HEADER: list[Cell] = ["code", "name", "level", "parent", "valid_from", "valid_to", "sample"]
ROW: list[Cell] = [10, "Phường 10", "ward", "GV", "01/01/2019"]
Write = Callable[[Sheets], bytes]
FORMATS = pytest.mark.parametrize("write", [xlsx, ods, xls])


def read(folder: Path, data: bytes, name: str = "own.xlsx") -> UnitList:
    path = folder / name
    path.write_bytes(data)
    return read_list(path, STORED, shipped_levels())


def complaints(folder: Path, data: bytes, name: str = "own.xlsx") -> list[str]:
    with pytest.raises(PlanError) as caught:
        read(folder, data, name)
    return [str(problem).removeprefix(f"[{name}") for problem in caught.value.problems]


@FORMATS
def test_a_workbook_is_read_whatever_its_name(tmp_path: Path, write: Write) -> None:
    for name in ("own.xlsx", "own.xls", "own.ods", "own.csv", "own"):
        new = read(tmp_path, write({"Sheet1": [HEADER, ROW]}), name)
        assert (new.units, new.rows) == ({"10": WARD}, {"10": 2})


@FORMATS
def test_the_sheet_with_the_column_names_is_taken(tmp_path: Path, write: Write) -> None:
    notes: list[list[Cell]] = [["code", "ghi chú"], ["P99", "Phường mới"]]
    assert read(tmp_path, write({"Ghi chú": notes, "Trống": [], "Danh sách": [HEADER, ROW]})).units == {"10": WARD}


@FORMATS
def test_a_workbook_without_column_names_is_told_what_is_missing(tmp_path: Path, write: Write) -> None:
    said = complaints(tmp_path, write({"Trống": [], "Danh sách": [ROW]}))
    assert said[0].startswith(" row 1] The column “code” is missing.")
    assert len(said) == len(HEADER)


@FORMATS
def test_rows_and_columns_are_counted_as_the_sheet_counts_them(tmp_path: Path, write: Write) -> None:
    indented: list[list[Cell]] = [[None, *cells] for cells in ([], ["DANH SÁCH"], [], HEADER, [], ROW, [], [11])]
    assert complaints(tmp_path, write({"Sheet1": indented}))[0] == " row 8] “name” is empty. Fill it in."


@FORMATS
def test_names_are_cleaned_as_in_a_csv(tmp_path: Path, write: Write) -> None:
    row: list[Cell] = [10, "\u200bPhu\u031bo\u031b\u0300ng\n\u00a010 ", *ROW[2:]]
    assert read(tmp_path, write({"Sheet1": [HEADER, row]})).units == {"10": WARD}


@pytest.mark.parametrize("write", [xlsx, ods])
def test_days_and_yes_are_read_as_the_sheet_holds_them(tmp_path: Path, write: Write) -> None:
    row: list[Cell] = ["P10", "Phường 10", "ward", "GV", date(2019, 1, 1), datetime(2025, 6, 30), True]  # noqa: DTZ001 (a cell's)
    unit = read(tmp_path, write({"Sheet1": [HEADER, row]})).units["P10"]
    assert (unit.valid_from, unit.valid_to, unit.sample) == (date(2019, 1, 1), date(2025, 6, 30), True)


@FORMATS
def test_a_number_that_is_no_day_is_refused(tmp_path: Path, write: Write) -> None:
    rows = [HEADER, [*ROW[:4], 43466], [10.5, *ROW[1:]]]
    assert complaints(tmp_path, write({"Sheet1": rows})) == [
        " row 2] “43466” in “valid_from” is no date. Write it like 2019-05-08 or 08/05/2019."
    ]


@FORMATS
def test_merged_parents_are_refused_with_their_rows(tmp_path: Path, write: Write) -> None:
    rows: list[list[Cell]] = [HEADER, ROW, ["P11", "Phường 11", "ward", None, "01/01/2019"]]
    said = " row 3] A unit of level ward needs a parent. Write the code of a unit of level district."
    assert complaints(tmp_path, write({"Sheet1": rows})) == [said]


@FORMATS
@pytest.mark.parametrize("rows", [[], [[None, " "]], [HEADER]])
def test_an_empty_workbook_is_refused(tmp_path: Path, write: Write, rows: list[list[Cell]]) -> None:
    said = "] The file has no rows. Add at least one row below the column names."
    assert complaints(tmp_path, write({"Sheet1": rows, "Sheet2": []})) == [said]


@FORMATS
def test_lists_on_several_sheets_are_doubtful(tmp_path: Path, write: Write) -> None:
    new = read(tmp_path, write({"P10": [HEADER, ROW], "Ghi chú": [["code"]], "P11": [HEADER, [11, *ROW[1:]]]}))
    assert new.units == {"10": WARD}
    assert [str(doubt) for doubt in new.doubts] == [
        "[own.xlsx] Only the sheet “P10” is read; there are lists on “P11” as well. Put all units on one sheet, or "
        "say yes if these are not meant."
    ]


def test_a_hidden_sheet_is_not_imported(tmp_path: Path) -> None:
    old = [HEADER, [10, "Tên cũ", *ROW[2:]]]
    assert read(tmp_path, xlsx({"Cũ": old, "Mới": [HEADER, ROW]}, hidden=["Cũ"])).units == {"10": WARD}


@pytest.mark.parametrize(
    "data",
    [
        xlsx({"Sheet1": [HEADER, ROW]})[:900],
        ods({"Sheet1": [HEADER, ROW]})[:-200],
        xls({"Sheet1": [HEADER, ROW]})[:700],
        xls({"Sheet1": [HEADER, ROW]})[:1100],
        xlsx({"Sheet1": [HEADER, ROW]}, stray=(1_048_576, 16_384)),
        b"PK\x03\x04",
        b"<html><table><tr><td>code</td></tr></table></html>",
    ],
)
def test_a_damaged_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    said = "] This is no workbook that can be read. Open it in Excel or LibreOffice, save it as .xlsx and import that."
    assert complaints(tmp_path, data) == [said]


@pytest.mark.parametrize(
    "data",
    [
        protected_xlsx(),
        ods({"Sheet1": [HEADER, ROW]}, is_protected=True),
        xls({"Sheet1": [HEADER, ROW]}, is_protected=True),
    ],
)
def test_a_locked_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    said = "] The workbook is locked with a password. Save it without one and import that."
    assert complaints(tmp_path, data) == [said]


@pytest.mark.parametrize("at", [(1_000_000, 8), (900_000, 30)])
def test_a_cell_far_out_costs_no_million_lines(tmp_path: Path, at: tuple[int, int]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (HEADER, ROW):
        sheet.append(cells)
    sheet.cell(*at, value="x")
    book.save(tmp_path / "own.xlsx")
    data = (tmp_path / "own.xlsx").read_bytes()
    lines = read_all(data, "own.xlsx", Problems())
    assert lines is not None
    (found,) = lines.values()
    assert [len(line) for line in found] == [len(HEADER), len(ROW)]
    assert read(tmp_path, data).units == {"10": WARD}


def test_what_is_packed_too_well_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(xlsx({"Sheet1": [HEADER, ROW]}))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("META-INF/manifest.xml", "w") as manifest:
        for _ in range(64):
            manifest.write(bytes(1 << 20))
    tracemalloc.start()
    assert read(tmp_path, path.read_bytes()).units == {"10": WARD}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 << 20


@pytest.mark.parametrize("level", ["phường", "Phường", "phuong", "WARD", "ward"])
@pytest.mark.parametrize("day", ["1.1.2019", "1-1-2019", "01/01/2019", "2019-01-01"])
def test_a_level_and_a_day_are_read_as_people_write_them(tmp_path: Path, level: str, day: str) -> None:
    line = f"10;Phường 10;{level};GV;{day};;"
    data = f"Mã;Tên đơn vị;Cấp;Thuộc;Từ ngày;Đến ngày;Mẫu\n{line}\n".encode()
    assert read(tmp_path, data, "own.csv").units == {"10": WARD}
