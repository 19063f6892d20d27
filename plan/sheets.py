"""`python -m plan.sheets`: the visible sheets of the workbook on standard input, as JSON on standard output.

A process of its own, because the library ends the one that it runs in over a damaged .xls or a lone cell at a sheet's
far corner.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MOST_CHARACTERS = 10_000_000
"""Characters of a sheet; a list of ten thousand units has a tenth."""
MOST_BLANK = 10_000
"""Empty lines: what stands below so many of them belongs to no list."""
MEMORY = 1 << 30
"""Bytes; a list of ten thousand units takes a few million."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sys.stdout.write(json.dumps(_visible_sheets(book)))
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
    return {name: _lines(book, name) for name in names}


def _lines(book: CalamineWorkbook, name: str) -> list[list[str]]:
    """All lines from the sheet's corner on, the empty ones too, each up to its last cell that says something.

    A cell far out makes a million lines of a small file: what is empty is not written down.
    """
    sheet, lines, room = book.get_sheet_by_name(name), list[list[str]](), MOST_CHARACTERS
    blank = 0
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for line in sheet.iter_rows():
        said = next((at for at in range(len(line), 0, -1) if line[at - 1] != ""), 0)
        lines.append([*before, *map(_text, line[:said])] if said else [])
        room -= sum(len(cell) + 1 for cell in lines[-1])
        if room < 0:
            raise MemoryError
        blank = 0 if said else blank + 1
        if blank == MOST_BLANK:
            break
    while lines and not lines[-1]:
        lines.pop()
    return lines


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
