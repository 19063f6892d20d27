"""Asks once, before a report is sent, about what deserves a second look in it; it is sent all the same if it is right.

The author may add a reason, which whoever approves the report sees beside the warning.
"""

from handlers.context import Replies, Turn
from handlers.reports import interviewing, private, warned
from handlers.reports.sending import send
from interview import from_json
from messages import Outgoing
from messages.actions import SayWhy, SendAsIs, choice
from services import second_look


def send_as_is(turn: Turn, pressed: SendAsIs) -> Replies:
    """Send the report as it is: its author says that it is right."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    return ready if isinstance(ready, list) else send(turn, *ready)


def say_why(turn: Turn, pressed: SayWhy) -> Replies:
    """Ask for the reason, which the next message says."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    if isinstance(ready, list):
        return ready
    opened, answers = ready
    found = second_look.look(turn.db, turn.viewer, turn.plan, opened, answers)
    about = f"{warned.warning_text(turn, found[0])}.\n\n" if found else ""
    at = opened.id, from_json(opened.state).revision
    offers = (
        choice(SendAsIs(*at, awaited=1), turn.say("Send it without a reason")),
        warned.offer_review(turn, opened),
    )
    text = turn.say("Please write the reason in one message: I send the report with it. No names, please.")
    return [Outgoing(f"{about}{text}", offers)]


def take_reason(turn: Turn, pressed: SendAsIs, text: str) -> Replies:
    """Send the report with the reason that was typed."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    if isinstance(ready, list):
        return ready
    return private.with_reason(turn, text, lambda reason: send(turn, *ready, reason))
