"""Answers for a correction that others have overtaken: what stands instead, and that its answers stay as a draft."""

from collections.abc import Iterator

from handlers.context import Replies, Turn
from handlers.reports.showing import what_stands
from interview import from_json
from locales import Say
from messages import Choice, Outgoing
from messages.actions import AskLeave, Discard, Menu, Resume, View, choice
from services.access import may_ask_leave
from storage.conversation.turns import OpenInterview
from storage.records.submissions import Report


def kept_as_draft(turn: Turn, opened: OpenInterview, report: Report) -> Replies:
    """Answer a correction that came too late: what stands instead."""
    text = "\n".join([what_stands(turn, report), turn.say("I keep your answers as a draft.")])
    return [Outgoing(text, (*_leave(turn, report), *_ways_on(turn.say, opened, report)), lasting=True)]


def _leave(turn: Turn, report: Report) -> Iterator[Choice]:
    """Offer to ask for leave, where that is what stands in the way."""
    if may_ask_leave(turn.viewer, report):
        yield choice(AskLeave(report.id, report.revision), turn.say("Ask to correct it"))


def caught_up(turn: Turn, report: Report) -> str:
    """Say, when a correction is taken up again, what happened to its report, which it changes from now on."""
    return f"{what_stands(turn, report)}\n{turn.say('If you send your answers, they take the place of these.')}"


def stays_draft(turn: Turn, draft: OpenInterview, report: Report, answers: str) -> Replies:
    """Show the answers of a correction that can no longer be sent: the person may not change its report any more."""
    text = turn.say("It is not open for your correction any more. Your answers, kept as a draft:")
    view, _, *rest = _ways_on(turn.say, draft, report)
    return [Outgoing(f"{what_stands(turn, report)}\n{text}\n{answers}", (view, *rest))]


def _ways_on(say: Say, draft: OpenInterview, report: Report) -> tuple[Choice, ...]:
    return (choice(View(report.id), say("See the report")), *draft_offers(say, draft, say("Go on with my answers")))


def draft_offers(say: Say, draft: OpenInterview, resume: str) -> tuple[Choice, ...]:
    """Lead to a draft that was not sent (`resume` says how), and to deleting it."""
    return (
        choice(Resume(draft.id), resume),
        choice(Discard(draft.id, from_json(draft.state).revision), say("Delete the draft"), say("delete")),
        choice(Menu(), say("Menu")),
    )
