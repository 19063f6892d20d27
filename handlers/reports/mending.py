"""Asks an author those questions alone for which a report was returned, and sends it after the last answer.

Whoever goes another way (back, a skipped question, an answer that makes others void) is led to the review as ever.
"""

from collections.abc import Sequence

from handlers.context import Turn
from interview import Form, advance, from_json, look_at
from interview.steps import Ask, Dropped, Output, Pressed, Review, Step, Took, WalkCommand
from rules.states import ReportState
from storage.conversation.turns import OpenInterview
from storage.records import revisions, submissions
from storage.records.submissions import Report


def opened(turn: Turn, form: Form, step: Step, report: Report) -> Step:
    """Open a returned report's correction at the first question concerned, if any is named."""
    returned = revisions.last_return(turn.db, report.id) if report.state == ReportState.RETURNED else None
    return (returned and _asked(turn, form, step, returned.concerns)) or step


def onward(turn: Turn, form: Form, before: OpenInterview, step: Step) -> Step:
    """Go on from an answer to the next question concerned; after the last one the report is sent."""
    review = _review(step.outputs)
    if before.corrects is None or review is None or not any(isinstance(output, Took) for output in step.outputs):
        return step
    concerns = _concerns(turn, before.corrects)
    was_asked = _path(look_at(form, from_json(before.state), turn.now).present())
    place = next((at for at, path in enumerate(concerns) if _is_of(path, was_asked)), None)
    if place is None:
        return step
    took = tuple(output for output in step.outputs if not isinstance(output, Review))
    following = _asked(turn, form, step, concerns[place + 1 :]) or _sent(turn, form, step, review)
    return Step(following.interview, (*took, *following.outputs)) if following else step


def _concerns(turn: Turn, report_id: int) -> tuple[str, ...]:
    """The questions for which a report was returned, if that is how it stands."""
    report = submissions.find(turn.db, report_id)
    returned = revisions.last_return(turn.db, report_id) if report and report.state == ReportState.RETURNED else None
    return returned.concerns if returned else ()


def _asked(turn: Turn, form: Form, step: Step, paths: Sequence[str]) -> Step | None:
    """Open the first of some questions that is still answered."""
    review = _review(step.outputs)
    tokens = {line.path: line.token for line in review.lines} if review else {}
    token = next((tokens[path] for path in paths if path in tokens), None)
    return None if token is None else advance(form, step.interview, Pressed(token), turn.now)


def _sent(turn: Turn, form: Form, step: Step, review: Review) -> Step | None:
    """Send it, unless something is missing or fell away by the answer: that is looked over first."""
    is_whole = any(option.command is WalkCommand.SEND for option in review.options)
    if not is_whole or any(isinstance(output, Dropped) for output in step.outputs):
        return None
    return advance(form, step.interview, Pressed(WalkCommand.SEND), turn.now)


def _review(outputs: Sequence[Output]) -> Review | None:
    return next((output for output in outputs if isinstance(output, Review)), None)


def _path(outputs: Sequence[Output]) -> str:
    return next((output.path for output in outputs if isinstance(output, Ask)), "")


def _is_of(path: str, was_asked: str) -> bool:
    return bool(was_asked) and (path == was_asked or path.startswith(f"{was_asked}/"))
