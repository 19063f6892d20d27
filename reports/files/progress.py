"""Counts the rows of a file that is being written, and tells of them now and then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from reports.files.building import Tell
from reports.files.tables import Table

TOLD_EVERY = 500
"""Rows."""


@dataclass
class Progress:
    """How many of the rows are written."""

    tell: Tell
    whole: int
    done: int = 0

    @classmethod
    def over(cls, tables: Iterable[Table], tell: Tell) -> Self:
        """Of all rows of some tables, as far as their number is known."""
        return cls(tell, sum(map(_size, tables)))

    def row(self) -> None:
        """One more row is written."""
        self.done += 1
        if self.done % TOLD_EVERY == 0:
            self.tell(self.done, self.whole)


def _size(table: Table) -> int:
    return table.count or (len(table.rows) if isinstance(table.rows, (list, tuple)) else 1)
