"""Lists of units, of whatever they are for: what is typed under one narrows it, instead of leaving it.

Such a list is a menu with several buttons that differ by their unit alone. It may have pages; all of it is searched.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from handlers import menu
from handlers.access import may, perform
from handlers.context import Replies, Turn
from messages import Choice, Outgoing
from messages.actions import Action, InviteWhere, MakeInvitation, OfUnit, choice
from plan.unit_names import unit_names
from services.directory import invitations
from storage.directory.units import Unit

LONGEST = 60
"""Characters of a text that may name a unit, or a part of its name."""
MOST = 12
"""Units that are shown; more say that more has to be typed."""


def narrowed(turn: Turn, text: str) -> list[Choice]:
    """The choices of the list that the chat shows which a text names, or names a part of; none if it shows no list."""
    listed = _listed(turn) if text.strip() and len(text) <= LONGEST else []
    if not listed:
        return []
    names, tree = unit_names(turn.viewer.tree), turn.viewer.tree
    said, exact = names.tokens(text), {unit.id for unit in names.called(text)}
    if not said:
        return []
    every, shown = _all_of(turn, listed), {offered.id for offered in turn.offered}
    fitting = [(unit, offer) for unit, offer in every if said <= names.tokens(tree.title_of(unit.id))]
    return (
        [offer for _, offer in fitting if offer.id in shown]
        or [offer for unit, offer in every if unit.id in exact]
        or [offer for _, offer in fitting]
    )


def show(turn: Turn, found: Sequence[Choice]) -> Replies:
    """Do the one choice that is meant, or show those that may be."""
    if len(found) == 1:
        return perform(turn, found[0].id)
    text = turn.say("Which one do you mean?")
    if len(found) > MOST:
        text = turn.say("{n} fit that; the first are below. Type a little more.", n=len(found))
    return [Outgoing(text, (*found[:MOST], *menu.back_to_menu(turn)))]


def _listed(turn: Turn) -> list[Action]:
    """The actions of the list: all alike but for the unit; empty if the chat's menu is no such list."""
    alike: defaultdict[Action, dict[str, Action]] = defaultdict(dict)
    for action in turn.offered_actions:
        if unit := _unit_of(action):
            alike[_of_no_unit(action)][unit] = action
    longest = max(alike.values(), key=len, default={})
    return list(longest.values()) if len(longest) > 1 else []


def _of_no_unit(action: Action) -> Action:
    return replace(action, **{"ward" if isinstance(action, InviteWhere) else "unit": ""})


def _unit_of(action: Action) -> str:
    if isinstance(action, InviteWhere):
        return action.ward
    return action.unit or "" if isinstance(action, OfUnit) else ""


def _all_of(turn: Turn, listed: Sequence[Action]) -> list[tuple[Unit, Choice]]:
    """Every unit that the list could show, on all of its pages and inside of what it shows, with its choice."""
    first = listed[0]
    if isinstance(first, InviteWhere | MakeInvitation):
        return _to_invite(turn, first.role)
    tree = turn.viewer.tree
    levels = {unit.level for action in listed if (unit := tree.find(_unit_of(action)))}
    found = []
    for unit in tree.of_level(*levels):
        action = replace(first, unit=unit.code)  # type: ignore[call-arg]  # an action of a unit has this field
        if may(turn, action):
            found.append((unit, choice(action, tree.title_of(unit.id))))
    return found


def _to_invite(turn: Turn, role: str) -> list[tuple[Unit, Choice]]:
    tree = turn.viewer.tree
    many = [place.unit for place in invitations.places(turn.viewer, role) if place.many]
    units = invitations.units(turn.viewer, role)
    return [
        *((unit, choice(InviteWhere(role, 0, unit.code), tree.title_of(unit.id))) for unit in many),
        *((unit, choice(MakeInvitation(role, unit.code), tree.title_of(unit.id))) for unit in units),
    ]
