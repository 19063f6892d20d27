"""The Action Month against gender-based violence (II.1.1 HĐ1 (4)): opening, Mondays, half-time, closing.

On Mondays everybody hears what their ward did so far, beside the same days of last year; an agency hears of itself, the
secretariat of all. At the end whoever took part is thanked with their own unit's figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, or_

from locales import Say, texts
from messages import Choice
from messages.actions import Known, NewReport, SetTheme, Summary, choice
from periods.days import local_day
from periods.period import week_around
from plan.calendar import Topic
from plan.model import Plan
from reports.so_far import events_text, so_far
from reports.wording import day_text, span
from rules.levels import Level
from scheduler import themes
from scheduler.chairs import neighbourhoods
from scheduler.sections import Moment, Section, listed
from storage import tables as t
from storage.delivery.knowns import known_to
from storage.delivery.owing import had_event, is_of_level, units_where
from storage.directory.holders import Holder
from storage.directory.units import Unit, unit_tree

_REPORTING = frozenset({"propagandist", "ward_chair", "agency"})
MOST_NAMED = 12
"""More neighbourhoods than this are counted."""


def took_part(moment: Moment, unit: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: the unit had an event in the month, or looks after units that may have had one."""
    first, last = moment.rule.period_of(moment.about)
    return or_(~is_of_level(unit, (Level.NEIGHBOURHOOD, Level.AGENCY)), had_event(unit, first, last))


def say_opening(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say when it is and what it is about this year; who may set that is asked to, if nobody has."""
    say, year = texts(language), moment.about.year
    theme = themes.of_year(db, year)
    news = [
        _news(say, moment),
        say("This year's theme: “{theme}”.", theme=theme) if theme else "",
        _request(say, moment, holders),
    ]
    offers = [choice(NewReport(), say("Report now"))] if _reports(holders) else []
    if not theme and any(holder.role == "secretariat" for holder in holders):
        offers.append(choice(SetTheme(year), say("Set the theme")))
    return _section(say, moment, holders, " ".join(part for part in news if part), offers)


def say_monday(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Say what was done so far beside last year."""
    say = texts(language)
    figures = [_progress(db, say, moment, title, unit) for unit, title in _wards(db, moment, holders).items()]
    text = "\n".join([f"{_news(say, moment)} {_request(say, moment, holders)}", *figures])
    reporting = [choice(NewReport(), say("Report now"))] if _reports(holders) else []
    return _section(say, moment, holders, text, reporting or [_summary(say, holder, moment) for holder in holders])


def say_closing(db: Connection, _plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Thank whoever took part, with their own units' figures."""
    say = texts(language)
    units = {holder.unit: holder.title for holder in holders}
    figures = [_progress(db, say, moment, title, unit) for unit, title in units.items()]
    text = "\n".join([_news(say, moment), *figures, _request(say, moment, holders)])
    offers = [choice(NewReport(), say("Report now"))] if _reports(holders) else []
    return _section(say, moment, holders, text, offers or [_summary(say, holder, moment) for holder in holders])


def _section(say: Say, moment: Moment, holders: Sequence[Holder], text: str, offers: Sequence[Choice]) -> Section:
    first, last = moment.rule.period_of(moment.about)
    why = say("Action Month {days}: {units}", days=span(first, last), units=listed([h.title for h in holders]))
    return Section(moment.rule.priority, text, why, tuple(offers))


def _reports(holders: Sequence[Holder]) -> bool:
    """Whether the person reports; the secretariat does not, and hears that its units are asked."""
    return any(holder.role in _REPORTING for holder in holders)


def _wards(db: Connection, moment: Moment, holders: Sequence[Holder]) -> dict[str, str]:
    """Titles by code of the units whose figures the holders hear: of neighbourhoods it is the unit above."""
    units = unit_tree(db).on(moment.day)
    found: dict[str, str] = {}
    for holder in holders:
        above = units.parent(holder.unit) if holder.level == Level.NEIGHBOURHOOD else None
        found[above.code if above else holder.unit] = units.title_of(above.id) if above else holder.title
    return found


def _progress(db: Connection, say: Say, moment: Moment, title: str, unit: str) -> str:
    """ "Phường 10: 4 buổi, 120 lượt (80 nữ, 40 nam); cùng kỳ năm trước 3 buổi, 90 lượt": until yesterday."""
    first, last = moment.rule.period_of(moment.about)
    until = min(last, max(first, local_day(moment.now) - timedelta(days=1)))
    now, then = so_far(db, unit, first, until), so_far(db, unit, _year_ago(first), _year_ago(until))
    return say(
        "• {unit}: {now}; same days last year: {then}",
        unit=title,
        now=events_text(say, now),
        then=events_text(say, then),
    )


def _year_ago(day: date) -> date:
    """The same day of the year before; the month never holds a 29 February."""
    return day.replace(year=day.year - 1)


def _news(say: Say, moment: Moment) -> str:
    """Say where the month stands on the day of the message, which may be later than planned."""
    (first, last), today = moment.rule.period_of(moment.about), local_day(moment.now)
    days, left = span(first, last), (last - today).days
    if moment.rule.topic is Topic.MONTH_OPENING:
        return say("The Action Month for gender equality and against gender-based violence runs {days}.", days=days)
    if left > 0:
        return say.plural(
            "The Action Month goes on: {n} day left, until {end}.",
            "The Action Month goes on: {n} days left, until {end}.",
            left,
            end=day_text(last),
        )
    if left == 0:
        return say("The Action Month ({days}) ends today. Thank you for all you did!", days=days)
    return say("The Action Month ({days}) has ended. Thank you for all you did!", days=days)


def _request(say: Say, moment: Moment, holders: Sequence[Holder]) -> str:
    if not _reports(holders):
        units = listed([holder.title for holder in holders])
        return say("Everybody in {units} is asked to report. The week's summary shows how far they are.", units=units)
    requests = {
        Topic.MONTH_OPENING: say("Every talk, event and leaflet counts – please report each of them."),
        Topic.MONTH_MONDAY: say("What is on this week? Please report it afterwards."),
        Topic.MONTH_CLOSING: say("If an event has not been reported yet, please do it now."),
    }
    return requests[moment.rule.topic]


def _summary(say: Say, holder: Holder, moment: Moment) -> Choice:
    """Offer a week's summary; on a Monday that of the week that has ended, since the new one is empty."""
    week = week_around(local_day(moment.now) - timedelta(days=1))
    return choice(Summary(holder.unit, week), say("Week {number}: {unit}", number=week.number, unit=holder.title))


@dataclass(frozen=True, slots=True)
class _Without:
    """A neighbourhood without an event in the month so far."""

    unit: Unit
    year: int

    @property
    def matter(self) -> str:
        return f"no_event:{self.unit.id}:{self.year}"


def without_event(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Holder]:
    """Keep those who have a neighbourhood without an event in the month so far of which they did not say they know."""
    return [holder for holder in holders if any(_told_without(db, moment, [holder]))]


def matters_without(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[str]:
    """Name what these holders are told at half-time, for "đã biết"."""
    return [one.matter for one in _without(db, moment, holders)]


def _without(db: Connection, moment: Moment, holders: Sequence[Holder]) -> Iterator[_Without]:
    first, _ = moment.rule.period_of(moment.about)
    units = neighbourhoods(db, moment, holders)
    with_event = units_where(db, [unit.id for unit in units], had_event(t.unit.c.id, first, moment.day))
    yield from (_Without(unit, moment.about.year) for unit in units if unit.id not in with_event)


def _told_without(db: Connection, moment: Moment, holders: Sequence[Holder]) -> list[Unit]:
    found = list(_without(db, moment, holders))
    known = known_to(db, holders[0].person_id, [one.matter for one in found])
    return [one.unit for one in found if one.matter not in known]


def say_half_time(db: Connection, plan: Plan, moment: Moment, holders: Sequence[Holder], language: str) -> Section:
    """Name the neighbourhoods without an event so far, without blame."""
    say, names = texts(language), [unit.name for unit in _told_without(db, moment, holders)]
    units = listed(names) if len(names) <= MOST_NAMED else f"{len(names)} {plan.levels.of_owing(language)}"
    text = say(
        "Half of the Action Month is over, and no event has come in yet from: {units}. Is help wanted there?",
        units=units,
    )
    why = say("Without an event in the Action Month so far: {count}", count=len(names))
    return Section(
        moment.rule.priority, text, why, (choice(Known(moment.rule.id, moment.about), say("I know: half-time")),)
    )
