"""Which cells of a table are hidden, so that nobody learns a small one by subtracting what is shown.

A count of 1 to 4 is hidden: it could be somebody whom a neighbour knows. Where the cells of a sum would tell it all the
same, the next smallest is hidden too. What can be worked out is decided by linear algebra, not by looking at one
sum at a time, since a cell lies in several.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import Generic, TypeAlias, TypeVar

LEAST = 5
"""The smallest count of people that is shown, but for none at all."""


class Hidden(StrEnum):
    """What stands in the place of a count."""

    FEW = "few"
    """1 to 4."""
    WITHHELD = "withheld"
    """Any number: it would tell a smaller one."""


Cell: TypeAlias = int | Hidden
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """A cell that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (*self.parts, self.total)


def is_few(count: int) -> bool:
    """Whether a count of people is hidden by itself."""
    return 0 < count < LEAST


def suppressed(counts: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> dict[Key, Cell]:
    """What is shown of each cell. `sums` are all that readers know to hold between them.

    None of the hidden small cells can be told from what is shown, nor any sum of hidden cells that is small itself.
    """
    hidden = {key for key, count in counts.items() if is_few(count)}
    while _tells(counts, sums, hidden) and (further := _next(counts, sums, hidden)) is not None:
        hidden.add(further)
    return {key: _cell(count) if key in hidden else count for key, count in counts.items()}


def _cell(count: int) -> Hidden:
    return Hidden.FEW if is_few(count) else Hidden.WITHHELD


def _tells(counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> bool:
    """Whether something small follows from what is shown."""
    unseen = ((each.total in hidden, [part for part in each.parts if part in hidden]) for each in sums)
    if any(is_few(sum(counts[part] for part in parts)) for is_hidden, parts in unseen if not is_hidden):
        return True
    known = chain(_determined(sums, hidden), _squeezed(counts, sums, hidden))
    return any(is_few(counts[key]) for key in known)


def _next(counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> Key | None:
    """The cell to hide next: in sums with a single hidden cell if there are any, a total last; in most such sums, which
    closes a rectangle of rows and columns; the smallest."""
    touched = [each for each in sums if not hidden.isdisjoint(each.cells)]
    single = [each for each in touched if len(hidden.intersection(each.cells)) == 1]
    for near in (single, touched):
        totals = {each.total for each in near}
        times = Counter(key for each in near for key in each.cells if key not in hidden and counts[key])
        if times:
            return min(times, key=lambda key: (key in totals, -times[key], counts[key]))
    return None


def _determined(sums: Sequence[Sum[Key]], hidden: set[Key]) -> Iterator[Key]:
    """The hidden cells whose value follows from the sums: each a row of the reduced equations by itself."""
    reduced: list[tuple[Key, dict[Key, Fraction]]] = []
    for each in sums:
        row = {part: Fraction(1) for part in each.parts if part in hidden}
        if each.total in hidden:
            row[each.total] = Fraction(-1)
        for pivot, above in reduced:
            row = _without(row, pivot, above)
        if row:
            pivot = next(iter(row))
            row = {key: value / row[pivot] for key, value in row.items()}
            reduced = [(key, _without(above, pivot, row)) for key, above in reduced]
            reduced.append((pivot, row))
    return (pivot for pivot, row in reduced if len(row) == 1)


def _without(row: dict[Key, Fraction], pivot: Key, above: dict[Key, Fraction]) -> dict[Key, Fraction]:
    """A row less so much of another that `pivot` falls out of it."""
    factor = row.get(pivot)
    if not factor:
        return row
    both = {key: row.get(key, Fraction(0)) - factor * above.get(key, Fraction(0)) for key in row | above}
    return {key: value for key, value in both.items() if value}


def _squeezed(counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key]) -> Iterator[Key]:
    """The hidden cells of which only one value is possible, for whoever knows what "under 5" means."""
    most = sum(counts.values())
    ranges = {key: _range(key in hidden, count, most) for key, count in counts.items()}
    changed = True
    while changed:
        changed = False
        for each in sums:
            for key in each.cells:
                if key in hidden and (narrow := _narrowed(each, key, ranges)) != ranges[key]:
                    ranges[key], changed = narrow, True
    return (key for key in hidden if ranges[key][0] == ranges[key][1])


def _range(is_hidden: bool, count: int, most: int) -> tuple[int, int]:
    if not is_hidden:
        return count, count
    return (1, LEAST - 1) if is_few(count) else (0, most)


def _narrowed(each: Sum[Key], key: Key, ranges: Mapping[Key, tuple[int, int]]) -> tuple[int, int]:
    """What a sum leaves possible for one of its cells."""
    low, high = ranges[key]
    others = [ranges[part] for part in each.parts if part != key]
    least, most = sum(low for low, _ in others), sum(high for _, high in others)
    if key == each.total:
        return max(low, least), min(high, most)
    total_low, total_high = ranges[each.total]
    return max(low, total_low - most), min(high, total_high - least)
