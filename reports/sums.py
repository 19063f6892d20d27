"""Reads what figures are made of, each sum beside the unit on whose line it is counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from reports import stored
from reports.filtering import Filter
from reports.scope import Scope, ScopeMember
from reports.stored import PlaceTotal, Total
from reports.stretches import Stretch


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


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted, in three ways: `reports` by activity, `lines` by group and item, `places` by place.

    Each counts all reports; in `lines` a report counts once in each group, and once in each item.
    """

    reports: tuple[PlacedTotal, ...]
    lines: tuple[PlacedTotal, ...]
    places: tuple[HeldTotal, ...]


def sums_of(db: Connection, stretches: Iterable[Stretch], only: Filter) -> Sums:
    """The sums of some stretches of days, each with the scope of its days."""
    counted: list[PlacedTotal] = []
    places: list[HeldTotal] = []
    for stretch in stretches:
        members, units = stretch.scope.members, units_of(stretch.scope, only)
        counted += (
            PlacedTotal(total, members[total.unit_id]) for total in stored.totals(db, stretch.days, units, only)
        )
        places += (
            HeldTotal(total, members.get(total.place_unit_id)) for total in stored.places(db, stretch.days, units, only)
        )
    return Sums(tuple(counted), tuple(counted), tuple(places))


def units_of(scope: Scope, only: Filter) -> Collection[int]:
    """The units of a scope whose reports are counted."""
    return [unit for unit, member in scope.members.items() if only.level in ("", member.level)]
