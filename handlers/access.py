"""Runs the action that was chosen, if `services.access` lets this person; what is refused gets an answer, too."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import joining
from handlers.tables import ACTIONS, Action
from messages import Outgoing
from services import access


def perform(turn: Turn, choice_id: str) -> Replies:
    """Run the action that a choice's id names, if this person may."""
    name, *arguments = choice_id.split(":")
    action = ACTIONS.get(name)
    if action is None:
        return menu.not_understood(turn)
    if not action.open_to_all and not turn.agreed:
        return joining.ask_consent(turn)
    if not may(turn, action, tuple(arguments)):
        return _refused(turn)
    return action.run(turn, tuple(arguments))


def may(turn: Turn, action: Action, arguments: tuple[str, ...]) -> bool:
    """Whether the person may run an action, on the unit that it names if it names one."""
    named = action.unit_at is not None and len(arguments) > action.unit_at
    unit = arguments[action.unit_at or 0] if named else None
    return action.open_to_all or access.may_act(turn.viewer, action.roles, unit)


def _refused(turn: Turn) -> Replies:
    if not turn.viewer.roles:
        return menu.show_menu(turn)
    text = turn.say("That is not open to you. If you need it, please ask the secretariat.")
    return [Outgoing(text, menu.back_to_menu(turn))]
