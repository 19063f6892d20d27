"""Leave to change a report that was approved: the author asks, the chair answers; the secretariat says why it acts."""

from dataclasses import replace

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import my_reports, private, queue
from handlers.reports.digested import digest
from handlers.reports.notices import tell
from handlers.reports.reasons import REASONS
from handlers.reports.showing import refused, shown
from messages import Outgoing
from messages.actions import (
    CORRECTING,
    YES,
    Amend,
    AskLeave,
    Correct,
    DeclineLeave,
    GrantLeave,
    Mine,
    View,
    Withdraw,
    choice,
)
from services import amending, reports
from services.results import Refusal, Refused
from storage.records.submissions import Report


def ask(turn: Turn, pressed: AskLeave) -> Replies:
    """Ask the chair."""
    result = amending.ask(turn.db, turn.viewer, pressed.report, pressed.seen, turn.now)
    if isinstance(result, Refused):
        return refused(turn, result, pressed.seen)
    tell(turn, result.notices)
    text = turn.say("I have asked. Until you are let and have sent your correction, the report counts as it is.")
    if not result.is_new:
        text = turn.say("You have asked for that already; I shall tell you what they say.")
    return [Outgoing(text, (choice(Mine(), turn.say("My reports")), *menu.back_to_menu(turn)))]


def grant(turn: Turn, pressed: GrantLeave) -> Replies:
    """Let the author correct it."""
    return _decided(turn, pressed.amendment, granted=True)


def decline(turn: Turn, pressed: DeclineLeave) -> Replies:
    """Let the report stay as it is."""
    return _decided(turn, pressed.amendment, granted=False)


def _decided(turn: Turn, amendment: int, *, granted: bool) -> Replies:
    result = amending.decide(turn.db, turn.viewer, amendment, granted=granted, now=turn.now)
    if isinstance(result, Refused):
        if result.report is None:
            return refused(turn, result, 0)
        return shown(turn, result.report, intro=turn.say("That has been decided already, so I changed nothing."))
    tell(turn, result.notices)
    person = result.amendment.person
    if granted:
        text = turn.say("{person} may correct it now; until that is sent it counts as it is.", person=person)
    else:
        text = turn.say("It stays as it is. {person} has been told.", person=person)
    return [Outgoing(text, (*queue.next_one(turn), *menu.back_to_menu(turn)))]


def amend(turn: Turn, pressed: Amend) -> Replies:
    """Ask the secretariat for the reason; with one, correct or withdraw somebody's report."""
    if pressed.reason in (*REASONS, YES):
        return amend_because(turn, pressed)
    report = reports.find(turn.db, turn.viewer, pressed.report)
    if report is None or report.revision != pressed.seen:
        why = Refusal.MOVED_ON if report else Refusal.UNKNOWN
        return refused(turn, Refused(why, report), pressed.seen)
    return _ask_why(turn, report, pressed)


def amend_because(turn: Turn, pressed: Amend) -> Replies:
    """Correct or withdraw it for a reason, be it a code or somebody's own words, as far as those may be kept."""

    def amend_for(kept: str) -> Replies:
        change = replace(pressed, reason=kept)
        return _amend(turn, change) if kept else amend(turn, change)

    return private.with_reason(turn, pressed.reason, amend_for)


def _amend(turn: Turn, pressed: Amend) -> Replies:
    result = amending.take(turn.db, turn.viewer, pressed.report, pressed.seen, pressed.reason, turn.now)
    if isinstance(result, Refused):
        return refused(turn, result, pressed.seen)
    at = (result.report.id, result.report.revision)
    if pressed.deed == CORRECTING:
        return my_reports.correct(turn, Correct(*at))
    return my_reports.withdraw(turn, Withdraw(*at, YES))


def _ask_why(turn: Turn, report: Report, pressed: Amend) -> Replies:
    say, what = turn.say, digest(turn, report)
    said = {"unit": turn.viewer.title_of(report), "day": what.day, "measure": what.measure}
    if pressed.deed == CORRECTING:
        text = say("Why do you correct the report of {unit} of {day} ({measure}) for its author?", **said)
    else:
        text = say("Why do you withdraw the report of {unit} of {day} ({measure}) for its author?", **said)
    how = say("Press the reason, or write it in your own words; the author reads it.")
    reasons = (choice(replace(pressed, reason=code), words(say)) for code, words in REASONS.items())
    return [Outgoing(f"{text}\n{how}", (*reasons, choice(View(report.id), say("No, keep it"))))]
