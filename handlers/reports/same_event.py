"""Takes the answer to the question whether a report is of the same event as another one, and sends it."""

from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports import alike, interviewing
from handlers.reports.notices import tell
from handlers.reports.sending import receipt, send, unsent
from messages.actions import Glance, OtherEvent, SameEvent
from services import second_look
from services.events import sets
from services.events.alike import look_alike
from services.reports import Answers
from services.results import Refusal, Refused, Requested
from storage.conversation.turns import OpenInterview


def same(turn: Turn, pressed: SameEvent) -> Replies:
    """Send the report as one of the same event."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    if isinstance(ready, list):
        return ready
    opened, answers = ready
    other = (pressed.report, pressed.seen)
    remarks = second_look.remarks(turn.db, turn.viewer, turn.plan, opened, answers, same_as=pressed.report)
    result = sets.submit_as_same(turn.db, turn.viewer, opened, answers, other, turn.now, remarks=remarks)
    if isinstance(result, Refused):
        return _asked_anew(turn, *ready) if result.why is Refusal.MOVED_ON else unsent(turn, opened, result)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    if isinstance(result, sets.LinkAsked) and result.request is not None:
        return [receipt(turn, result), *asked(turn, result.request)]
    return [receipt(turn, result, linking=True)]


def other(turn: Turn, pressed: OtherEvent) -> Replies:
    """Send the report as one of an event of its own."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    return ready if isinstance(ready, list) else send(turn, *ready)


def glance(turn: Turn, pressed: Glance) -> Replies:
    """Show what looks like the open report."""
    ready = interviewing.ready_to_send(turn, pressed.interview, pressed.revision)
    if isinstance(ready, list):
        return ready
    seen = look_alike(turn.db, turn.viewer, *ready)
    return alike.glance(turn, ready[0], seen) if seen else _nothing_alike(turn, ready[0])


def _asked_anew(turn: Turn, opened: OpenInterview, answers: Answers) -> Replies:
    seen = look_alike(turn.db, turn.viewer, opened, answers)
    intro = turn.say("The other report has been corrected meanwhile.")
    return alike.ask(turn, opened, seen, intro) if seen else _nothing_alike(turn, opened)


def _nothing_alike(turn: Turn, opened: OpenInterview) -> Replies:
    return interviewing.repeat(turn, opened, turn.say("There is no other report like yours any more."))
