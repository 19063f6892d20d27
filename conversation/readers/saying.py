"""Adds to the replies to a text how it was understood, and what became of the open report."""

from dataclasses import replace

from conversation.readings import SaidToQuestion
from handlers.context import Replies
from storage.conversation import interviews
from storage.tables.states import InterviewStatus


def begun_with(line: str, replies: Replies) -> Replies:
    """Put a line above the first reply."""
    if not replies:
        return replies
    first, *others = replies
    return [replace(first, text=f"{line}\n\n{first.text}"), *others]


def over_the_open_report(said: SaidToQuestion, replies: Replies) -> Replies:
    """Say above the replies that begin another report that the open one's answers are a draft now."""
    turn = said.turn
    if said.is_blank:
        interviews.set_status(turn.db, said.opened.id, InterviewStatus.CANCELLED, turn.now)
        return replies
    return begun_with(turn.say("I begin a new report; the one before is kept as a draft."), replies)
