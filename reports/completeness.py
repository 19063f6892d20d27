"""Who owes the weeks of a period, and what was done about them, counted and, for one week, by name."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection

from periods.weeks import sunday_of
from plan.model import Plan
from reports.figures import Completeness, UnitsOfWeek, WeekUnit
from reports.scope import Expected, expected
from rules.weeks import Judged, WeekState
from storage.directory.units import unit_tree
from storage.records import free_weeks, unit_weeks
from storage.records.unit_weeks import Tally


def completeness_of(db: Connection, plan: Plan, unit: str, weeks: Collection[str], *, names: bool) -> Completeness:
    """Who has done what about the weeks that they owe in a unit, each under the parent of the week's Sunday."""
    units: dict[WeekState, list[WeekUnit]] = defaultdict(list)
    if names:
        tally = Tally()
        for _, one, judged in judged_weeks(db, plan, unit, weeks):
            units[judged.state].append(WeekUnit(one.row.code, one.row.name, one.ward, one.line))
            tally += Tally.of(judged)
    else:
        owed = {week: [one.row.id for one in owing(db, plan, unit, sunday_of(week))] for week in weeks}
        tally = unit_weeks.tallied(db, owed)

    def counted(state: WeekState) -> UnitsOfWeek:
        return UnitsOfWeek(tally.states[state], tuple(units[state]) if names else None)

    return Completeness(
        expected=tally.expected,
        on_time=tally.on_time,
        late=tally.after_nil,
        missing=counted(WeekState.MISSING),
        mending=counted(WeekState.MENDING),
        nil=counted(WeekState.NIL),
        free=tuple(sorted(free_weeks.among(db, weeks))),
    )


def judged_weeks(
    db: Connection, plan: Plan, unit: str, weeks: Collection[str]
) -> Iterator[tuple[str, Expected, Judged]]:
    """Each week that somebody in a unit owes, who, and what was done about it, in the order of weeks and units."""
    there = {(week, one.row.id): one for week in weeks for one in owing(db, plan, unit, sunday_of(week))}
    for (week, unit_id), judged in unit_weeks.judged(db, there).items():
        yield week, there[week, unit_id], judged


def owing(db: Connection, plan: Plan, unit: str, sunday: date) -> list[Expected]:
    """The units in a unit that owe the week of a Sunday."""
    return expected(unit_tree(db), unit, sunday, plan.levels.owing)
