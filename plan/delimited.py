"""Tables kept as text, as people really save them: CSV from any program, and Excel's "Unicode text".

Accepted: comma, semicolon or tab between cells (Excel takes the semicolon under Vietnamese settings), or whatever a
first line like `sep=|` names; a byte-order mark, any line ends, UTF-16.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

from plan.problems import Problems

DELIMITERS = ",;\t"
NAMED_DELIMITER = re.compile(r'\s*"?sep ?= ?(?P<delimiter>[^\w\s"]|\t)"?[,;\t ]*(\r\n|\r|\n|$)', re.IGNORECASE)
"""A line for Excel alone, which does not show it: the row below is row 1."""
LINE = re.compile("\r\n|\r|\n")


def read_lines(
    data: bytes, file: str, problems: Problems, count_names: Callable[[Sequence[str]], int], looked_at: int
) -> list[list[str]] | None:
    """All lines, the blank ones too, so that a line's place in the list is its row; `None` if they cannot be read.

    The separator is the one that shows the most column names in one of the first lines `looked_at`. A named one goes
    first and is not just believed: a program that does not know such a line keeps it beside a separator of its own.
    """
    text = _decode(data, file, problems)
    if text is None:
        return None
    named = NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    first = [line.replace('"', "") for line in LINE.split(body)[:looked_at]]
    candidates = (named["delimiter"] if named else "") + DELIMITERS
    delimiter = max(candidates, key=lambda each: max(count_names(line.split(each)) for line in first))
    return _split(body, delimiter, file, problems)


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(file, 0 if utf16 else data.count(b"\n", 0, error.start) + 1, "not_utf8")
        return None


def _split(text: str, delimiter: str, file: str, problems: Problems) -> list[list[str]] | None:
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            lines.append(cells)  # noqa: PERF402 (the rows before an error tell its place)
    except csv.Error:
        problems.add(file, len(lines) + 1, "broken_quotes")
        return None
    return lines
