"""Tables as values, whatever file they end up in, a sheet or a CSV file. Each says what its columns mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | float | date | datetime | None
Row: TypeAlias = tuple[Cell, ...]


class Holds(StrEnum):
    """What a column holds: it decides how a cell is written."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


class Drawn(StrEnum):
    """How a table is drawn beside its rows."""

    BARS = "bars"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code in CSV files, its title for people, what it means, what it holds, its width in letters."""

    code: str
    title: str
    meaning: str
    holds: Holds = Holds.COUNT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: names along one axis, the columns of these codes along the other."""

    drawn: Drawn
    names: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `rows` may be a stream, which is read once.

    `code` names its file, `title` its sheet, `about` says in a sentence what a row is. `total` is not the sum of the
    rows where a report may stand in several of them.
    """

    code: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: Row | None = None
    chart: Chart | None = None
    count: int = field(default=0)
    """How many rows a stream will have, as far as that is known."""

    def place(self, code: str) -> int:
        """The place of a column, counted from 0."""
        return next(at for at, column in enumerate(self.columns) if column.code == code)
