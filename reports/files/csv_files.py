"""Builds CSV files of a unit's period, one a table with a codebook among them, in one archive.

UTF-8 with a byte order mark, so that spreadsheets read Vietnamese; commas and quotes as in RFC 4180. Heads are the
columns' codes, days ISO 8601, shares fractions of 1. A text that a spreadsheet could take for a formula has an
apostrophe before it (OWASP, "CSV injection"), which the table of definitions says.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from messages import clean
from periods.days import ZONE
from reports.files.building import Data, Material
from reports.files.caption import caption
from reports.files.content import content_of
from reports.files.progress import Progress
from reports.files.scope import Wanted
from reports.files.standing import as_of_text
from reports.files.tables import Cell, Table

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, or drops before looking."""


def build_csv(material: Material, data: Data, place: Path) -> str:
    """Write the archive of a recipe's data, and return the text that brings it."""
    content = content_of(material, Wanted.read(data))
    progress = Progress.over(content.tables, material.tell)
    at = content.figures.as_of.astimezone(ZONE)
    with ZipFile(place, "w", ZIP_DEFLATED) as archive:
        archive.comment = as_of_text(content.say, content.wanted.entered, content.figures.as_of).encode()
        for table in content.tables:
            member = ZipInfo(f"{table.code}.csv", at.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            with (
                archive.open(member, "w", force_zip64=True) as raw,
                TextIOWrapper(raw, "utf-8-sig", newline="") as file,
            ):
                _write(file, table, progress)
    return caption(content)


def _write(file: TextIO, table: Table, progress: Progress) -> None:
    writer = csv.writer(file)
    writer.writerow([column.code for column in table.columns])
    for row in table.rows:
        writer.writerow(written(row))
        progress.row()


def written(row: Iterable[Cell]) -> list[str]:
    """The cells of a row as a CSV file has them."""
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(ZONE).isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        text = clean(cell)
        return f"'{text}" if text.startswith(ACTIVE) else text
    return repr(cell)
