"""A new list of units compared with the units in use: what would it add, change, close or remove?

A list speaks only for the levels that it holds: a list of neighbourhoods leaves wards and agencies alone. A unit of
these levels that the list does not name is closed, never deleted. Only a sample that nobody has used is removed, since
it never existed. A closed code can come back: as the same unit if the list says that it never ended, or as a second
unit of that code if it begins after the first one has ended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plan.model import ListedUnit
from plan.problems import Problem, Problems
from plan.tables import read_rows
from plan.units import COLUMNS, WORDS, read_units


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit as the database keeps it, under our own id; it is `used` if anything refers to it."""

    id: int
    unit: ListedUnit
    used: bool


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list that was read: its units, the row of each, and what somebody has to say yes to before it is imported."""

    file: str
    units: Mapping[str, ListedUnit]
    rows: Mapping[str, int]
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A stored unit, and what it becomes."""

    stored: StoredUnit
    unit: ListedUnit

    @property
    def ends(self) -> bool:
        return self.stored.unit.valid_to is None and self.unit.valid_to is not None


@dataclass(frozen=True, slots=True)
class Changes:
    """What importing a list would do. If anything is in `refused`, nothing may be done."""

    add: tuple[ListedUnit, ...]
    change: tuple[ListedChange, ...]
    """A new name, an earlier start, a life that goes on after all, a sample that became real."""
    close: tuple[ListedChange, ...]
    remove: tuple[StoredUnit, ...]
    keep: tuple[StoredUnit, ...]
    refused: tuple[Problem, ...] = ()


def newest(stored: Iterable[StoredUnit]) -> dict[str, StoredUnit]:
    """By code the unit that has it now, or had it last."""
    return {kept.unit.code: kept for kept in sorted(stored, key=lambda kept: kept.unit.valid_from)}


def read_list(path: Path, stored: Iterable[StoredUnit]) -> UnitList:
    """The list in a file, checked by itself and against the units that its rows may lie in. Raises `PlanError`."""
    problems = Problems()
    rows = read_rows(path, path.name, COLUMNS, problems, WORDS)
    problems.raise_any()
    units = read_units(rows, {code: kept.unit for code, kept in newest(stored).items()})
    problems.raise_any()
    return UnitList(path.name, units, {row.cells["code"]: row.number for row in rows}, tuple(problems.doubts))


def compare(stored: Iterable[StoredUnit], new: UnitList, today: date) -> Changes:
    """What the list would do on `today`, which becomes the last day of the units that it closes."""
    current = newest(stored)
    met = [ListedChange(current[code], unit) for code, unit in new.units.items() if _goes_on(current.get(code), unit)]
    same = {change.unit.code for change in met}
    differing = [change for change in met if change.unit != change.stored.unit]
    missing = _missing(current, new)
    unused = tuple(kept for kept in missing if kept.unit.sample and not kept.used)
    ended = [ListedChange(kept, _ended(kept.unit, today)) for kept in missing if kept not in unused]
    changes = Changes(
        add=tuple(unit for code, unit in new.units.items() if code not in same),
        change=tuple(change for change in differing if not change.ends),
        close=(*ended, *(change for change in differing if change.ends)),
        remove=unused,
        keep=tuple(change.stored for change in met if change.unit == change.stored.unit),
    )
    return replace(changes, refused=_refused(changes, met, current, new))


def _goes_on(stored: StoredUnit | None, unit: ListedUnit) -> bool:
    """Whether the list means the stored unit, rather than a later one of the same code."""
    return stored is not None and not (stored.unit.valid_to is not None and stored.unit.valid_to < unit.valid_from)


def _missing(current: Mapping[str, StoredUnit], new: UnitList) -> list[StoredUnit]:
    levels = {unit.level for unit in new.units.values()}
    return [
        kept
        for code, kept in current.items()
        if code not in new.units and kept.unit.level in levels and kept.unit.valid_to is None
    ]


def _ended(unit: ListedUnit, today: date) -> ListedUnit:
    return replace(unit, valid_to=max(today, unit.valid_from))


def _refused(
    changes: Changes, met: Iterable[ListedChange], current: Mapping[str, StoredUnit], new: UnitList
) -> tuple[Problem, ...]:
    contradictions = (_contradiction(change, new) for change in met)
    removed = {kept.unit.code: kept.unit for kept in changes.remove}
    closed = {change.unit.code: change.unit for change in changes.close}
    stored = {code: kept.unit for code, kept in current.items() if code not in removed}
    after = tuple((stored | dict(new.units) | closed).values())
    left = (_children_left(unit, after, new) for unit in (*removed.values(), *closed.values()))
    return tuple(problem for problem in (*contradictions, *left) if problem is not None)


def _contradiction(change: ListedChange, new: UnitList) -> Problem | None:
    """Why a unit cannot become what the list says."""
    old, unit = change.stored.unit, change.unit
    if old.level is not unit.level:
        code, params = "level_changed", {"value": unit.code, "found": old.level, "level": unit.level}
    elif old.parent != unit.parent:
        code, params = "parent_changed", {"value": unit.code, "found": old.parent or "", "parent": unit.parent or ""}
    elif change.stored.used and unit.valid_from > old.valid_from:
        code, params = "begins_late", {"value": unit.code, "found": old.valid_from.isoformat()}
    else:
        return None
    return Problem(new.file, new.rows[unit.code], code, params)


def _children_left(ending: ListedUnit, after: Iterable[ListedUnit], new: UnitList) -> Problem | None:
    """A unit cannot end while others go on inside it."""
    last = ending.valid_to or date.min
    children = sum(unit.parent == ending.code and (unit.valid_to or date.max) > last for unit in after)
    if not children:
        return None
    row = new.rows.get(ending.code, 0)
    return Problem(new.file, row, "keeps_children", {"value": ending.code, "children": children})
