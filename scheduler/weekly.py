"""The week's topics: units that have not reported yet, the week that ended, and neighbourhoods that went silent."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, true

from locales import texts
from messages.actions import Missing, NewReport, Nil, Summary, choice
from periods.period import before, week_around, week_period
from periods.weeks import monday_of, shift, sunday_of, week_of
from plan.model import Plan
from reports.pictures import attendance_bars
from reports.reckoning import figures_of
from reports.texts import summary_text
from reports.wording import period_text, span
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import Span, has_reported, has_silent_inside, silent_inside
from storage.directory.holders import Holder

SILENT_WEEKS = 2
MOST_NAMED = 5
"""More silent neighbourhoods than this are counted: the summary in the same message names most of them already."""
URGENCY = {"unreported": 1, "silent": 3, "summary": 5}

_BROADEST = {level: place for place, level in enumerate(("district", "ward", "agency", "neighbourhood"))}


def unreported(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit has neither a report of the moment's week, nor its nil report."""
    return ~has_reported(unit, [week_of(moment.day)])


def say_unreported(_db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    week = week_around(moment.day)
    units = listed([holder.title for holder in holders])
    days = span(week.first, week.last)
    nothing = say("Nothing took place this week")
    labels = [nothing if len(holders) == 1 else f"{nothing}: {holder.title}" for holder in holders]
    return Section(
        URGENCY["unreported"],
        say(
            "{units} has not reported this week ({days}) yet. "
            "It takes about two minutes; if nothing took place, one tap is enough.",
            units=units,
            days=days,
        ),
        say("No report of {week} yet: {units}", week=period_text(say, week), units=units),
        (
            choice(NewReport(), say("Report now")),
            *(choice(Nil(holder.unit, week), label) for holder, label in zip(holders, labels, strict=True)),
        ),
    )


def everybody(_moment: Moment, _unit: ColumnElement[int]) -> ColumnElement[bool]:
    return true()


def say_summary(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say how the week went that ended: the broadest of the person's units in full, each of them as a choice."""
    say = texts(language)
    week = before(week_around(moment.day))
    units = sorted({holder.unit: holder for holder in holders}.values(), key=lambda holder: _BROADEST[holder.level])
    figures = figures_of(db, plan, units[0].unit, week, moment.now, language)
    label = {holder.unit: say("Week {number}: {unit}", number=week.number, unit=holder.title) for holder in units}
    return Section(
        URGENCY["summary"],
        summary_text(figures),
        say(
            "Summary of {week}, which has ended: {units}",
            week=period_text(say, week),
            units=listed([holder.title for holder in units]),
        ),
        tuple(choice(Summary(holder.unit, week), label[holder.unit]) for holder in units),
        attendance_bars(figures),
    )


def silent(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the ward has a neighbourhood that did not report the last two whole weeks."""
    return has_silent_inside(unit, _silent_span(moment))


def say_silent(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    say = texts(language)
    silence = _silent_span(moment)
    silent_units = silent_inside(db, {holder.unit_id for holder in holders}, silence)
    names = [unit.name for unit in sorted(silent_units, key=lambda unit: unit.ward_id)]
    if len(names) <= MOST_NAMED:
        units = listed(names)
    else:
        units = say("{count} neighbourhoods", count=len(names))
    last = silence.weeks[-1]
    days = span(silence.first, sunday_of(last))
    return Section(
        URGENCY["silent"],
        say("No news for two weeks ({days}) from: {units}. A friendly call may help.", days=days, units=units),
        say("No report for two weeks ({days}): {count}", days=days, count=len(names)),
        tuple(
            choice(Missing(holder.unit, week_period(last)), say("Who has not reported: {unit}", unit=holder.title))
            for holder in holders
        ),
    )


def _silent_span(moment: Moment) -> Span:
    this_week = week_of(moment.day)
    weeks = tuple(shift(this_week, -back) for back in range(SILENT_WEEKS, 0, -1))
    return Span(weeks, monday_of(weeks[0]), moment.day)
