"""Restates figures to the units of a day: what was reported is summed along the ledger of changes.

What a split makes indivisible, and what came of a merger where the day lies before it, stands on a line of its own.
Nothing is ever left out: the total of the root is the same to the units of any day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.scope import Scope, ScopeMember, UnknownUnitError
from rules.changes import ChangeKind
from storage.directory.units import Unit, UnitsOfDay, UnitTree

_ONE_BEFORE = (ChangeKind.RENAME, ChangeKind.MOVE, ChangeKind.SPLIT)
"""What came of one unit alone is that unit again before the change."""


def restated_scope(tree: UnitTree, code: str, day: date) -> Scope:
    """A unit of the day, with all units that ever were and belong to it by then.

    Raises `UnknownUnitError` for what is no unit of the day.
    """
    return _Restated(tree, day).scope(code)


@dataclass(frozen=True)
class _Restated:
    tree: UnitTree
    day: date

    @cached_property
    def units(self) -> UnitsOfDay:
        return self.tree.on(self.day)

    def scope(self, code: str) -> Scope:
        root = self.units.find(code)
        if root is None or not root.valid_on(self.day):
            raise UnknownUnitError(code)
        lines = {unit.id: line for unit in self.tree.units if (line := self._line(unit.id, root.id)) is not None}
        return Scope(
            root=root,
            title=self.units.title_of(root.id),
            members={
                unit_id: ScopeMember(self.units.unit(unit_id).code, self.units.unit(unit_id).level, *line)
                for unit_id, line in lines.items()
            },
        )

    def _line(self, unit_id: int, root: int) -> tuple[Unit, bool] | None:
        """The unit just below the root on the way up from a unit, and whether it is one that cannot be divided."""
        became = self._became(unit_id)
        if len(became) == 1:
            path = list(self._upwards(next(iter(became))))
            is_whole = True
        else:
            path, is_whole = [unit_id, *self._common(became)], False
        if root not in path:
            return None
        place = max(path.index(root) - 1, 0)
        return self.units.unit(path[place]), not is_whole and place == 0

    def _became(self, unit_id: int) -> set[int]:
        """The units of the day in which a unit goes on, or was before: several where it cannot be divided."""
        unit = self.tree.as_of(unit_id, self.day)
        if unit.valid_from > self.day:
            before = self.tree.lineage.into(unit_id)
            alone = len(before) == 1 and before[0].kind in _ONE_BEFORE
            return self._became(before[0].before) if alone else {unit_id}
        after = [change.after for change in self.tree.lineage.out_of(unit_id) if change.on_date <= self.day]
        return set().union(*map(self._became, after)) if after else {unit_id}

    def _upwards(self, unit_id: int) -> Iterator[int]:
        yield unit_id
        parent = self.units.unit(unit_id).parent_id
        if parent is not None:
            yield from self._whole(parent)

    def _whole(self, unit_id: int) -> Iterator[int]:
        """The way up from what a unit became as a whole; of one that was divided, from what contains all its parts."""
        became = self._became(unit_id)
        yield from self._upwards(next(iter(became))) if len(became) == 1 else self._common(became)

    def _common(self, units: Iterable[int]) -> list[int]:
        """The way up from the nearest unit that contains all of these."""
        ways = [list(self._upwards(unit))[1:] for unit in units]
        return [above for above in ways[0] if all(above in way for way in ways)]
