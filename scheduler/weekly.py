"""The week's topics: units that have not reported yet, and the week that ended."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, true

from locales import Say, texts
from messages import Choice
from messages.actions import NewReport, Nil, PutOff, Summary, choice
from periods.period import Period, before, week_around
from plan.model import Plan
from reports.pictures.attendance import attendance_bars
from reports.texts import summary_text
from reports.wording import period_text, span
from rules.levels import Level
from rules.nil import asked_again_after, is_asked_about
from rules.weeks import WeekState
from scheduler import issuing
from scheduler.sections import Moment, Section, listed
from storage.delivery.owing import may_owe
from storage.directory.holders import Holder
from storage.directory.units import unit_tree
from storage.records import unit_weeks

_BROADEST = {level: place for place, level in enumerate(Level)}


def may_be_unreported(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition that holds at least for each unit that has not reported the moment's week."""
    week = moment.week
    return may_owe(unit, week, asked_again_after(week))


def unreported(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those whose unit owes the moment's week, or gave it up before anybody could know."""
    week = moment.week
    done = unit_weeks.owed(db, [week], {holder.unit_id for holder in holders})
    asked = {unit for (_, unit), judged in done.items() if is_asked_about(week, judged)}
    return [holder for holder in holders if holder.unit_id in asked]


def say_unreported(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Ask for the week's report; a unit that said early that nothing takes place is asked whether that is still so."""
    say, week = texts(language), week_around(moment.about)
    done = unit_weeks.owed(db, [week.code], {holder.unit_id for holder in holders})
    early = [holder for holder in holders if done[week.code, holder.unit_id].state is WeekState.NIL]
    silent = [holder for holder in holders if holder not in early]
    return Section(
        moment.rule.priority,
        " ".join(_questions(say, span(week.first, week.last), silent, early)),
        say("No report of {week} yet: {units}", week=period_text(say, week), units=_titles(holders)),
        (
            choice(NewReport(), say("Report now")),
            *_nil_offers(say, week, holders, early),
            choice(PutOff(moment.rule.id, moment.about), say("Tomorrow")),
        ),
    )


def _questions(say: Say, days: str, silent: Sequence[Holder], early: Sequence[Holder]) -> Iterator[str]:
    if silent:
        yield say(
            "{units} has not reported this week ({days}) yet. "
            "It takes about two minutes; if nothing took place, one tap is enough.",
            units=_titles(silent),
            days=days,
        )
    if early:
        yield say(
            "You told me early that {units} has no activity this week ({days}). Is that still so?",
            units=_titles(early),
            days=days,
        )


def _nil_offers(say: Say, week: Period, holders: Sequence[Holder], early: Sequence[Holder]) -> Iterator[Choice]:
    nothing, still = say("Nothing took place this week"), say("Still no activity this week")
    for holder in holders:
        label = still if holder in early else nothing
        yield choice(Nil(holder.unit, week), label if len(holders) == 1 else f"{label}: {holder.title}")


def _titles(holders: Sequence[Holder]) -> str:
    return listed([holder.title for holder in holders])


def everybody(_moment: Moment, _unit: ColumnElement[int]) -> ColumnElement[bool]:
    return true()


def say_summary(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say how the week went that ended: the broadest of the person's units in full, each of them as a choice."""
    say = texts(language)
    week = before(week_around(moment.about))
    units = _broadest_first(holders)
    figures, beside = issuing.issued_figures(db, plan, moment, units[0].unit, week, language)
    ended = _ended_in(db, week, units)
    titles = {**{holder.unit: holder.title for holder in units}, **ended}
    summary = summary_text(figures, beside=beside)
    last = say("{units} ended that week; its last summary is below.", units=listed(list(ended.values())))
    return Section(
        moment.rule.priority,
        f"{summary}\n\n{last}" if ended else summary,
        say(
            "Summary of {week}, which has ended: {units}",
            week=period_text(say, week),
            units=listed([holder.title for holder in units]),
        ),
        tuple(
            choice(Summary(code, week), say("Week {number}: {unit}", number=week.number, unit=title))
            for code, title in titles.items()
        ),
        attendance_bars(figures),
    )


def issue_summary(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder]) -> None:
    """Issue the summary that these holders get in full, and note that they get it."""
    unit, week = _broadest_first(holders)[0].unit, before(week_around(moment.about))
    issuing.received(db, issuing.issue(db, plan, moment, unit, week), holders, moment.now)


def _broadest_first(holders: Iterable[Holder]) -> list[Holder]:
    """A holder of each unit, the broadest unit first."""
    return sorted(
        {holder.unit: holder for holder in holders}.values(), key=lambda holder: _BROADEST[Level(holder.level)]
    )


def _ended_in(db: Connection, week: Period, holders: Iterable[Holder]) -> dict[str, str]:
    """The titles by code of the units that ended in a week and go on as these: nobody else hears of their last days."""
    units = unit_tree(db).on(week.last + timedelta(days=1))
    before = (units.unit(unit_id) for holder in holders for unit_id in units.predecessors(holder.unit_id))
    ended = (unit for unit in before if unit.valid_to and week.first <= unit.valid_to <= week.last)
    return {unit.code: units.title_of(unit.id) for unit in ended}
