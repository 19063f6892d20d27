"""What a ward's chair hears about its neighbourhoods on a Monday: who went silent, and who had nothing to report.

Weeks are judged by `unit_weeks.owed` alone. A free week breaks a silence; weeks without activity are counted over it.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection

from locales import texts
from messages.actions import Missing, Summary, choice
from periods.period import week_period
from periods.weeks import monday_of, shift, sunday_of
from plan.model import Plan
from reports.wording import span
from rules.levels import Level
from rules.nil import IN_A_ROW
from rules.weeks import Judged, WeekState
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import has_nil_inside, has_silent_inside
from storage.directory.holders import Holder
from storage.directory.units import Unit, unit_tree
from storage.records import unit_weeks

SILENT_WEEKS = 2
MOST_NAMED = 5
"""More neighbourhoods than this are counted: the summary in the same message names most of them already."""
LOOKED_BACK = 2 * IN_A_ROW
"""Weeks in which those without activity are looked for: some of them may have been free."""


def may_be_silent(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each ward with a silent neighbourhood."""
    return has_silent_inside(unit, _ended(moment, SILENT_WEEKS))


def silent(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have a neighbourhood that did nothing about the last two whole weeks."""
    return [holder for holder in holders if any(_silent_inside(db, moment, [holder]))]


def say_silent(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    names, weeks = [unit.name for unit in _silent_inside(db, moment, holders)], _ended(moment, SILENT_WEEKS)
    units = listed(names) if len(names) <= MOST_NAMED else _counted(plan, len(names), language)
    days = span(monday_of(weeks[0]), sunday_of(weeks[-1]))
    return Section(
        moment.rule.priority,
        say("No news for two weeks ({days}) from: {units}. A friendly call may help.", days=days, units=units),
        say("No report for two weeks ({days}): {count}", days=days, count=len(names)),
        tuple(
            choice(Missing(holder.unit, week_period(weeks[-1])), say("Who has not reported: {unit}", unit=holder.title))
            for holder in holders
        ),
    )


def may_be_quiet(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each ward with a quiet neighbourhood that is what it was a week ago."""
    return has_nil_inside(unit, _ended(moment, 1)[0])


def quiet(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have a neighbourhood without activity in the last four weeks that it owed."""
    return [holder for holder in holders if any(_quiet_inside(db, moment, [holder]))]


def say_quiet(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    names = [unit.name for unit in _quiet_inside(db, moment, holders)]
    units = listed(names) if len(names) <= MOST_NAMED else _counted(plan, len(names), language)
    week = week_period(_ended(moment, 1)[0])
    return Section(
        moment.rule.priority,
        say(
            "For four weeks there has been no activity in: {units}. They told us so every week; perhaps they could use "
            "an idea or some help.",
            units=units,
        ),
        say("Four weeks without activity: {count}", count=len(names)),
        tuple(choice(Summary(holder.unit, week), say("Summary: {unit}", unit=holder.title)) for holder in holders),
    )


def _counted(plan: Plan, count: int, language: str) -> str:
    """ "12 khu phố": what those who owe a week are called, and how many these are."""
    return f"{count} {plan.levels.of_owing(language)}"


def _silent_inside(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Iterator[Unit]:
    """The neighbourhoods of some wards that owed each of the last two weeks and did nothing about it."""
    for unit, weeks in _inside(db, moment, holders, _ended(moment, SILENT_WEEKS)):
        if len(weeks) == SILENT_WEEKS and not any(judged.received for judged in weeks):
            yield unit


def _quiet_inside(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Iterator[Unit]:
    """The neighbourhoods of some wards whose last four owed weeks were without activity."""
    for unit, weeks in _inside(db, moment, holders, _ended(moment, LOOKED_BACK)):
        last = weeks[-IN_A_ROW:]
        if len(last) == IN_A_ROW and all(judged.state is WeekState.NIL for judged in last):
            yield unit


def _inside(
    db: Connection, moment: Moment, holders: Sequence[Holder], weeks: Sequence[str]
) -> Iterator[tuple[Unit, list[Judged]]]:
    """The neighbourhoods that lie in some wards on the moment's day, each with the weeks that it owed, in order."""
    there, wards = unit_tree(db).on(moment.day), {holder.unit for holder in holders}
    units = [unit for unit in there.of_level(Level.NEIGHBOURHOOD) if _ward(there.parent(unit.code)) in wards]
    done = unit_weeks.owed(db, weeks, {unit.id for unit in units})
    for unit in units:
        yield unit, [done[week, unit.id] for week in weeks if (week, unit.id) in done]


def _ward(unit: Unit | None) -> str:
    return unit.code if unit else ""


def _ended(moment: Moment, count: int) -> list[str]:
    """The last whole weeks before the moment, in order."""
    return [shift(moment.week, -back) for back in range(count, 0, -1)]
