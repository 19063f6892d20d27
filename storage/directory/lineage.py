"""Who was before and after a unit: the ledger of changes as a graph.

A unit that keeps its code through a change is its own successor; such changes are kept for their resolution and lead
nowhere, so following the others always ends.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.changes import ChangeKind


@dataclass(frozen=True, slots=True)
class UnitChange:
    """On `on_date`, the first day of what came after, one unit went on as (part of) another."""

    kind: ChangeKind
    before: int
    """The id of the unit that was."""
    after: int
    """The id of the unit that is; the same for a unit that keeps its code."""
    on_date: date
    resolution: str


class Lineage:
    """All changes there have been, the oldest first."""

    def __init__(self, changes: Iterable[UnitChange] = ()) -> None:
        self.changes = tuple(sorted(changes, key=lambda change: change.on_date))
        self._into: Mapping[int, list[UnitChange]] = defaultdict(list)
        self._out_of: Mapping[int, list[UnitChange]] = defaultdict(list)
        for change in self.changes:
            if change.before != change.after:
                self._into[change.after].append(change)
                self._out_of[change.before].append(change)

    def into(self, unit_id: int) -> tuple[UnitChange, ...]:
        """The changes that lead straight into a unit.

        A merger that a unit outlives (neighbours join it) lists the neighbours only: the unit itself goes on.
        """
        return tuple(self._into.get(unit_id, ()))

    def out_of(self, unit_id: int) -> tuple[UnitChange, ...]:
        """The changes by which a unit ended: one, or one for each part of a split."""
        return tuple(self._out_of.get(unit_id, ()))

    def kept(self, unit_id: int) -> tuple[UnitChange, ...]:
        """The changes through which a unit kept its code."""
        return tuple(change for change in self.changes if change.before == change.after == unit_id)

    def all_into(self, unit_id: int) -> tuple[UnitChange, ...]:
        """The same as `into` through all generations, the nearest first."""
        return tuple(_through(unit_id, self.into))


def _through(unit_id: int, into: Callable[[int], Iterable[UnitChange]]) -> Iterator[UnitChange]:
    waiting, seen = [unit_id], {unit_id}
    for here in waiting:
        for change in into(here):
            yield change
            if change.before not in seen:
                seen.add(change.before)
                waiting.append(change.before)
