"""Who owes the weeks of a period, and what was done about them, counted and, for one week, by name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    if not names:
        return completeness_of_each(db, plan, unit, [weeks])[0]
    units: dict[WeekState, list[WeekUnit]] = defaultdict(list)
    tally = Tally()
    for _, one, judged in judged_weeks(db, plan, unit, weeks):
        units[judged.state].append(WeekUnit(one.row.code, one.row.name, one.ward, one.line))
        tally += Tally.of(judged)
    return _completeness(tally, free_weeks.among(db, weeks), units)


def completeness_of_each(
    db: Connection, plan: Plan, unit: str, several: Sequence[Collection[str]]
) -> list[Completeness]:
    """The same of several spans of weeks, read together and counted alone."""
    every = {week for weeks in several for week in weeks}
    owed = {week: [one.row.id for one in owing(db, plan, unit, sunday_of(week))] for week in every}
    tallies, free = unit_weeks.tallied(db, owed), free_weeks.among(db, every)
    counted = (sum((tallies[week] for week in weeks), Tally()) for weeks in several)
    return [_completeness(tally, free.intersection(weeks)) for tally, weeks in zip(counted, several, strict=True)]


def _completeness(
    tally: Tally, free: Iterable[str], units: Mapping[WeekState, Sequence[WeekUnit]] | None = None
) -> Completeness:
    def counted(state: WeekState) -> UnitsOfWeek:
        return UnitsOfWeek(tally.states[state], None if units is None else tuple(units.get(state, ())))

    return Completeness(
        expected=tally.expected,
        on_time=tally.on_time,
        late=tally.after_nil,
        missing=counted(WeekState.MISSING),
        mending=counted(WeekState.MENDING),
        nil=counted(WeekState.NIL),
        free=tuple(sorted(free)),
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
