"""Asks an author about people whose sex nobody noted, and takes the numbers or the word that nobody knows."""

from handlers import menu
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from handlers.reports.digested import form_of_report
from handlers.reports.showing import refused
from interview import advance, start
from interview.steps import Pressed, Review, Step
from messages import Choice, Outgoing
from messages.actions import Sort, Unsure
from scheduler import unsorted as asking
from services import reports
from services import unsorted as leaving
from services.results import Refused
from storage.records import unsorted

QUESTIONS = frozenset({"unsorted", "helped_unsorted", "more_unsorted", "more_helped_unsorted"})
"""The questions of the activity report that hold unsorted people."""


def asked(turn: Turn) -> tuple[str, tuple[Choice, ...]]:
    """Ask about the person's first such report: the words, and the answers to press; both empty if there is none."""
    report = unsorted.ask_for(turn.db, turn.person_id)
    if report is None:
        return "", ()
    return asking.question(turn.say, turn.plan, report), asking.answers(turn.say, report)


def sort(turn: Turn, pressed: Sort) -> Replies:
    """Open the report where they are noted: the answer puts women and men in their place."""
    report = reports.hold_to_complete(turn.db, turn.viewer, pressed.report, pressed.seen)
    if isinstance(report, Refused):
        return refused(turn, report, pressed.seen)
    form = form_of_report(turn, report)
    step = start(form, report.answers, turn.now, language=turn.language)
    token = _where(step)
    if token is not None:
        step = advance(form, step.interview, Pressed(token), turn.now)
    return interviewing.begin(turn, form, step, report.unit_id, corrects=report)


def _where(step: Step) -> str | None:
    """Return the token of the review's first line with unsorted people."""
    lines = (line for output in step.outputs if isinstance(output, Review) for line in output.lines)
    return next((line.token for line in lines if line.path.rpartition("/")[2] in QUESTIONS), None)


def leave(turn: Turn, pressed: Unsure) -> Replies:
    """Note that nobody knows."""
    report = leaving.leave(turn.db, turn.viewer, pressed.report, pressed.seen)
    if isinstance(report, Refused):
        return refused(turn, report, pressed.seen)
    text = turn.say("Thank you. I leave it as it is and shall not ask again.")
    return [Outgoing(text, menu.back_to_menu(turn))]
