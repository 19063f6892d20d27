"""The calendar of a unit: what each of its neighbourhoods did about each of several weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.weeks import monday_of, sunday_of
from plan.model import Plan
from reports.completeness import judged_weeks
from reports.scope import Expected, natural, scope_of
from rules.timeliness import timely_until
from rules.weeks import Judged, WeekState
from storage.directory.units import unit_tree
from storage.records import free_weeks


class Cell(StrEnum):
    """What a neighbourhood did about a week."""

    ON_TIME = "on_time"
    LATE = "late"
    NIL = "nil"
    """The word that nothing took place, whenever it was given."""
    MENDING = "mending"
    MISSING = "missing"
    OPEN = "open"
    """Nothing yet, and it is not late yet."""
    NOT_OWED = "not_owed"
    """The neighbourhood did not exist on the week's Sunday, or lay elsewhere, or the week is free."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A neighbourhood, the title of the unit that it lies in, and its cells in the order of the weeks."""

    code: str
    name: str
    ward: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The neighbourhoods of a unit by week, as known at `as_of`; one that moved has a row in each ward."""

    unit: str
    title: str
    weeks: tuple[str, ...]
    free: tuple[str, ...]
    rows: tuple[CalendarRow, ...]
    as_of: datetime

    def count(self, cell: Cell) -> int:
        return sum(row.cells.count(cell) for row in self.rows)


def calendar_of(db: Connection, plan: Plan, unit: str, weeks: Sequence[str], now: datetime) -> Calendar:
    """The calendar of a unit for these weeks, which are in order. Raises `UnknownUnitError` for what is no unit."""
    scope = scope_of(unit_tree(db), unit, monday_of(weeks[0]), sunday_of(weeks[-1]))
    cells: dict[tuple[str, int], dict[str, Cell]] = {}
    newest: dict[tuple[str, int], Expected] = {}
    for week, owing, judged in judged_weeks(db, plan, unit, weeks):
        key = (owing.ward, owing.row.id)
        newest[key] = owing
        cells.setdefault(key, {})[week] = _cell(week, judged, now)
    ordered = sorted(
        newest, key=lambda key: (natural(newest[key].line), natural(key[0]), natural(newest[key].row.code))
    )
    rows = tuple(
        CalendarRow(newest[key].row.code, newest[key].row.name, newest[key].ward, _in_order(cells[key], weeks))
        for key in ordered
    )
    free = tuple(sorted(free_weeks.among(db, weeks)))
    return Calendar(scope.root.code, scope.title, tuple(weeks), free, rows, now)


def _in_order(cells: Mapping[str, Cell], weeks: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(cells.get(week, Cell.NOT_OWED) for week in weeks)


def _cell(week: str, judged: Judged, now: datetime) -> Cell:
    if judged.state is WeekState.REPORTED:
        return Cell.ON_TIME if judged.on_time else Cell.LATE
    if judged.state is WeekState.MISSING and now < timely_until(week):
        return Cell.OPEN
    return {
        WeekState.NIL: Cell.NIL,
        WeekState.MENDING: Cell.MENDING,
        WeekState.MISSING: Cell.MISSING,
    }[judged.state]
