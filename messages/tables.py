"""A table in a message: what its columns mean, its rows, groups of rows, and a row of totals.

It is a value like the rest of the vocabulary: how it looks is each channel's business. Its texts are in the reader's
language already, its numbers are numbers, so that a channel can align, sort and write them as the language does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeAlias

from locales import decimal, number
from messages.choices import Choice

NOTHING = "–"
"""What stands in a cell of which nothing is known; a zero is a number."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Valued:
    """A cell that shows more than a number ("120–340", "dưới 5") and is sorted by one."""

    text: str
    value: float


Cell: TypeAlias = str | int | float | Valued | None
"""A text, a count, a share with one decimal, something valued, or nothing known."""
Row: TypeAlias = tuple[Cell, ...]
"""As many cells as there are columns; the first is what the row is about."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it holds, and the unit of its numbers."""

    label: str
    kind: Kind = Kind.NUMBER
    unit: str = ""

    @property
    def head(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, e.g. a ward's neighbourhoods: their title, their own totals, and what opens them."""

    title: str
    rows: tuple[Row, ...]
    totals: Row = ()
    opens: Choice | None = None


class ColumnsError(ValueError):
    """A row has not as many cells as the table has columns."""

    def __init__(self, caption: str) -> None:
        super().__init__(f"a row of the table {caption!r} does not fit its columns")


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Rows without a group stand before the groups, the totals after all. Raises `ColumnsError`."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()
    totals: Row = ()
    language: str = "vi"

    def __post_init__(self) -> None:
        if any(row and len(row) != len(self.columns) for row in self._all_rows()):
            raise ColumnsError(self.caption)

    def _all_rows(self) -> Iterator[Row]:
        yield from self.rows
        yield self.totals
        for group in self.groups:
            yield from group.rows
            yield group.totals

    def text(self, cell: Cell) -> str:
        """The cell as people read it."""
        return cell_text(cell, self.language)

    def to_json(self) -> dict[str, Any]:
        """The table as an outbox row keeps it, empty parts left out."""
        body: dict[str, Any] = {
            "caption": self.caption,
            "columns": [[column.label, column.kind, column.unit] for column in self.columns],
            "language": self.language,
        }
        if self.rows:
            body["rows"] = [_kept(row) for row in self.rows]
        if self.groups:
            body["groups"] = [_kept_group(group) for group in self.groups]
        if self.totals:
            body["totals"] = _kept(self.totals)
        return body

    @classmethod
    def of_json(cls, body: dict[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(
            caption=body["caption"],
            columns=tuple(Column(label, Kind(kind), unit) for label, kind, unit in body["columns"]),
            rows=tuple(map(_row, body.get("rows", ()))),
            groups=tuple(map(_group, body.get("groups", ()))),
            totals=_row(body.get("totals", ())),
            language=body["language"],
        )


def cell_text(cell: Cell, language: str) -> str:
    """A cell as people read it: 1.200 and 62,5 in Vietnamese."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Valued):
        return cell.text
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return number(cell, language)
    return decimal(cell, language)


def sort_value(cell: Cell) -> float | str | None:
    """What a cell is sorted by; `None` where nothing is known."""
    return cell.value if isinstance(cell, Valued) else cell


def _kept(row: Row) -> list[Any]:
    return [[cell.text, cell.value] if isinstance(cell, Valued) else cell for cell in row]


def _row(cells: Any) -> Row:
    return tuple(Valued(*cell) if isinstance(cell, list) else cell for cell in cells)


def _kept_group(group: Group) -> list[Any]:
    opens = [group.opens.id, group.opens.label, group.opens.word] if group.opens else None
    return [group.title, [_kept(row) for row in group.rows], _kept(group.totals), opens]


def _group(body: list[Any]) -> Group:
    title, rows, totals, opens = body
    return Group(title, tuple(map(_row, rows)), _row(totals), Choice(*opens) if opens else None)
