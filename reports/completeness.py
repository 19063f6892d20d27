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


def completeness_of(db: Connection, plan: Plan, unit: str, weeks: Collection[str], *, names: bool) -> Completeness:
    """Who has done what about the weeks that they owe in a unit, each under the parent of the week's Sunday."""
    by_state: dict[WeekState, list[Expected]] = defaultdict(list)
    expected_weeks = on_time = late = 0
    for _, owing, judged in judged_weeks(db, plan, unit, weeks):
        by_state[judged.state].append(owing)
        expected_weeks += 1
        on_time += judged.on_time
        late += judged.after_nil

    def counted(state: WeekState) -> UnitsOfWeek:
        units = by_state[state]
        named = tuple(WeekUnit(one.row.code, one.row.name, one.ward, one.line) for one in units) if names else None
        return UnitsOfWeek(len(units), named)

    return Completeness(
        expected=expected_weeks,
        on_time=on_time,
        late=late,
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
