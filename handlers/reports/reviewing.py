"""Lets those above approve a report in chat; the next one that waits is a tap away."""

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports import queue
from handlers.reports.showing import refused, the_list
from messages import Outgoing
from messages.actions import Approve
from services import review
from services.results import Refused, Requested


def approve(turn: Turn, pressed: Approve) -> Replies:
    """Approve a report that the chair has looked at."""
    result = review.approve(turn.db, turn.viewer, pressed.report, pressed.seen, turn.now)
    if isinstance(result, Refused):
        return refused(turn, result, pressed.seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    offers = (*queue.next_one(turn), the_list(turn, result.report), *menu.back_to_menu(turn))
    return [Outgoing(turn.say("Approved."), offers)]
