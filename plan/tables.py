"""Tables as people really keep them, read into rows that know where they stand.

The column names may have capitals, blanks around them and title rows above them; accents may be composed or not. What
cannot be read is a problem with its row; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from interview import fold
from plan.delimited import read_lines
from plan.problems import Problems
from plan.workbooks import is_workbook, read_all, read_sheet

HEADER_WITHIN = 20
"""The row of column names is looked for in so many rows: above it stand a title, an office, a date."""
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|_x000D_", re.IGNORECASE
)
"""Invisible characters: databases and XML refuse some, and none of them means anything in a table."""
REMARK = re.compile(r"\(.*?\)|[:*]")
"""What people add to a column's name: “Từ ngày (ngày/tháng/năm) *”."""
NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells by column name; `number` is the row as a spreadsheet shows it."""

    file: str
    number: int
    cells: Mapping[str, str]
    problems: Problems

    def wrong(self, code: str, /, **params: str | int) -> None:
        self.problems.add(self.file, self.number, code, **params)

    def doubtful(self, code: str, /, **params: str | int) -> None:
        self.problems.doubt(self.file, self.number, code, **params)


def read_rows(
    path: Path, file: str, columns: Sequence[str], problems: Problems, words: Mapping[str, str] = NO_WORDS
) -> list[Row]:
    """The rows of a file, or none when it cannot be used as a whole; `file` is what people know it by.

    `words` are other names of columns: what people write → the column.
    """
    try:
        data = path.read_bytes()
    except OSError:
        problems.add(file, 0, "no_file")
        return []
    names = _names(columns, words)
    read = read_sheet if is_workbook(data, file) else read_lines
    lines = read(data, file, problems, partial(_count_names, names), HEADER_WITHIN)
    return [] if lines is None else _rows_below_header(lines, file, columns, problems, names)


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows of each sheet that has the needed columns, and the names of those that hold something else."""

    by_sheet: Mapping[str, Sequence[Row]]
    others: tuple[str, ...] = ()


def read_lists(
    path: Path, file: str, columns: Sequence[str], problems: Problems, words: Mapping[str, str] = NO_WORDS
) -> Lists:
    """The same of every sheet that has the columns. A file without sheets, or without any such, is read as one list.

    Rows and their problems name their sheet as their file.
    """
    data = path.read_bytes() if path.is_file() else b""
    sheets = (read_all(data, file, Problems()) if is_workbook(data, file) else None) or {}
    names, found = _names(columns, words), dict[str, Sequence[Row]]()
    for sheet, lines in sheets.items():
        noted = Problems()
        if rows := _rows_below_header(lines, sheet, columns, noted, names):
            problems.noted += noted.noted
            found[sheet] = [replace(row, problems=problems) for row in rows]
    if not found:
        return Lists({"": read_rows(path, file, columns, problems, words)})
    return Lists(found, tuple(name for name, lines in sheets.items() if name not in found and any(map(any, lines))))


def _names(columns: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    return {_name(name): column for name, column in (*((each, each) for each in columns), *words.items())}


def _rows_below_header(
    lines: Sequence[Sequence[str]], file: str, columns: Sequence[str], problems: Problems, names: Mapping[str, str]
) -> list[Row]:
    table = [[_clean(cell) for cell in cells] for cells in lines]
    if not any(map(any, table)):
        problems.add(file, 0, "no_rows")
        return []
    place = max(range(min(HEADER_WITHIN, len(table))), key=lambda each: _count_names(names, table[each]))
    header, below = _header(names, columns, table, place)
    missing = [column for column in columns if column not in header]
    twice = [column for column in columns if header.count(column) > 1]
    for column in missing:
        problems.add(file, place + 1, "no_column", column=column, columns=", ".join(columns))
    for column in twice:
        problems.add(file, place + 1, "column_twice", column=column)
    noted = len(problems.noted)
    rows = [] if missing or twice else list(_rows(header, table[below:], below + 1, file, problems))
    if not (missing or twice or rows or len(problems.noted) > noted):
        problems.add(file, 0, "no_rows")
    return rows


def _header(
    names: Mapping[str, str], columns: Sequence[str], table: Sequence[Sequence[str]], place: int
) -> tuple[list[str], int]:
    """The columns, and the place of the line below their names.

    The names may stand in two lines, with merged cells: “Đơn vị” above “Phường” and “Khu phố”. The lower one counts
    where it says something.
    """
    upper, lower, above = (_columns(names, table[each : each + 1]) for each in (place, place + 1, max(place - 1, 0)))
    beside = [cell for column, cell in zip_longest(upper, lower, fillvalue="") if column in columns]
    if not (set(names.values()).isdisjoint(lower) or any(beside)):
        return _merged(upper, lower), place + 2
    if any(column in above and column not in upper for column in columns):
        return _merged(above, upper), place + 1
    return upper, place + 1


def _columns(names: Mapping[str, str], lines: Sequence[Sequence[str]]) -> list[str]:
    """The columns that a line names; none if there is no line."""
    return [_column(names, cell) for line in lines for cell in line]


def _merged(above: Sequence[str], below: Sequence[str]) -> list[str]:
    return [lower or upper for upper, lower in zip_longest(above, below, fillvalue="")]


def _clean(cell: str) -> str:
    """Without invisible characters; a line break or another blank inside is a space, as nobody sees the difference."""
    return " ".join(UNWANTED.sub("", unicodedata.normalize("NFC", cell)).split())


def _column(names: Mapping[str, str], cell: str) -> str:
    """The column that a cell names, or the cell as it is."""
    return names.get(_name(cell), cell)


def _name(cell: str) -> str:
    return fold(REMARK.sub("", cell).replace("_", " "))


def _count_names(names: Mapping[str, str], cells: Sequence[str]) -> int:
    """How many columns a line names; the row of column names is the one that names the most."""
    known = set(names.values())
    return len({column for cell in cells if (column := _column(names, _clean(cell))) in known})


def _rows(
    header: Sequence[str], lines: Sequence[Sequence[str]], first: int, file: str, problems: Problems
) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=first):
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            problems.add(file, number, "too_many_cells", cells=len(cells), columns=len(header))
            continue
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield Row(file, number, dict(zip(header, padded, strict=False)), problems)
