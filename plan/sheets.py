"""`python -m plan.sheets`: the visible sheets of the workbook on standard input, as JSON on standard output.

A process of its own, because the library ends the one that it runs in over a damaged .xls or a lone cell at a sheet's
far corner.
"""

import io
import json
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 1 << 30
"""Bytes; a list of ten thousand units takes a few million."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        json.dump(_visible_sheets(book), sys.stdout)
    except (CalamineError, MemoryError):
        return 1
    return 0


def _visible_sheets(book: CalamineWorkbook) -> dict[str, list[list[str]]]:
    """The lines by the sheet's name, without hidden sheets: who imports the file may not know of them."""
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    return {name: [[_text(cell) for cell in line] for line in _lines(book, name)] for name in names}


def _lines(book: CalamineWorkbook, name: str) -> Sequence[Sequence[object]]:
    """All lines and columns from the sheet's corner on, the empty ones too."""
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV: whole numbers without a point, days as days."""
    match cell:
        case bool():
            return str(int(cell))
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time.min:
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


if __name__ == "__main__":
    sys.exit(main())
