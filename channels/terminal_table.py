"""A table in columns of a terminal: aligned whatever letters stand in it, cut to the width without losing a number.

A terminal's cells are not characters: "ế" may be written as "e" with two marks, which take none, and a Chinese
character takes two. Pure.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from messages import Column, Kind, Row, Table
from messages.table_lines import table_lines

GAP = "  "
LEAST_TEXT = 9
"""Columns of a terminal below which a text is not cut: then the table is written as lines."""
HEAD_LINES = (1, 2, 9)
"""Lines that heads may take: the first number of these with which the table fits."""
_WIDE = frozenset({"W", "F"})
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def width(text: str) -> int:
    """The columns of a terminal that a text takes."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def aligned(table: Table, columns: int) -> list[str]:
    """The table in at most so many columns of a terminal.

    Heads go over several lines, then texts are cut, what the rows are about last; a table that is still too wide is
    written as lines.
    """
    rows = list(_rows(table))
    shown = [row for row in rows if row is not None]
    cells = [max((width(row[at]) for row in shown), default=0) for at in range(len(table.columns))]
    room = columns - len(GAP) * (len(cells) - 1)
    wishes = [list(map(max, cells, _head_widths(table.columns, lines))) for lines in HEAD_LINES]
    fitting = next((wish for wish in wishes if sum(wish) <= room), None) or _fit(wishes[-1], table.columns, room)
    if fitting is None:
        return table_lines(table)
    rule = "─" * (sum(fitting) + len(GAP) * (len(fitting) - 1))
    return [
        *([table.caption] if table.caption else []),
        *_heads(table.columns, fitting),
        rule,
        *(rule if row is None else _written(row, fitting, table.columns) for row in rows),
    ]


def _heads(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """The heads, word by word on as many lines as they need, the last one next to the rows."""
    wrapped = [_wrapped(column.head, there) for column, there in zip(columns, widths, strict=True)]
    height = max(map(len, wrapped))
    for at in range(height):
        line = [lines[at - height + len(lines)] if at >= height - len(lines) else "" for lines in wrapped]
        yield _written(line, widths, columns)


def _head_widths(columns: Sequence[Column], lines: int) -> list[int]:
    """For each column the width in which its head takes at most so many lines."""
    return [
        next(there for there in range(width(column.head) + 1) if _takes(column.head, there) <= lines)
        for column in columns
    ]


def _takes(head: str, columns: int) -> int:
    """The lines that a head takes in so many columns; too many if a word alone is wider."""
    return HEAD_LINES[-1] + 1 if max(map(width, head.split()), default=0) > columns else len(_wrapped(head, columns))


def _wrapped(head: str, columns: int) -> list[str]:
    lines: list[str] = []
    for word in head.split():
        if lines and width(f"{lines[-1]} {word}") <= columns:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _rows(table: Table) -> Iterator[list[str] | None]:
    """The rows as texts; `None` is a rule. A group's rows stand below its title, a little to the right."""
    for row in table.rows:
        yield _texts(table, row)
    for group in table.groups:
        yield _texts(table, (group.title, *(group.totals[1:] or [""] * (len(table.columns) - 1))))
        for row in group.rows:
            name, *others = _texts(table, row)
            yield [f"  {name}", *others]
    if table.totals:
        yield None
        yield _texts(table, table.totals)


def _texts(table: Table, row: Row) -> list[str]:
    return [" ".join(table.text(cell).split()) for cell in row]


def _fit(widths: Sequence[int], columns: Sequence[Column], room: int) -> list[int] | None:
    """The widths with texts narrowed until all fit; `None` if texts would have to become too narrow."""
    fitting = list(widths)
    texts = [at for at, column in enumerate(columns) if column.kind is Kind.TEXT]
    for at in sorted(texts, key=lambda at: (at == 0, -fitting[at])):
        excess = sum(fitting) - room
        fitting[at] = max(min(fitting[at], LEAST_TEXT), fitting[at] - max(excess, 0))
    return fitting if sum(fitting) <= room else None


def _written(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    cells = [
        _padded(_cut(text, there), there, at_end=column.kind is Kind.NUMBER)
        for text, there, column in zip(row, widths, columns, strict=True)
    ]
    return GAP.join(cells).rstrip()


def _padded(text: str, columns: int, *, at_end: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if at_end else text + space


def _cut(text: str, columns: int) -> str:
    """The text in so many columns, with "…" for what is left out: a number at its end stays, since it tells rows apart.

    "Khu phố Hạnh Thông 12" becomes "Khu phố… 12".
    """
    if width(text) <= columns:
        return text
    last = text.rpartition(" ")[2]
    tail = f"… {last}" if last.isdecimal() and width(last) + 3 < columns else "…"
    kept, used = "", width(tail)
    for character in text:
        used += _cells(character)
        if used > columns:
            break
        kept += character
    return f"{kept.rstrip()}{tail}"
