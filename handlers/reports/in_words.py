"""A report that was sent is corrected in words: "à nhầm, nữ 32". It changes only when its review is sent again."""

from collections.abc import Callable

from handlers.access import act
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from interview import Form, advance, start
from interview.steps import Step, Typed
from messages.actions import Correct
from reports.wording import day_text
from services import reports
from services.results import Refused
from storage.records.submissions import Report


def takes(turn: Turn, report: Report, text: str) -> bool:
    """Whether a text says what is to be changed about a report."""
    _, step = _at_review(turn, report, text)
    return not interviewing.refuses(step, text)


def correct(turn: Turn, report: Report, text: str, intro: Callable[[Turn, Report], str]) -> Replies:
    """Show its review with what the text says in it, if any; whoever may not correct it is told what they may do."""
    held = reports.hold_to_change(turn.db, turn.viewer, report.id, report.revision)
    if isinstance(held, Refused):
        return act(turn, Correct(report.id, report.revision))
    form, step = _at_review(turn, held, text)
    return interviewing.begin(turn, form, step, held.unit_id, corrects=held, intro=intro(turn, held))


def of_a_mistake(turn: Turn, report: Report) -> str:
    """The line above a correction that was surely meant."""
    return turn.say(
        "I correct your report of {day}, which is sent already: it changes only when you send it.",
        day=day_text(report.day),
    )


def of_numbers_alone(turn: Turn, report: Report) -> str:
    """The line above a correction that may have been meant as something new."""
    return turn.say(
        "I put this in your report of {day}, sent just now; it changes only when you send it. If it is of another "
        "activity, write “báo cáo” and say it again.",
        day=day_text(report.day),
    )


def of_something(turn: Turn, report: Report) -> str:
    """The question above a report of which only is known that it is wrong."""
    return turn.say(
        "What is wrong in your report of {day}? Say it like “nữ 32” or “ngày 5/11”, or choose below.",
        day=day_text(report.day),
    )


def _at_review(turn: Turn, report: Report, text: str) -> tuple[Form, Step]:
    """Its form, and the step at its review that a text takes; the first one without a text."""
    form = turn.world.forms.get(turn.db, report.form_id, report.form_version)
    step = start(form, report.answers, turn.now, language=turn.language)
    return form, advance(form, step.interview, Typed(text), turn.now) if text else step
