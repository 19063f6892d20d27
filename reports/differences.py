"""What differs between two states of the same figures: which cell, what it was, and what it is now.

People whom services helped are no part of it: a difference of theirs could be a single person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.figures import FigureRow, Figures
from rules.kinds import ActivityKind


class Measure(StrEnum):
    """What a cell counts."""

    REPORTS = "reports"
    WOMEN = "women"
    MEN = "men"
    UNSORTED = "unsorted"
    QUANTITY = "quantity"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A figure that is another one now: of a breakdown ("" is the whole), of the row `code` named `name`."""

    breakdown: str
    code: str
    name: str
    measure: Measure
    old: int
    new: int

    @property
    def more(self) -> int:
        return self.new - self.old


def changed_cells(old: Figures, new: Figures) -> tuple[ChangedCell, ...]:
    """Every figure that differs, the whole first, each breakdown in the order of the new figures."""
    before, after = dict(_cells(old)), dict(_cells(new))
    names = {key[:2]: name for cells in (before, after) for key, (name, _) in cells.items()}
    found = []
    for breakdown, code, measure in dict.fromkeys([*after, *before]):
        was, now = (cells.get((breakdown, code, measure), ("", 0))[1] for cells in (before, after))
        if was != now:
            found.append(ChangedCell(breakdown, code, names[breakdown, code], measure, was, now))
    return tuple(found)


_Key = tuple[str, str, Measure]
_Named = tuple[str, int]


def _cells(figures: Figures) -> Iterator[tuple[_Key, _Named]]:
    yield from _of_row("", FigureRow("", figures.title, "", figures.reports, figures.people))
    for name, count in (
        ("surveys", figures.surveys),
        ("documents", figures.documents),
        ("inspections", figures.inspections.checked),
        ("violations", figures.inspections.violations),
        ("handled", figures.inspections.handled),
    ):
        yield (name, "", Measure.QUANTITY), ("", count)
    yield ("completeness", "", Measure.RECEIVED), ("", figures.completeness.received)
    for breakdown, rows in _breakdowns(figures).items():
        for row in rows:
            yield from _of_row(breakdown, row)
    for product in figures.media:
        yield ("media", f"{product.product} {product.mode}", Measure.QUANTITY), (product.name, product.quantity)


def _breakdowns(figures: Figures) -> Mapping[str, Sequence[FigureRow]]:
    return {
        "unit": figures.by_unit,
        "kind": [row for row in figures.by_kind if row.code != ActivityKind.SERVICE],
        "level": figures.by_level,
        "activity": figures.by_activity,
        "group": figures.by_group,
    }


def _of_row(breakdown: str, row: FigureRow) -> Iterator[tuple[_Key, _Named]]:
    counts = {
        Measure.REPORTS: row.reports,
        Measure.WOMEN: row.people.female,
        Measure.MEN: row.people.male,
        Measure.UNSORTED: row.people.unsorted,
    }
    for measure, count in counts.items():
        yield (breakdown, row.code, measure), (row.name, count)
