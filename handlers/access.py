"""Who may do what: the one place where an action is allowed or refused before its handler runs."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people import joining
from handlers.tables import ACTIONS, Action
from messages import Outgoing


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
    """Whether the person holds a role for an action, and sees the unit that it names by such a role."""
    if action.open_to_all:
        return True
    if not turn.viewer.holds(*action.roles):
        return False
    if action.unit_at is None or len(arguments) <= action.unit_at:
        return True
    return turn.viewer.sees_unit(arguments[action.unit_at], action.roles)


def _refused(turn: Turn) -> Replies:
    if not turn.viewer.roles:
        return menu.show_menu(turn)
    text = turn.say("That is not open to you. If you need it, please ask the secretariat.")
    return [Outgoing(text, menu.back_to_menu(turn))]
