"""CSV files as people really save them, read into rows that know where they stand.

Accepted: comma, semicolon or tab between cells (Excel takes the semicolon under Vietnamese settings), a byte-order
mark, any line ends, UTF-16 (Excel's "Unicode text"), accents composed or not. What cannot be read is a problem with
its row; nothing is guessed.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plan.problems import PlanError, Problem

DELIMITERS = ",;\t"
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff\ufffe\uffff]")
"""Invisible characters: databases and XML refuse some, and none of them means anything in a table."""


@dataclass(slots=True)
class Problems:
    """The problems noted so far: reading goes on after a problem, so that one run shows them all."""

    noted: list[Problem] = field(default_factory=list)

    def add(self, file: str, row: int, code: str, /, **params: str | int) -> None:
        self.noted.append(Problem(file, row, code, params))

    def raise_any(self) -> None:
        if self.noted:
            raise PlanError(tuple(self.noted))


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells by column name; `number` is the row as a spreadsheet shows it."""

    file: str
    number: int
    cells: Mapping[str, str]
    problems: Problems

    def wrong(self, code: str, /, **params: str | int) -> None:
        self.problems.add(self.file, self.number, code, **params)


def read_rows(path: Path, file: str, columns: Sequence[str], problems: Problems) -> list[Row]:
    """The rows of a file, or none when it cannot be used as a whole; `file` is what people know it by."""
    try:
        data = path.read_bytes()
    except OSError:
        problems.add(file, 0, "no_file")
        return []
    return parse_rows(data, file, columns, problems)


def parse_rows(data: bytes, file: str, columns: Sequence[str], problems: Problems) -> list[Row]:
    text = _decode(data, file, problems)
    if text is None:
        return []
    lines = _cells(text, file, problems)
    header = lines[0] if lines else []
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.add(file, 1, "no_column", column=column, columns=", ".join(columns))
    rows = [] if missing else list(_rows(lines, file, problems))
    if not (missing or rows or problems.noted):
        problems.add(file, 0, "no_rows")
    return rows


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(file, 0 if utf16 else data.count(b"\n", 0, error.start) + 1, "not_utf8")
        return None
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def _cells(text: str, file: str, problems: Problems) -> list[list[str]]:
    """All lines, the blank ones too, so that a line's place in the list is its row."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            lines.append([cell.strip() for cell in cells])  # noqa: PERF401 (the rows before an error tell its place)
    except csv.Error:
        problems.add(file, len(lines) + 1, "broken_quotes")
        return []
    return lines


def _rows(lines: list[list[str]], file: str, problems: Problems) -> Iterator[Row]:
    header = lines[0]
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            problems.add(file, number, "too_many_cells", cells=len(cells), columns=len(header))
            continue
        padded = cells + [""] * (len(header) - len(cells))
        yield Row(file, number, dict(zip(header, padded, strict=False)), problems)
