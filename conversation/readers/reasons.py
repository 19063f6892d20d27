"""Reads what is typed while a reason is asked for: it is that reason, in the person's own words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from conversation.offered import refusing, says_no, says_yes
from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may, perform
from handlers.closing import queue
from handlers.context import Replies, Turn
from handlers.reports import amendments, event_sets, returning, second_look
from handlers.tables import action_for_word
from interview import navigation
from messages import Outgoing
from messages.actions import Action, Amend, Decide, Decline, Return, SendAsIs
from services.limits import LONGEST_WHY, SHORTEST_WHY


def typed(said: Said) -> Reading:
    """Read a reason. Buttons, and words that stand for them, for a command or for a move, come before it."""
    wanted = next((each for each in said.turn.offered_actions if _awaits_reason(said.turn, each)), None)
    if wanted is None or not may(said.turn, wanted) or _means_something_else(said.text):
        return NO_READING
    refused = refusing(said.turn.offered)
    if refused is not None and says_no(said.text):
        return sure(Meaning.CHOICE, partial(perform, said.turn, refused.id))
    return sure(Meaning.ANSWER, partial(_take, said.turn, wanted, " ".join(said.text.split())))


def _awaits_reason(turn: Turn, action: Action) -> bool:
    """Whether an action is offered with a reason, as only the question for one does."""
    match action:
        case Return(reason=reason) | Amend(reason=reason) | Decide(reason=reason):
            return bool(reason)
        case Decline(reason=reason):
            return reason == queue.WITHOUT
        case SendAsIs(awaited=awaited):
            return bool(awaited) and turn.interview is not None
    return False


def _means_something_else(text: str) -> bool:
    return navigation(text) is not None or action_for_word(text) is not None


def _take(turn: Turn, wanted: Action, reason: str) -> Replies:
    if len(reason) > LONGEST_WHY:
        return _again(turn, turn.say("That is too long for a reason: at most {n} letters, please.", n=LONGEST_WHY))
    if says_yes(reason) or says_no(reason) or len(reason) < SHORTEST_WHY:
        text = turn.say("I did not take that for the reason. Please press one, or write it in some words.")
        return _again(turn, text)
    return _DEEDS[type(wanted)](turn, wanted, reason)


def _again(turn: Turn, text: str) -> Replies:
    return [Outgoing(text, tuple(turn.offered))]


_DEEDS: Mapping[type[Action], Callable[[Turn, Any, str], Replies]] = {
    Return: lambda turn, wanted, reason: returning.send_back_because(turn, replace(wanted, reason=reason)),
    Amend: lambda turn, wanted, reason: amendments.amend_because(turn, replace(wanted, reason=reason)),
    Decide: lambda turn, wanted, reason: event_sets.decide_because(turn, replace(wanted, reason=reason)),
    Decline: lambda turn, wanted, reason: queue.decline_because(turn, wanted.request, reason),
    SendAsIs: second_look.take_reason,
}
