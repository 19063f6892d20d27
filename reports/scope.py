"""Which units a figure is about: a unit with all that lies in it, and the lines under which its figures stand.

Reports never fall out of a scope because a unit ended: validity decides only who is expected to report.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.levels import Level
from storage.directory.units import Unit, UnitsOfDay, UnitTree

KEPT = 64
"""Scopes that are kept ready: those of the units and the weeks that many people look at."""
_LINE_ORDER = (Level.NEIGHBOURHOOD, Level.WARD, Level.DISTRICT, Level.AGENCY, Level.CITY)
"""Units that hold events stand before the unit that answers for them, as people read such a list."""


class UnknownUnitError(LookupError):
    """No unit has ever had this code."""


@dataclass(frozen=True, slots=True)
class ScopeMember:
    """A unit of a scope, and the line on which it is counted.

    On a line of its own is also what restating cannot divide: a former unit that is `unallocated`.
    """

    code: str
    level: Level
    line: Unit
    unallocated: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit that owes a week, the title of the one that it lies in, and the name of the line on which it counts.

    All are as of the week's Sunday.
    """

    row: Unit
    ward: str
    line: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit and all that lies in it, in a span of days.

    `members` are these units by id. A member is counted on the line of the unit just below the root; the root's own
    reports have a line of their own.
    """

    root: Unit
    title: str
    """The unit as people read it."""
    members: Mapping[int, ScopeMember]


def natural(code: str) -> tuple[str | int, ...]:
    """A sorting key that puts P10-KP2 before P10-KP10."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", code))


def line_order(unit: Unit, root: Unit) -> tuple[bool, int, tuple[str | int, ...]]:
    """A sorting key for the lines of a scope: its root's own line comes last."""
    return unit.code == root.code, _LINE_ORDER.index(unit.level), natural(unit.code)


@lru_cache(KEPT)
def scope_of(tree: UnitTree, code: str, first: date, last: date, day: date | None = None) -> Scope:
    """The scope of the unit `code` from `first` to `last` (both included), as of a day of these, else of the last.

    A code that ended and began again is one unit and one line, unless the ledger says that something else came of it:
    offices use codes again for other units.
    """
    bearers = tree.bearers(first, last)
    if code not in bearers:
        raise UnknownUnitError(code)

    def same(unit: Unit) -> Unit:
        return unit if tree.lineage.out_of(unit.id) else bearers[unit.code]

    root, units = bearers[code], tree.on(day or last)
    lines = {
        unit.id: line for unit in units.units if (line := _line(units, unit, lambda above: same(above).id == root.id))
    }
    return Scope(
        root=root,
        title=units.title_of(root.id),
        members={
            row: ScopeMember(units.unit(row).code, units.unit(row).level, same(line)) for row, line in lines.items()
        },
    )


def expected(tree: UnitTree, code: str, sunday: date, levels: Collection[str]) -> list[Expected]:
    """The units of `levels` that owe a week in a unit: those that exist on its Sunday and lie there then."""
    day = _unchanged_since(tree, sunday)
    return [one for one in _inside(tree, code, day, frozenset(levels)) if one.row.valid_on(sunday)]


def _unchanged_since(tree: UnitTree, day: date) -> date:
    """The last day until the given one on which some unit got another name or parent: since then all are the same."""
    count = bisect_right(tree.change_days, day)
    return tree.change_days[count - 1] if count else date.min


@lru_cache(KEPT)
def _inside(tree: UnitTree, code: str, day: date, levels: frozenset[str]) -> tuple[Expected, ...]:
    """All units of some levels that lie in a unit on a day, or did at their end, or will at their beginning."""
    units = tree.on(day)
    owing = sorted(
        (unit for unit in units.units if unit.level in levels), key=lambda unit: (natural(unit.code), unit.valid_from)
    )
    return tuple(
        Expected(unit, _title_above(units, unit), line.name)
        for unit in owing
        if (line := _line(units, unit, lambda above: above.code == code)) is not None
    )


def _title_above(units: UnitsOfDay, unit: Unit) -> str:
    return units.title_of(unit.parent_id) if unit.parent_id is not None else ""


def _line(units: UnitsOfDay, unit: Unit, is_root: Callable[[Unit], bool]) -> Unit | None:
    """The unit just below `root` on the way up; the root itself for the root, None for a unit that lies outside."""
    line = units.upwards(unit)
    place = next((place for place, above in enumerate(line) if is_root(above)), None)
    return None if place is None else line[max(place - 1, 0)]
