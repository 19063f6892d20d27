"""Leads somebody in who came by a ward's code: which neighbourhood, which name, and then they wait for the ward."""

from handlers.context import Replies, Turn
from handlers.people.titles import stands_in
from messages import Choice, Outgoing
from messages.actions import ComeAs, ComeTo, choice
from rules.roles import Role
from services.directory import newcomers
from storage.directory.newcomers import Newcomer

PAGE = 12
"""Neighbourhoods on a page of buttons."""


def own_way(turn: Turn) -> Newcomer | None:
    """The way in that this person is on."""
    return newcomers.own_way(turn.db, turn.viewer)


def show(turn: Turn, newcomer: Newcomer, *, page: int = 0, intro: str = "") -> Replies:
    """Ask for what is still to be said, or say what they wait for."""
    if newcomer.unit_id is None:
        return _ask_unit(turn, newcomer, page, intro)
    return [_waits(turn, newcomer)] if newcomer.is_waiting else [_ask_name(turn, newcomer, intro)]


def _ask_unit(turn: Turn, newcomer: Newcomer, page: int, intro: str) -> Replies:
    say, tree = turn.say, turn.viewer.tree
    units = newcomers.units(turn.viewer, newcomer)
    offers = [choice(ComeTo(unit.code), unit.name) for unit in units[page * PAGE : (page + 1) * PAGE]]
    if len(units) > (page + 1) * PAGE:
        offers.append(choice(ComeTo(page=page + 1), say("More →")))
    question = say("Which part of {ward} do you report for?", ward=tree.unit(newcomer.ward_id).name)
    return [Outgoing("\n\n".join(filter(None, (intro, question))), tuple(offers))]


def _ask_name(turn: Turn, newcomer: Newcomer, intro: str) -> Outgoing:
    say = turn.say
    text = say("What is your name, as colleagues know you? Please write family and given name.")
    is_known = not stands_in(turn.name, Role.PROPAGANDIST, turn.viewer.tree.unit(newcomer.ward_id).name)
    offers = (choice(ComeAs(), say("I am {name}", name=turn.name)),) if is_known else ()
    return Outgoing("\n\n".join(filter(None, (intro, text))), (*offers, _elsewhere(turn)))


def _waits(turn: Turn, newcomer: Newcomer) -> Outgoing:
    tree = turn.viewer.tree
    assert newcomer.unit_id is not None  # noqa: S101 (who waits has said it)
    text = turn.say(
        "Thank you, {name}! {ward} has been asked to let you in for {unit}. I write to you as soon as it has; until "
        "then there is nothing else to do here.",
        name=turn.name,
        ward=tree.unit(newcomer.ward_id).name,
        unit=tree.unit(newcomer.unit_id).name,
    )
    return Outgoing(text, (_elsewhere(turn),), lasting=True)


def _elsewhere(turn: Turn) -> Choice:
    return choice(ComeTo(), turn.say("Another neighbourhood"))
