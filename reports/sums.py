"""Reads what figures are made of, each sum beside the unit on whose line it is counted.

Sums of whole branches are read where they answer, else those of units (`reports.branches`, `reports.stored`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from periods.period import Period
from periods.pieces import Pieces, pieces_of
from reports import branches, stored
from reports.filtering import ALL, Filter
from reports.places import held_of
from reports.scope import Scope, ScopeMember
from reports.stored import PlaceTotal, Total
from reports.stretches import Stretch
from storage.directory.units import unit_tree
from storage.records.held import Held


@dataclass(frozen=True, slots=True)
class PlacedTotal:
    """A sum, and who it is of: where that unit was in those days."""

    total: Total
    by: ScopeMember


@dataclass(frozen=True, slots=True)
class HeldTotal:
    """A sum, and where that took place: a unit of the scope as it was in those days, or `None` for elsewhere."""

    total: PlaceTotal
    there: ScopeMember | None


@dataclass(frozen=True)
class Sums:
    """What was counted in some stretches of days, each with the scope of its days, read as it is asked for.

    `reports` has it by activity, `lines` by group and item, `places` by place: each counts all reports. In `lines` a
    report counts once in each group, and once in each item.
    """

    db: Connection
    stretches: Sequence[Stretch]
    only: Filter = ALL
    restated: bool = False

    @cached_property
    def reports(self) -> tuple[PlacedTotal, ...]:
        return tuple(counted for stretch in self.stretches for counted in self._reports(stretch))

    @cached_property
    def kinds(self) -> tuple[Total, ...]:
        """The same as `reports`, but nobody asks of which unit or activity."""
        return kinds_of_each([self])[0]

    @cached_property
    def lines(self) -> tuple[PlacedTotal, ...]:
        return tuple(counted for stretch in self.stretches for counted in self._lines(stretch))

    @cached_property
    def places(self) -> tuple[HeldTotal, ...]:
        return tuple(
            HeldTotal(total, stretch.scope.members.get(total.place_unit_id))
            for stretch in self.stretches
            for total in self._places(stretch)
        )

    def _reports(self, stretch: Stretch) -> Iterator[PlacedTotal]:
        pieces = self._pieces(stretch)
        wanted = branches.Wanted(pieces, stretch.scope, self.only)
        yield from (PlacedTotal(*found) for found in branches.by_activity(self.db, wanted))
        yield from self._of_units(pieces, stretch)

    def wanted(self) -> list[branches.Wanted]:
        """What is read of branches."""
        return [branches.Wanted(self._pieces(stretch), stretch.scope, self.only) for stretch in self.stretches]

    def kinds_among(self, known: branches.Kinds) -> tuple[Total, ...]:
        """`kinds`, of which what branches answer was read."""
        of_branches = (total for wanted in self.wanted() for total in known.of(wanted))
        of_units = (one.total for part in self.stretches for one in self._of_units(self._pieces(part), part))
        return (*of_branches, *of_units)

    def _lines(self, stretch: Stretch) -> Iterator[PlacedTotal]:
        pieces = self._pieces(stretch)
        wanted = branches.Wanted(pieces, stretch.scope, self.only)
        yield from (PlacedTotal(*found) for found in branches.by_line(self.db, wanted))
        yield from self._of_units(pieces, stretch)

    def _places(self, stretch: Stretch) -> Iterator[PlaceTotal]:
        pieces, units = self._pieces(stretch), units_of(stretch.scope, self.only)
        yield from branches.by_place(self.db, branches.Wanted(pieces, stretch.scope, self.only))
        for days in pieces.days:
            yield from stored.places(self.db, days, units, self.only, self._held(stretch))

    def _pieces(self, stretch: Stretch) -> Pieces:
        """What is read of branches, and the days that are read of units: all of them where branches do not answer."""
        if self.restated or not branches.hold(stretch.scope, self.only):
            return Pieces((), (), (stretch.days,))
        return pieces_of(stretch.days)

    def _of_units(self, pieces: Pieces, stretch: Stretch) -> Iterator[PlacedTotal]:
        for days in pieces.days:
            totals = self._totals(days, stretch)
            yield from (PlacedTotal(total, stretch.scope.members[total.unit_id]) for total in totals)

    def _held(self, stretch: Stretch) -> Held | None:
        return held_of(unit_tree(self.db), stretch.scope, stretch.days, self.only.place)

    def _totals(self, days: Period, stretch: Stretch) -> list[Total]:
        """Both breakdowns are made of the same rows of units: they are read once."""
        known = self._read.get(days)
        if known is None:
            units = units_of(stretch.scope, self.only)
            known = self._read[days] = stored.totals(self.db, days, units, self.only, self._held(stretch))
        return known

    @cached_property
    def _read(self) -> dict[Period, list[Total]]:
        return {}


def kinds_of_each(several: Sequence[Sums]) -> list[tuple[Total, ...]]:
    """The `kinds` of several periods of one database, of which what branches answer is read together."""
    if not several:
        return []
    known = branches.Kinds(several[0].db, (wanted for sums in several for wanted in sums.wanted()))
    return [sums.kinds_among(known) for sums in several]


def units_of(scope: Scope, only: Filter) -> Collection[int]:
    """The units of a scope whose reports are counted."""
    return [unit for unit, member in scope.members.items() if only.level in ("", member.level)]
