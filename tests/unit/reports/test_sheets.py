"""What a workbook's cells hold, whatever people wrote, and that its memory does not grow with its rows."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from periods.period import period_of
from reports.files import sheets
from reports.files.content import Content
from reports.files.csv_files import written
from reports.files.scope import Wanted
from reports.files.sheets import write_workbook
from reports.files.tables import Chart, Column, Drawn, Holds, Row, Table
from tests.unit.reports.samples import EMPTY

HOSTILE = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "http://example.com",
    "mailto:a@b.c",
    "0123",
    "1e5",
    "{=1}",
    "_x0041_",
    "</t></is><f>1</f>",
    "a\x00b\ud800",
    "TRUE",
)
COLUMNS = (
    Column("text", "Chữ", "", Holds.TEXT, 20),
    Column("women", "Lượt nữ", ""),
)


def content(table: Table) -> Content:
    return Content(Wanted("GV", period_of("2020-W45"), "vi"), EMPTY, None, (table,))


def nothing(_done: int, _whole: int) -> None:
    pass


def sheet(place: Path, name: str = "Bảng") -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(place)).get_sheet_by_name(name).to_python()


def test_what_people_wrote_is_text(tmp_path: Path) -> None:
    rows: list[Row] = [(text, 1) for text in HOSTILE]
    write_workbook(tmp_path / "so.xlsx", content(Table("t", "Bảng", "", COLUMNS, rows)), nothing)
    told = [row[0] for row in sheet(tmp_path / "so.xlsx")[4:]]
    assert told == [text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd") for text in HOSTILE]
    with zipfile.ZipFile(tmp_path / "so.xlsx") as book:
        inside = {name: book.read(name).decode("utf-8") for name in book.namelist() if "worksheets" in name}
    assert not any("<f>" in text or "<hyperlink" in text for text in inside.values())
    assert not any("_rels" in name for name in inside)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\n=1"])
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    assert written([text, -1, 0.5, None]) == [f"'{text}", "-1", "0.5", ""]


def test_a_csv_cell_holds_no_character_that_a_reader_drops() -> None:
    assert written(["\r=1", "a\x00"]) == ["\ufffd=1", "a\ufffd"]


def test_a_text_longer_than_a_cell_goes_on_in_the_next(tmp_path: Path) -> None:
    text = "ă" * 70_000
    write_workbook(tmp_path / "so.xlsx", content(Table("t", "Bảng", "", COLUMNS, [(text, 5)])), nothing)
    row = sheet(tmp_path / "so.xlsx")[4]
    assert row[1] == 5
    assert "".join(map(str, (row[0], *row[2:]))) == text


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    rows: list[Row] = [(f"dòng {number}", number) for number in range(7)]
    write_workbook(tmp_path / "so.xlsx", content(Table("t", "Bảng", "", COLUMNS, rows)), nothing)
    told = [row[1] for name in ("Bảng", "Bảng (2)", "Bảng (3)") for row in sheet(tmp_path / "so.xlsx", name)[4:]]
    assert told == list(range(7))


def test_sheets_are_ready_to_filter_and_to_print(tmp_path: Path) -> None:
    rows: list[Row] = [("a & b", 1), ("c", 2)]
    table = Table("t", "Bảng", "", COLUMNS, rows, total=("Tổng", 3), chart=Chart(Drawn.BARS, "text", ("women",)))
    write_workbook(tmp_path / "so.xlsx", content(table), nothing)
    with zipfile.ZipFile(tmp_path / "so.xlsx") as book:
        inside = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        names = book.read("xl/workbook.xml").decode("utf-8")
        assert "xl/charts/chart1.xml" in book.namelist()
    assert '<autoFilter ref="A5:B7"/>' in inside
    assert 'state="frozen"' in inside
    assert 'paperSize="9"' in inside
    assert 'orientation="landscape"' in inside
    assert "fitToPage" in inside
    assert "$5:$5" in names  # the head is printed on each page
    assert "&amp;P / &amp;N" in inside


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """A row takes a hundred bytes and more in memory: a tenth of it for each further row would already be too much."""

    def peak(count: int) -> int:
        def rows() -> Iterator[Row]:
            for number in range(count):
                yield f"Nói chuyện chuyên đề về bình đẳng giới {number}", number

        table = Table("t", "Bảng", "", COLUMNS, rows(), count=count)
        tracemalloc.start()
        write_workbook(tmp_path / "so.xlsx", content(table), nothing)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(6_000)  # what is loaded once, and buffers
    assert peak(12_000) - peak(6_000) < 6_000 * 10


def test_it_is_told_how_far_the_rows_are(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows: list[Row] = [("a", 1)] * 1_200
    write_workbook(tmp_path / "so.xlsx", content(Table("t", "Bảng", "", COLUMNS, rows)), lambda *how: told.append(how))
    assert told == [(500, 1_200), (1_000, 1_200)]
