"""The week's topics: who has not reported yet, the week that ended, and neighbourhoods that went silent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from locales import texts
from messages import Choice
from plan.calendar import ROLES
from plan.model import Plan
from reports.figures import week_summary
from reports.pictures import week_bars
from reports.texts import summary_text
from reports.wording import span, week_text
from scheduler import actions
from scheduler.sections import Moment, Section, listed
from storage.holders import Holder, neighbourhoods, reported_units
from storage.weeks import monday_of, shift, sunday_of, week_of

SILENT_WEEKS = 2
MOST_NAMED = 5
"""More silent neighbourhoods than this are counted: the summary in the same message names most of them already."""
URGENCY = {"unreported": 1, "silent": 3, "summary": 5}

_BROADEST = {level: place for place, level in enumerate(("district", "ward", "agency", "neighbourhood"))}


def unreported(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Whose unit has neither a report of the week that the moment lies in, nor its nil report."""
    reported = reported_units(db, week_of(moment.day))
    return [holder for holder in holders if holder.unit_id not in reported]


def say_unreported(_db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    week = week_of(moment.day)
    units = listed([holder.title for holder in holders])
    days = span(monday_of(week), sunday_of(week))
    nothing = say("Nothing took place this week")
    labels = [nothing if len(holders) == 1 else f"{nothing}: {holder.unit_name}" for holder in holders]
    return Section(
        URGENCY["unreported"],
        say(
            "{units} has not reported this week ({days}) yet. "
            "It takes about two minutes; if nothing took place, one tap is enough.",
            units=units,
            days=days,
        ),
        say("No report of {week} yet: {units}", week=week_text(say, week), units=units),
        (
            Choice(actions.REPORT, say("Report now")),
            *(Choice(actions.nil(holder.unit, week), label) for holder, label in zip(holders, labels, strict=True)),
        ),
    )


def everybody(_db: Connection, _moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    return list(holders)


def say_summary(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """The week that ended: the broadest of the person's units in full, each of them as a choice."""
    say = texts(language)
    week = shift(week_of(moment.day), -1)
    units = sorted({holder.unit: holder for holder in holders}.values(), key=lambda each: _BROADEST[each.level])
    summary = week_summary(db, plan, units[0].unit, week, moment.now, language)
    label = {each.unit: say("Week {number}: {unit}", number=int(week[-2:]), unit=each.unit_name) for each in units}
    return Section(
        URGENCY["summary"],
        summary_text(summary),
        say(
            "Summary of {week}, which has ended: {units}",
            week=week_text(say, week),
            units=listed([each.unit_name for each in units]),
        ),
        tuple(Choice(actions.summary(each.unit, week), label[each.unit]) for each in units),
        week_bars(summary),
    )


def silent(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """The wards with a neighbourhood that did not report the last two whole weeks."""
    found = _silent_by_ward(db, moment, holders)
    return [holder for holder in holders if found[holder.unit_id]]


def say_silent(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    found = _silent_by_ward(db, moment, holders)
    names = [name for ward in sorted(found) for name in found[ward]]
    if len(names) <= MOST_NAMED:
        units = listed(names)
    else:
        units = say("{count} neighbourhoods", count=len(names))
    first, last = _silent_span(moment)
    days = span(monday_of(first), sunday_of(last))
    return Section(
        URGENCY["silent"],
        say("No news for two weeks ({days}) from: {units}. A friendly call may help.", days=days, units=units),
        say("No report for two weeks ({days}): {count}", days=days, count=len(names)),
        tuple(
            Choice(actions.missing(holder.unit, last), say("Who has not reported: {unit}", unit=holder.unit_name))
            for holder in holders
        ),
    )


def _silent_span(moment: Moment) -> tuple[str, str]:
    this_week = week_of(moment.day)
    return shift(this_week, -SILENT_WEEKS), shift(this_week, -1)


def _silent_by_ward(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Mapping[int, list[str]]:
    first, last = _silent_span(moment)
    heard = reported_units(db, first) | reported_units(db, last)
    wards = {holder.unit_id for holder in holders if holder.level == ROLES["ward_chair"]}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for unit in neighbourhoods(db, wards, monday_of(first), moment.day):
        if unit.id not in heard:
            found[unit.ward_id].append(unit.name)
    return found
