"""A table as the page gets it: texts as they are shown, and what a cell is sorted by where that is another thing."""

from collections.abc import Iterator
from typing import Any

from messages import Cell, Group, Kind, Row, Table
from messages.tables import sort_value


def table_view(table: Table) -> dict[str, Any]:
    """Make the table for the page: columns, sections of rows (a group has a title), totals; empty parts left out."""
    columns = [{"head": column.head, "number": column.kind is Kind.NUMBER} for column in table.columns]
    fields: dict[str, Any] = {"caption": table.caption, "columns": columns, "sections": list(_sections(table))}
    if table.totals:
        fields["totals"] = _cells(table, table.totals)
    return fields


def _sections(table: Table) -> Iterator[dict[str, Any]]:
    if table.rows:
        yield {"rows": [_cells(table, row) for row in table.rows]}
    for group in table.groups:
        yield _section(table, group)


def _section(table: Table, group: Group) -> dict[str, Any]:
    section: dict[str, Any] = {"title": group.title, "rows": [_cells(table, row) for row in group.rows]}
    if group.totals:
        section["totals"] = _cells(table, (group.title, *group.totals[1:]))
    if group.opens:
        section["opens"] = {"id": group.opens.id, "label": group.opens.label}
    return section


def _cells(table: Table, row: Row) -> list[Any]:
    return [_cell(table.text(cell), cell) for cell in row]


def _cell(text: str, cell: Cell) -> Any:
    """A text, or the text and the number or nothing that stands behind it."""
    value = sort_value(cell)
    return text if value == text else [text, value]
