"""A new list of units, read and held against the units in use; and what importing it would do, as a value.

`plan.comparing` says what it would do, `plan.sync` does it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from plan.course import Link, NewVersion
from plan.levels import Levels
from plan.model import ListedUnit
from plan.problems import Problem, Problems
from plan.proposing import Proposal
from plan.tables import read_rows
from plan.units import COLUMNS, WORDS, read_units
from rules.changes import ChangeKind


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit as the database keeps it, under our own id; it is `used` if anything refers to it.

    It has been called so and has lain there since the day `since`, from its beginning if there is none. `went_to` is
    what is known to have become of it: kind, code and day.
    """

    id: int
    unit: ListedUnit
    used: bool
    since: date | None = None
    went_to: frozenset[tuple[ChangeKind, str, date]] = frozenset()


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list that was read: its units, the row of each, and what somebody has to say yes to before it is imported."""

    file: str
    units: Mapping[str, ListedUnit]
    rows: Mapping[str, int]
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A stored unit, what it would be without this change, and what it becomes."""

    stored: StoredUnit
    was: ListedUnit
    unit: ListedUnit

    @property
    def ends(self) -> bool:
        return self.stored.unit.valid_to is None and self.unit.valid_to is not None


@dataclass(frozen=True, slots=True)
class Changes:
    """What importing a list and a ledger would do. If anything is `refused` or `proposed`, nothing may be done."""

    add: tuple[ListedUnit, ...]
    change: tuple[ListedChange, ...]
    """A name spelled otherwise, an earlier start, a life that goes on after all, a sample that became real."""
    close: tuple[ListedChange, ...]
    remove: tuple[StoredUnit, ...]
    keep: tuple[StoredUnit, ...]
    refused: tuple[Problem, ...] = ()
    versions: tuple[NewVersion, ...] = ()
    """From a day on, other names and other parents."""
    links: tuple[Link, ...] = ()
    """Who comes after whom, as far as it was not known."""
    proposed: tuple[Proposal, ...] = ()
    """What the list seems to say; somebody has to answer."""


def first_day(changes: Changes) -> date | None:
    """The first day on which units differ from those so far; `None` if they never do."""
    ends = (change.unit.valid_to for change in changes.close)
    days = [
        *(link.day for link in changes.links),
        *(version.day for version in changes.versions),
        *(unit.valid_from for unit in changes.add),
        *(last + timedelta(days=1) for last in ends if last is not None),
    ]
    return min(days, default=None)


def newest(stored: Iterable[StoredUnit]) -> dict[str, StoredUnit]:
    """By code the unit that has it now, or had it last."""
    return {kept.unit.code: kept for kept in sorted(stored, key=lambda kept: kept.unit.valid_from)}


def read_list(path: Path, stored: Iterable[StoredUnit], levels: Levels) -> UnitList:
    """The list in a file, checked by itself and against levels and units that its rows may name. Raises `PlanError`."""
    problems = Problems()
    rows = read_rows(path, path.name, COLUMNS, problems, WORDS)
    problems.raise_any()
    units = read_units(rows, levels, {code: kept.unit for code, kept in newest(stored).items()})
    problems.raise_any()
    return UnitList(path.name, units, {row.cells["code"]: row.number for row in rows}, tuple(problems.doubts))
