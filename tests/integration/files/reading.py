"""Files of a small world, made and read back as others' programs read them."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from periods.period import period_of
from plan.model import Plan
from reports.files.builders import builder_of
from reports.files.building import Material
from reports.files.scope import Wanted
from tests.integration.reports.world import NOW, World, small_plan

Rows = list[dict[str, Any]]
NOTHING = "Không có dòng nào."
HEADS = ("Mã", "Số liệu", "Nội dung", "Tuần", "Số báo cáo", "Mã chỉ tiêu", "Từ", "Bảng", "Danh mục")
"""The first column of each sheet."""


def make(
    world: World,
    kind: str,
    place: Path,
    wanted: Wanted,
    plan: Plan | None = None,
    now: datetime = NOW,
    **issued: Any,
) -> str:
    """Build a file, and return its message's text; `issued` is what the recipe of an issued one has beside."""
    material = Material(world.db, plan or small_plan(), Path("plan"), now, lambda _done, _whole: None)
    return builder_of(kind)(material, {**wanted.written(), **issued}, place)


def wanted_of(unit: str, period: str, *, shared: bool = False, language: str = "vi") -> Wanted:
    return Wanted(unit, period_of(period), language, shared)


def sheets_of(place: Path) -> dict[str, Rows]:
    """The sheets by name, each row by its columns' titles; what stands above the head is left out."""
    book = CalamineWorkbook.from_path(str(place))
    return {name: _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _rows(cells: list[list[Any]]) -> Rows:
    head = next(at for at, row in enumerate(cells) if at >= 3 and row and row[0] in HEADS)
    rows = [dict(zip(cells[head], row, strict=False)) for row in cells[head + 1 :]]
    return [] if rows and rows[0][cells[head][0]] == NOTHING else rows


def csvs_of(place: Path) -> dict[str, Rows]:
    """The files of an archive by name, each row by its columns' codes."""
    with ZipFile(place) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
