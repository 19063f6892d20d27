"""Runs the action that was chosen, if `services.access` allows it to this person. A refusal gets an answer, too."""

from dataclasses import replace

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import joining
from handlers.tables import ACTIONS
from messages import Outgoing
from messages.actions import Action, OfUnit, decode, fitting
from services import access


def perform(turn: Turn, choice_id: str) -> Replies:
    """Run the action that a choice's id names, if this person may."""
    action = decode(choice_id, turn.plan.periods)
    return menu.not_understood(turn) if action is None else act(turn, action)


def act(turn: Turn, action: Action) -> Replies:
    """Run an action, if this person may. What it offers is what fits a button: of much-narrowed figures some do not."""
    entry = ACTIONS[type(action)]
    if not entry.open_to_all and not turn.agreed:
        return joining.ask_consent(turn)
    if not may(turn, action):
        return _refused(turn)
    return [replace(reply, choices=fitting(reply.choices)) for reply in entry.run(turn, action)]


def may(turn: Turn, action: Action) -> bool:
    """Whether the person may run an action, on the unit that it names if it names one."""
    entry, unit = ACTIONS[type(action)], action.unit if isinstance(action, OfUnit) else None
    return entry.open_to_all or access.may_act(turn.viewer, entry.roles, unit)


def _refused(turn: Turn) -> Replies:
    if not turn.viewer.roles:
        return menu.show_menu(turn)
    text = turn.say("That is not open to you. If you need it, please ask whoever invited you.")
    return [Outgoing(text, menu.back_to_menu(turn))]
