"""Asks people for the report of a week in the name of somebody above: at once by day, in the morning by night."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn
from handlers.figures.missing import show_missing
from locales import Say
from messages import Outgoing
from messages.actions import LATER, InviteMissing, Menu, Missing, NewReport, Nil, Nudge, choice
from periods.days import local_day
from reports.wording import day_text, joined, period_text
from rules.times_of_day import is_decent, next_morning
from scheduler.slices import Task
from services import late_weeks
from services.figures import week_for
from services.late_weeks import Asked, Late, Request
from services.results import Refused
from storage.delivery import planned_nudges
from storage.directory import persons

MOST_NAMED = 5
"""Names in a sentence; of more, only how many they are."""


def tasks(now: datetime) -> Iterator[Task]:
    """List what a tick does in the daytime: it asks whom somebody wanted to be asked in the morning."""
    if is_decent(now):
        yield Task(partial(planned_nudges.due, day=local_day(now)), partial(_ask_as_planned, now=now))


def _ask_as_planned(db: Connection, ids: Sequence[int], now: datetime) -> None:
    for planned in planned_nudges.take(db, ids):
        name = persons.find_person(db, planned.person_id).name
        late_weeks.ask_as_planned(db, planned, name, _worded, now)


def _worded(say: Say, request: Request) -> Outgoing:
    """Ask for a report; it is one tap away, and so is the word that nothing took place."""
    text = say(
        "{name} asks: {unit} has no report of {week} yet. It takes about two minutes; if nothing took place, one tap "
        "is enough.",
        name=request.by,
        unit=request.title,
        week=period_text(say, request.week),
    )
    offers = (
        choice(NewReport(request.unit.code), say("Report now")),
        choice(Nil(request.unit.code, request.week), say("Nothing took place that week")),
        choice(Menu(), say("Menu")),
    )
    return Outgoing(text, offers)


def ask(turn: Turn, pressed: Nudge) -> Replies:
    """Ask those who are late, or say why not now and offer it for the morning."""
    home, say = turn.viewer.home, turn.say
    assert home is not None  # noqa: S101 (its roles are checked before a handler runs)
    unit, week = pressed.unit or home.unit, week_for(turn.viewer, pressed.week)
    if turn.viewer.tree.chaired(unit):  # a whole district is asked ward by ward: its chairs look first
        return show_missing(turn, Missing(unit, week))
    if pressed.when != LATER and not is_decent(turn.now):
        text = say(
            "I ask nobody between 20:30 and 7:00. Shall I do it at 7:00 on {day}?",
            day=day_text(next_morning(turn.now)),
        )
        later = choice(Nudge(unit, week, LATER), say("Yes, at 7:00"))
        return [Outgoing(text, (later, choice(Missing(unit, week), say("No, not now")), *menu.back_to_menu(turn)))]
    asked = late_weeks.ask(turn.db, turn.viewer, turn.plan, _worded, unit=unit, week=week, language=turn.language)
    if isinstance(asked, Refused):
        return menu.show_menu(turn)
    offers = [choice(Missing(unit, week), say("Who has not reported"))]
    if asked.vacant and (ward := turn.viewer.tree.ward_around(asked.vacant[0].unit)):
        offers.append(choice(InviteMissing(ward.code), say("Invite someone")))
    return [Outgoing("\n".join(_became(turn, asked)), (*offers, *menu.back_to_menu(turn)), lasting=True)]


def _became(turn: Turn, asked: Asked) -> Iterator[str]:
    """Say who was asked, who was asked that day before, who cannot be reached, and where nobody is."""
    say = turn.say
    if asked.told and asked.on_day:
        yield say("At 7:00 on {day} I ask: {names}.", day=day_text(asked.on_day), names=_people(turn, asked.told))
    elif asked.told:
        yield say("Asked: {names}.", names=_people(turn, asked.told))
    if asked.already:
        names = _people(turn, asked.already)
        yield say("Asked that day already, once is enough: {names}.", names=names)
    if asked.unreached:
        names = _people(turn, asked.unreached)
        yield say("Nothing reaches them yet, a call would help: {names}.", names=names)
    if asked.vacant:
        units = [there.unit.name for there in asked.vacant]
        first, rest = units[:MOST_NAMED], len(units) - MOST_NAMED
        more = joined(say, units) if rest <= 0 else say("{names} and {n} other units", names=", ".join(first), n=rest)
        yield say("Nobody takes part yet: {units}.", units=more)
    if not (asked.told or asked.already or asked.unreached or asked.vacant):
        yield say("Everybody has reported meanwhile.")


def _people(turn: Turn, units: Sequence[Late]) -> str:
    """The first names, and how many more there are."""
    names = list(dict.fromkeys(member.name for there in units for member in there.members))
    rest = len(names) - MOST_NAMED
    if rest <= 0:
        return joined(turn.say, names)
    return turn.say("{names} and {n} other people", names=", ".join(names[:MOST_NAMED]), n=rest)
