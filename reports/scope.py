"""Which units a figure is about: a unit with all that lies in it, and the lines under which its figures stand.

Reports never fall out of a scope because a unit ended: validity decides only who is expected to report.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rules.levels import Level
from storage import tables as t

_LINE_ORDER = {Level.NEIGHBOURHOOD: 0, Level.WARD: 1, Level.AGENCY: 2, Level.DISTRICT: 3}
"""Those who hold the events before the unit that answers for them, as people read such a list."""


class UnknownUnitError(LookupError):
    """No unit has ever had this code."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of the table `unit`; a code may have several, one after another."""

    id: int
    code: str
    name: str
    level: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None
    sample: bool

    def valid_within(self, first: date, last: date) -> bool:
        """Whether the unit existed on at least one of these days; `valid_to` is its last day."""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to >= first)


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a scope, and the line on which it is counted."""

    code: str
    line: UnitRow


@dataclass(frozen=True, slots=True)
class Expected:
    """A neighbourhood that owes its weeks while it exists, and the name of its ward."""

    row: UnitRow
    ward: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit and all that lies in it, in a span of days.

    `members` are these units by id, each with the unit on whose line it is counted: the one just below the root, or the
    root itself for its own reports.
    """

    root: UnitRow
    above: str
    """The name of the unit in which the root lies, or nothing."""
    members: Mapping[int, Member]
    neighbourhoods: tuple[Expected, ...]
    """All rows that ever lay in it, in natural order."""

    def expected(self, first: date, last: date) -> list[Expected]:
        """The neighbourhoods that existed between two days: those that owe a report. A code owes once."""
        held = {unit.row.code: unit for unit in self.neighbourhoods if unit.row.valid_within(first, last)}
        return list(held.values())


def natural(code: str) -> tuple[str | int, ...]:
    """A sorting key that puts P10-KP2 before P10-KP10."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", code))


def line_order(unit: UnitRow) -> tuple[int, tuple[str | int, ...]]:
    return _LINE_ORDER[Level(unit.level)], natural(unit.code)


def read_units(db: Connection) -> tuple[UnitRow, ...]:
    """Every unit that is or was."""
    columns = [t.unit.c[name] for name in UnitRow.__slots__]
    return tuple(UnitRow(*row) for row in db.execute(select(*columns).order_by(t.unit.c.id)))


def scope_of(units: Sequence[UnitRow], code: str, first: date, last: date) -> Scope:
    """The scope of the unit `code` from `first` to `last` (both included)."""
    by_id = {unit.id: unit for unit in units}
    current = _current(units, first, last)
    if code not in current:
        raise UnknownUnitError(code)
    members: dict[int, Member] = {}
    for unit in units:
        line = _line(unit, code, by_id)
        if line is not None:
            members[unit.id] = Member(unit.code, current[line.code])
    inside = (unit for unit in units if unit.id in members and unit.level == Level.NEIGHBOURHOOD)
    owing = sorted(inside, key=lambda unit: (natural(unit.code), unit.valid_from))
    return Scope(
        root=current[code],
        above=_name_above(current[code], by_id),
        members=members,
        neighbourhoods=tuple(Expected(unit, _name_above(unit, by_id)) for unit in owing),
    )


def _name_above(unit: UnitRow, by_id: Mapping[int, UnitRow]) -> str:
    return "" if unit.parent_id is None else by_id[unit.parent_id].name


def _current(units: Sequence[UnitRow], first: date, last: date) -> dict[str, UnitRow]:
    """For each code the row that held in the span, or else its latest."""
    found: dict[str, UnitRow] = {}
    for unit in sorted(units, key=lambda each: (each.valid_within(first, last), each.valid_from)):
        found[unit.code] = unit
    return found


def _line(unit: UnitRow, root: str, by_id: Mapping[int, UnitRow]) -> UnitRow | None:
    """The unit just below `root` on the way up; the root itself for the root, None for a unit that lies outside."""
    below, here = unit, unit
    while here.code != root:
        if here.parent_id is None:
            return None
        below, here = here, by_id[here.parent_id]
    return below
