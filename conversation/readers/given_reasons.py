"""Reads what is typed while a reason is asked for: it is that reason, in the person's own words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may
from handlers.closing import queue
from handlers.context import Replies, Turn
from handlers.reports import amendments, returning
from messages import Outgoing
from messages.actions import Action, Amend, Decline, Return, decode
from services.limits import LONGEST_WHY


def typed(said: Said) -> Reading:
    """Read a reason. Buttons, and words that stand for them or for a command, come before it."""
    offered = (decode(each.id) for each in said.turn.offered)
    wanted = next((each for each in offered if each is not None and _awaits_reason(each)), None)
    if wanted is None or not may(said.turn, wanted):
        return NO_READING
    return sure(Meaning.ANSWER, partial(_take, said.turn, wanted, said.text.strip()))


def _awaits_reason(action: Action) -> bool:
    """Whether an action is offered with a reason, as only the question for one does."""
    match action:
        case Return(reason=reason) | Amend(reason=reason):
            return bool(reason)
        case Decline(reason=reason):
            return reason == queue.WITHOUT
    return False


def _take(turn: Turn, wanted: Action, reason: str) -> Replies:
    if len(reason) > LONGEST_WHY:
        text = turn.say("That is too long for a reason: at most {n} letters, please.", n=LONGEST_WHY)
        return [Outgoing(text, tuple(turn.offered))]
    return _DEEDS[type(wanted)](turn, wanted, reason)


_DEEDS: Mapping[type[Action], Callable[[Turn, Any, str], Replies]] = {
    Return: lambda turn, wanted, reason: returning.send_back_because(turn, replace(wanted, reason=reason)),
    Amend: lambda turn, wanted, reason: amendments.amend_because(turn, replace(wanted, reason=reason)),
    Decline: lambda turn, wanted, reason: queue.decline_because(turn, wanted.request, reason),
}
