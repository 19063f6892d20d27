"""What a ward's chair hears about its neighbourhoods on a Monday: who went silent, and who had nothing to report.

Weeks are judged by `unit_weeks.owed` alone. A free week breaks a silence; weeks without activity are counted over it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection

from locales import texts
from messages.actions import Known, Missing, Summary, choice
from periods.days import local_day
from periods.period import week_period
from periods.weeks import monday_of, shift, sunday_of, touched, week_of
from plan.model import Plan
from reports.wording import span
from rules.levels import Level
from rules.nil import IN_A_ROW
from rules.weeks import Judged, WeekState
from scheduler.sections import Moment, Section, listed
from storage.delivery.knowns import known_to
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
    return _concerned(db, moment, holders, SILENT)


def say_silent(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    names, weeks = [unit.name for unit in _not_known(db, moment, holders, SILENT)], _ended(moment, SILENT_WEEKS)
    units = listed(names) if len(names) <= MOST_NAMED else _counted(plan, len(names), language)
    days = span(monday_of(weeks[0]), sunday_of(weeks[-1]))
    return Section(
        moment.rule.priority,
        say("No news for two weeks ({days}) from: {units}. A friendly call may help.", days=days, units=units),
        say("No report for two weeks ({days}): {count}", days=days, count=len(names)),
        (
            *(
                choice(
                    Missing(holder.unit, week_period(weeks[-1])), say("Who has not reported: {unit}", unit=holder.title)
                )
                for holder in holders
            ),
            choice(Known(moment.rule.id, moment.about), say("I know: two weeks without news")),
        ),
    )


def may_be_quiet(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each ward with a quiet neighbourhood that is what it was a week ago."""
    return has_nil_inside(unit, _ended(moment, 1)[0])


def quiet(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have a neighbourhood without activity in the last four weeks that it owed."""
    return _concerned(db, moment, holders, QUIET)


def say_quiet(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    names = [unit.name for unit in _not_known(db, moment, holders, QUIET)]
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
        (
            *(choice(Summary(holder.unit, week), say("Summary: {unit}", unit=holder.title)) for holder in holders),
            choice(Known(moment.rule.id, moment.about), say("I know: four weeks without activity")),
        ),
    )


def _counted(plan: Plan, count: int, language: str) -> str:
    """ "12 khu phố": what those who owe a week are called, and how many these are."""
    return f"{count} {plan.levels.of_owing(language)}"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What neighbourhoods are named for: whether some weeks in a row say so, and which week ends it."""

    name: str
    looked_back: int
    says_so: Callable[[Sequence[Judged]], bool]
    ends: Callable[[Judged], bool]


def _did_nothing(weeks: Sequence[Judged]) -> bool:
    """Whether a neighbourhood owed each of the last two weeks and did nothing about it."""
    return len(weeks) == SILENT_WEEKS and not any(judged.received for judged in weeks)


def _had_nothing(weeks: Sequence[Judged]) -> bool:
    """Whether the last four weeks that it owed were without activity."""
    last = weeks[-IN_A_ROW:]
    return len(last) == IN_A_ROW and all(judged.state is WeekState.NIL for judged in last)


SILENT = _Kind("silent", SILENT_WEEKS, _did_nothing, lambda judged: judged.received)
QUIET = _Kind("quiet", LOOKED_BACK, _had_nothing, lambda judged: judged.state is not WeekState.NIL)


def matters_silent(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[str]:
    """Name the silences that these holders are told of, for "đã biết"."""
    return [_matter(SILENT, unit) for unit in _named(db, moment, holders, SILENT)]


def matters_quiet(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[str]:
    """Name the same for weeks without activity."""
    return [_matter(QUIET, unit) for unit in _named(db, moment, holders, QUIET)]


def _matter(kind: _Kind, unit: Unit) -> str:
    return f"{kind.name}:{unit.id}"


def _named(db: Connection, moment: Moment, holders: Sequence[Holder], kind: _Kind) -> list[Unit]:
    weeks = _ended(moment, kind.looked_back)
    return [unit for unit, judged in _inside(db, moment, holders, weeks) if kind.says_so(judged)]


def _not_known(db: Connection, moment: Moment, holders: Sequence[Holder], kind: _Kind) -> list[Unit]:
    """Name what one person, with these roles, does not know yet."""
    return _new_to(db, moment, holders[0].person_id, _named(db, moment, holders, kind), kind)


def _concerned(db: Connection, moment: Moment, holders: Sequence[Holder], kind: _Kind) -> list[Holder]:
    """Keep those of many people who do not know yet of something in their unit; weeks are judged once for all."""
    there, units = unit_tree(db).on(moment.day), defaultdict[str, list[Unit]](list)
    for unit in _named(db, moment, holders, kind):
        units[_ward(there.parent(unit.code))].append(unit)
    return [one for one in holders if _new_to(db, moment, one.person_id, units.get(one.unit, ()), kind)]


def _new_to(db: Connection, moment: Moment, person_id: int | None, units: Sequence[Unit], kind: _Kind) -> list[Unit]:
    """Leave out those of which the person said that they know, unless it ended since and began anew."""
    known = known_to(db, person_id, [_matter(kind, unit) for unit in units])
    return [unit for unit in units if not _is_same(db, moment, unit, kind, known.get(_matter(kind, unit)))]


def _is_same(db: Connection, moment: Moment, unit: Unit, kind: _Kind, known: datetime | None) -> bool:
    if known is None:
        return False
    last, week = shift(moment.week, -1), week_of(local_day(known))
    weeks = touched(monday_of(week), monday_of(last)) if week <= last else []
    return not any(kind.ends(judged) for judged in unit_weeks.owed(db, weeks, {unit.id}).values())


def _inside(
    db: Connection, moment: Moment, holders: Sequence[Holder], weeks: Sequence[str]
) -> Iterator[tuple[Unit, list[Judged]]]:
    """The neighbourhoods that lie in some wards on the moment's day, each with the weeks that it owed, in order."""
    units = neighbourhoods(db, moment, holders)
    done = unit_weeks.owed(db, weeks, {unit.id for unit in units})
    for unit in units:
        yield unit, [done[week, unit.id] for week in weeks if (week, unit.id) in done]


def neighbourhoods(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Unit]:
    """The neighbourhoods that lie straight in some units on the moment's day."""
    there, wards = unit_tree(db).on(moment.day), {holder.unit for holder in holders}
    return [unit for unit in there.of_level(Level.NEIGHBOURHOOD) if _ward(there.parent(unit.code)) in wards]


def _ward(unit: Unit | None) -> str:
    return unit.code if unit else ""


def _ended(moment: Moment, count: int) -> list[str]:
    """The last whole weeks before the moment, in order."""
    return [shift(moment.week, -back) for back in range(count, 0, -1)]
