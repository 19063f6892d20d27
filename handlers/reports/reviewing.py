"""Lets those above approve a report in chat, or return it with a reason.

A person who returns it reads who has been asked to correct it, or that nobody could be reached.
"""

from collections.abc import Sequence

from handlers import menu
from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports.notices import REASONS, tell
from handlers.reports.showing import counted_instead, digest, refused, the_list
from messages import Outgoing
from messages.actions import YES, Approve, Invite, Return, View, choice
from services import review
from services.results import Refusal, Refused, Requested
from storage.directory.staff import Member
from storage.records.submissions import Report

WITHOUT_REASON = YES


def approve(turn: Turn, pressed: Approve) -> Replies:
    """Approve a report that the chair has looked at."""
    result = review.approve(turn.db, turn.viewer, pressed.report, pressed.seen, turn.now)
    if isinstance(result, Refused):
        return refused(turn, result, pressed.seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    return _done(turn, result.report, turn.say("Approved."))


def send_back(turn: Turn, pressed: Return) -> Replies:
    """Ask for a reason; with one, return the report, which does not count until it is corrected."""
    if pressed.reason != WITHOUT_REASON and pressed.reason not in REASONS:
        held = review.hold_to_return(turn.db, turn.viewer, pressed.report, pressed.seen)
        return _not_returned(turn, held, pressed.seen) if isinstance(held, Refused) else _ask(turn, held.report)
    result = review.send_back(turn.db, turn.viewer, pressed.report, pressed.seen, pressed.reason, turn.now)
    if isinstance(result, Refused):
        return _not_returned(turn, result, pressed.seen)
    if isinstance(result, Requested):
        return asked(turn, result)
    tell(turn, result.notices)
    if result.asked:
        text = turn.say("Returned. {person} has been asked to correct it.", person=_names(result.asked))
    else:
        text = turn.say(
            "Returned, but I can reach none of those who could correct it: {person}. Please tell them yourself; until "
            "it is corrected the report does not count.",
            person=_names(result.members),
        )
    return _done(turn, result.report, "\n".join([text, *counted_instead(turn, result)]))


def _not_returned(turn: Turn, refusal: Refused, seen: int) -> Replies:
    if refusal.why is Refusal.NOBODY_THERE and refusal.report is not None:
        return _nobody_there(turn, refusal.report)
    return refused(turn, refusal, seen)


def _done(turn: Turn, report: Report, text: str) -> Replies:
    return [Outgoing(text, (the_list(turn, report), *menu.back_to_menu(turn)))]


def _names(members: Sequence[Member]) -> str:
    return ", ".join(dict.fromkeys(member.name for member in members))


def _ask(turn: Turn, report: Report) -> Replies:
    say, what = turn.say, digest(turn, report)
    text = say(
        "Return the report of {unit} of {day} ({measure})? It does not count until it is corrected.",
        unit=turn.viewer.title_of(report),
        day=what.day,
        measure=what.measure,
    )
    reasons = (
        choice(Return(report.id, report.revision, code), say("Yes: {reason}", reason=words(say)))
        for code, words in REASONS.items()
    )
    offers = (
        choice(Return(report.id, report.revision, WITHOUT_REASON), say("Yes, return it")),
        *reasons,
        choice(View(report.id), say("No, keep it")),
    )
    return [Outgoing(text, offers)]


def _nobody_there(turn: Turn, report: Report) -> Replies:
    say = turn.say
    text = say(
        "Nobody reports for {unit} now, so nobody could correct this report, and it would no longer count. Shall it "
        "count as approved? Or invite somebody there first.",
        unit=turn.viewer.title_of(report),
    )
    offers = (
        choice(Approve(report.id, report.revision), say("Approve ✓")),
        choice(Invite(), say("Invite someone")),
        the_list(turn, report),
    )
    return [Outgoing(text, (*offers, *menu.back_to_menu(turn)))]
