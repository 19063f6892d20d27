"""The gate of a ward: those who came by its code say who they are, the ward is told of them and lets them in or not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import joining
from handlers.people import newcomers as way_in
from handlers.people.titles import role_title
from locales import Say, texts
from messages import Choice, Outgoing
from messages.actions import ComeAs, ComeTo, Menu, Newcomers, Participants, TakeIn, TurnAway, choice
from periods.days import local_day
from rules.roles import Role
from scheduler.slices import Task
from services.directory import newcomers
from services.directory.newcomers import Decided
from services.results import Refusal, Refused
from storage.delivery.notices import notify
from storage.directory import newcomers as rows
from storage.directory import persons
from storage.directory.newcomers import Newcomer
from storage.directory.units import UnitsOfDay, unit_tree

SHOWN = 8
"""People in one message, with two buttons each."""


def come_to(turn: Turn, pressed: ComeTo) -> Replies:
    """Take the neighbourhood that somebody chose, and ask for the name; without one ask for it."""
    newcomer = way_in.own_way(turn)
    if newcomer is None:
        return menu.show_menu(turn)
    if not turn.agreed:
        return joining.ask_consent(turn)
    if not pressed.place:
        return way_in.show(turn, replace(newcomer, unit_id=None), page=pressed.page)
    chosen = newcomers.choose(turn.db, turn.viewer, pressed.place)
    return menu.show_menu(turn) if isinstance(chosen, Refused) else _next(turn, chosen)


def _next(turn: Turn, newcomer: Newcomer) -> Replies:
    if newcomer.is_waiting:
        tell_ward(turn.db, newcomer.ward_id, turn.now)
    return way_in.show(turn, newcomer)


def come_as(turn: Turn, _: ComeAs) -> Replies:
    """Take the name that the bot knows already."""
    return named(turn, turn.name)


def named(turn: Turn, name: str) -> Replies:
    """Take the name that somebody wrote, and ask the ward."""
    newcomer = way_in.own_way(turn)
    if newcomer is None or not turn.agreed:
        return menu.show_menu(turn)
    asked = newcomers.ask(turn.db, turn.viewer, name)
    if isinstance(asked, Refused):
        intro = turn.say("That is no name.") if asked.why is Refusal.NOT_THEIRS else ""
        return way_in.show(turn, newcomer, intro=intro)
    tell_ward(turn.db, asked.ward_id, turn.now)
    return way_in.show(replace(turn, name=asked.name), asked)


def tell_ward(db: Connection, ward_id: int, now: datetime) -> None:
    """Tell those who decide of all who wait, unless they were told of others just now: then it is told together."""
    if ward_id not in rows.untold_wards(db, now):
        return
    waiting, units = rows.waiting(db, [ward_id]), unit_tree(db).on(local_day(now))
    for person in newcomers.who_decides(db, ward_id, now):
        say = texts(persons.find_person(db, person).language)
        notify(db, person, _asked(say, units, waiting), now)
    rows.mark_told(db, ward_id, now)


def tasks(now: datetime) -> Iterator[Task]:
    """List what a tick does: it tells of those who came soon after others."""

    def tell(db: Connection, wards: Sequence[int]) -> None:
        for ward in wards:
            tell_ward(db, ward, now)

    yield Task(lambda db, after, most: rows.untold_wards(db, now, after, most), tell)


def _asked(say: Say, units: UnitsOfDay, waiting: Sequence[Newcomer]) -> Outgoing:
    head = say.plural(
        "{n} person came by the ward's code and waits for you:",
        "{n} people came by the ward's code and wait for you:",
        len(waiting),
    )
    shown = waiting[:SHOWN]
    lines = [f"• {newcomer.name}, {_unit(units, newcomer)}" for newcomer in shown]
    if len(waiting) > SHOWN:
        lines.append(say("… and {n} more people", n=len(waiting) - SHOWN))
    offers = [each for newcomer in shown for each in _both(say, newcomer)]
    return Outgoing("\n".join((head, *lines)), tuple(offers), lasting=True)


def _both(say: Say, newcomer: Newcomer) -> tuple[Choice, Choice]:
    take_in = choice(TakeIn(newcomer.id), say("Let in: {name}", name=newcomer.name))
    return take_in, choice(TurnAway(newcomer.id), say("Not ours: {name}", name=newcomer.name))


def _unit(units: UnitsOfDay, newcomer: Newcomer) -> str:
    return units.title_of(newcomer.unit_id or newcomer.ward_id)


def show(turn: Turn, *, intro: str = "") -> Replies:
    """List who waits; if nobody does, say so."""
    waiting = newcomers.waiting(turn.db, turn.viewer)
    offers = (choice(Participants(), turn.say("Who has come")), *menu.back_to_menu(turn))
    if not waiting:
        text = intro or turn.say("Nobody waits to be let in.")
        return [Outgoing(text, offers)]
    said = _asked(turn.say, turn.viewer.tree, waiting)
    return [replace(said, text="\n\n".join(filter(None, (intro, said.text))), choices=(*said.choices, *offers))]


def show_newcomers(turn: Turn, _: Newcomers) -> Replies:
    """List who waits."""
    return show(turn)


def take_in(turn: Turn, pressed: TakeIn) -> Replies:
    """Let somebody in and welcome them; then show who else waits."""
    decided = newcomers.take_in(turn.db, turn.viewer, pressed.newcomer)
    if isinstance(decided, Refused):
        return _decided_before(turn)
    say = texts(decided.newcomer.language)
    welcome = say(
        "You are in: {role}, {unit}. Everything starts from the menu.",
        role=role_title(say, Role.PROPAGANDIST),
        unit=turn.viewer.tree.title_of(decided.unit.id),
    )
    notify(turn.db, decided.newcomer.person_id, Outgoing(welcome, (choice(Menu(), say("Menu")),)), turn.now)
    unit = turn.viewer.tree.title_of(decided.unit.id)
    return _done(
        turn, decided, turn.say("{name} is in for {unit} and knows it.", name=decided.newcomer.name, unit=unit)
    )


def turn_away(turn: Turn, pressed: TurnAway) -> Replies:
    """Do not let somebody in, and tell them whom to ask; then show who else waits."""
    decided = newcomers.turn_away(turn.db, turn.viewer, pressed.newcomer)
    if isinstance(decided, Refused):
        return _decided_before(turn)
    say = texts(decided.newcomer.language)
    ward = turn.viewer.tree.unit(decided.newcomer.ward_id).name
    told = say("{ward} does not know you yet. Please ask there for a code of your own, and send it here.", ward=ward)
    notify(turn.db, decided.newcomer.person_id, Outgoing(told), turn.now)
    return _done(turn, decided, turn.say("{name} is not let in and knows it.", name=decided.newcomer.name))


def _done(turn: Turn, decided: Decided, text: str) -> Replies:
    """Say it, and show who else waits: so they are told of as well."""
    rows.mark_told(turn.db, decided.newcomer.ward_id, turn.now)
    return show(turn, intro=text)


def _decided_before(turn: Turn) -> Replies:
    return show(turn, intro=turn.say("That was decided already, or they no longer wait."))
