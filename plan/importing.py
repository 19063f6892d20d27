"""A new list of units against the ones in use: what it would add, change, close or remove, before anything is done.

A list speaks for the levels that it holds: a list of neighbourhoods leaves wards and agencies alone. Of those levels,
what it does not name is closed, never deleted – unless it is a sample that nobody has used, which is removed, since it
never existed. A code that was closed comes back to life: as the same unit if the list says that it never ended, as a
second unit of that code if it begins after the first one's end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plan.model import ListedUnit
from plan.problems import Problem
from plan.tables import Problems, read_rows
from plan.units import COLUMNS, read_units


@dataclass(frozen=True, slots=True)
class Stored:
    """A unit as it is kept: under an id of ours, and `used` if anything refers to it."""

    id: int
    unit: ListedUnit
    used: bool


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list that was read: the units, and the row where each stands."""

    file: str
    units: Mapping[str, ListedUnit]
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What a stored unit becomes."""

    stored: Stored
    unit: ListedUnit

    @property
    def ends(self) -> bool:
        return self.stored.unit.valid_to is None and self.unit.valid_to is not None


@dataclass(frozen=True, slots=True)
class Changes:
    """What importing a list would do. With anything in `refused`, nothing may be done."""

    add: tuple[ListedUnit, ...]
    change: tuple[Change, ...]
    """A new name, an earlier start, a life that goes on after all, a sample that became real."""
    close: tuple[Change, ...]
    remove: tuple[Stored, ...]
    keep: tuple[Stored, ...]
    refused: tuple[Problem, ...] = ()


def newest(stored: Iterable[Stored]) -> dict[str, Stored]:
    """The unit that bears each code now, or bore it last."""
    return {each.unit.code: each for each in sorted(stored, key=lambda each: each.unit.valid_from)}


def read_list(path: Path, stored: Iterable[Stored]) -> UnitList:
    """The list in a file, checked by itself and against the units that its rows may lie in. Raises `PlanError`."""
    problems = Problems()
    rows = read_rows(path, path.name, COLUMNS, problems)
    problems.raise_any()
    units = read_units(rows, {code: each.unit for code, each in newest(stored).items()})
    problems.raise_any()
    return UnitList(path.name, units, {row.cells["code"]: row.number for row in rows})


def compare(stored: Iterable[Stored], new: UnitList, today: date) -> Changes:
    """What the list would do on `today`, which becomes the last day of what it closes."""
    current = newest(stored)
    met = [Change(current[code], unit) for code, unit in new.units.items() if _goes_on(current.get(code), unit)]
    same = {each.unit.code for each in met}
    differing = [each for each in met if each.unit != each.stored.unit]
    missing = _missing(current, new)
    unused = tuple(each for each in missing if each.unit.sample and not each.used)
    ended = [Change(each, _ended(each.unit, today)) for each in missing if each not in unused]
    changes = Changes(
        add=tuple(unit for code, unit in new.units.items() if code not in same),
        change=tuple(each for each in differing if not each.ends),
        close=(*ended, *(each for each in differing if each.ends)),
        remove=unused,
        keep=tuple(each.stored for each in met if each.unit == each.stored.unit),
    )
    return replace(changes, refused=_refused(changes, met, current, new))


def _goes_on(stored: Stored | None, unit: ListedUnit) -> bool:
    """Whether the list means the stored unit, rather than a later one of the same code."""
    return stored is not None and not (stored.unit.valid_to is not None and stored.unit.valid_to < unit.valid_from)


def _missing(current: Mapping[str, Stored], new: UnitList) -> list[Stored]:
    levels = {unit.level for unit in new.units.values()}
    return [
        each
        for code, each in current.items()
        if code not in new.units and each.unit.level in levels and each.unit.valid_to is None
    ]


def _ended(unit: ListedUnit, today: date) -> ListedUnit:
    return replace(unit, valid_to=max(today, unit.valid_from))


def _refused(
    changes: Changes, met: Iterable[Change], current: Mapping[str, Stored], new: UnitList
) -> tuple[Problem, ...]:
    contradictions = (_contradiction(each, new) for each in met)
    removed = {each.unit.code: each.unit for each in changes.remove}
    closed = {each.unit.code: each.unit for each in changes.close}
    stored = {code: each.unit for code, each in current.items() if code not in removed}
    after = tuple((stored | dict(new.units) | closed).values())
    left = (_children_left(unit, after, new) for unit in (*removed.values(), *closed.values()))
    return tuple(problem for problem in (*contradictions, *left) if problem is not None)


def _contradiction(change: Change, new: UnitList) -> Problem | None:
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
