"""A table as short lines, for where no table can be shown, and cut into pages of such lines. Pure.

"• Khu phố 5: 3 hoạt động · 30 nữ · 15 nam". The totals come first: whoever reads no further has them. A zero is left
out beside other numbers, since a chat's width is scarce.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from messages.limits import units
from messages.outgoing import Outgoing
from messages.tables import Cell, Column, Group, Kind, Row, Table


def table_lines(table: Table) -> list[str]:
    """The table, its caption first, each row as a line."""
    head = [table.caption] if table.caption else []
    if table.totals:
        head.append(_line(table, table.totals))
    return [*head, *(line for group in _sections(table) for line in _group_lines(table, group))]


def _sections(table: Table) -> Iterator[Group]:
    """The rows without a group, as a group without a title, then the groups."""
    if table.rows:
        yield Group("", table.rows)
    yield from table.groups


def _group_lines(table: Table, group: Group) -> Iterator[str]:
    if group.title:
        yield _with_title(table, group)
    for row in group.rows:
        yield f"• {_line(table, row)}"


def _with_title(table: Table, group: Group) -> str:
    line = _line(table, (group.title, *group.totals[1:])) if group.totals else group.title
    return line if ": " in line else f"{line}:"


def _line(table: Table, row: Row) -> str:
    name, *cells = row
    told = [pair for pair in zip(table.columns[1:], cells, strict=True) if pair[1] not in {None, ""}]
    shown = [pair for pair in told if pair[1] != 0] or told
    values = " · ".join(_value(table, column, cell) for column, cell in shown)
    return f"{_one_line(table.text(name))}: {values}" if values else _one_line(table.text(name))


def _value(table: Table, column: Column, cell: Cell) -> str:
    """ "30 nữ", "nữ 62,5 %", "chưa nộp": counts before their head, what has a unit after it, texts alone."""
    text = _one_line(table.text(cell))
    label = column.label[:1].lower() + column.label[1:]
    if column.kind is Kind.TEXT:
        return text
    return f"{label} {text} {column.unit}" if column.unit else f"{text} {label}"


def _one_line(text: str) -> str:
    """A cell on one line: a second one would look like another row."""
    return " ".join(text.split())


def cut(table: Table, limit: int) -> list[Table]:
    """The table in pages whose lines fit into so many units each; a single row may be longer.

    The totals stand on the first page; a group that is cut has its title on every page.
    """
    pages: list[list[tuple[Group, Row]]] = [[]]
    used = _length(table_lines(replace(table, rows=(), groups=())))
    for group in _sections(table):
        title = _length([_with_title(table, group)] if group.title else [])
        for row in group.rows or ((),):
            line = _length([f"• {_line(table, row)}"] if row else [])
            cost = line if pages[-1] and pages[-1][-1][0] is group else title + line
            if pages[-1] and used + cost > limit:
                pages.append([])
                used, cost = _length([table.caption]), title + line
            pages[-1].append((group, row))
            used += cost
    return [_page(table, page, is_first=page is pages[0]) for page in pages]


def _page(table: Table, page: Sequence[tuple[Group, Row]], *, is_first: bool) -> Table:
    cuts = [list(pairs) for _, pairs in groupby(page, key=lambda pair: id(pair[0]))]
    sections = [replace(pairs[0][0], rows=tuple(row for _, row in pairs if row)) for pairs in cuts]
    return replace(
        table,
        rows=tuple(row for group in sections if not group.title for row in group.rows),
        groups=tuple(group for group in sections if group.title),
        totals=table.totals if is_first else (),
    )


def _length(lines: Sequence[str]) -> int:
    """Units of lines with their ends."""
    return sum(units(line) + 1 for line in lines)


def with_table(message: Outgoing) -> str:
    """A message's text, followed by its table as lines."""
    lines = table_lines(message.table) if message.table else []
    return "\n\n".join(filter(None, (message.text.strip(), "\n".join(lines))))
