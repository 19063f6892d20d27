"""Answers a known person's code: one more role, or a kind word if they hold it already."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.people.joining import ask_consent, not_in
from handlers.people.titles import role_title
from messages import Outgoing
from services.directory.joining import NoEntry, NotIn
from services.directory.joining import join_further as join


def join_further(turn: Turn, code: str) -> Replies:
    """Give a person who has joined what a code gives, and say so."""
    result = join(turn.db, turn.viewer, code, turn.now)
    if isinstance(result, NotIn):
        return _not_added(turn, result, code)
    if result.is_shared:
        return menu.show_menu(turn)
    role = role_title(turn.say, result.role)
    return _said(
        turn, turn.say("Added: you are now also {role}, {unit}.", role=role, unit=turn.viewer.tree.title(result.unit))
    )


def _not_added(turn: Turn, refusal: NotIn, code: str) -> Replies:
    if refusal.why is not NoEntry.HELD:
        return _said(turn, not_in(turn.say, refusal, turn.now, code, turn.world.public_url))
    if not turn.agreed:
        return ask_consent(turn)
    return menu.show_menu(turn, greeting=turn.say("You have joined already."))


def _said(turn: Turn, text: str) -> Replies:
    return [Outgoing(text, menu.back_to_menu(turn))]
