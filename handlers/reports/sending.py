"""Sends a finished interview, and tells its author what became of it and what can be done next."""

from collections.abc import Mapping

from handlers.closing.asking import asked
from handlers.context import Replies, Turn
from handlers.reports.notices import tell
from handlers.reports.overtaken import kept_as_draft
from handlers.reports.showing import digest
from interview.steps import Json
from messages import Outgoing
from messages.actions import Correct, Menu, NewReport, Summary, choice
from periods.period import week_around
from services import reports
from services.results import Refused, Requested
from storage.conversation.turns import OpenInterview
from storage.records.submissions import Report


def finish(turn: Turn, opened: OpenInterview, values: Mapping[str, Json]) -> Replies:
    """Send an interview's answers."""
    answers = {name: value for name, value in values.items() if value not in (None, "", [])}
    result = reports.submit(turn.db, turn.viewer, opened, answers, turn.now)
    if isinstance(result, Requested):
        return asked(turn, result)
    if not isinstance(result, Refused):
        tell(turn, result.notices)
        return [_receipt(turn, result.report, corrected=opened.corrects is not None)]
    if result.report is not None:
        return kept_as_draft(turn, opened, result.report)
    return _left(turn, opened)


def _left(turn: Turn, opened: OpenInterview) -> Replies:
    text = turn.say(
        "You hold no role in {unit} any more, so I did not send this. I keep it as a draft for 30 days: if that is a "
        "mistake, ask your ward for a new invitation, and go on with the draft then.",
        unit=turn.viewer.tree.title_of(opened.unit_id),
    )
    return [Outgoing(text, (choice(Menu(), turn.say("Menu")),))]


def _receipt(turn: Turn, report: Report, *, corrected: bool) -> Outgoing:
    say, what = turn.say, digest(turn, report)
    head = say("Corrected. Thank you!") if corrected else say("Saved. Thank you!")
    body = say(
        "{unit} · {activity}\n{day} · {measure}",
        unit=turn.viewer.title_of(report),
        activity=what.title,
        day=what.day,
        measure=what.measure,
    )
    offers = (
        choice(Summary(report.unit, week_around(report.day)), say("The week's summary")),
        choice(Correct(report.id, report.revision), say("Correct it")),
        choice(NewReport(), say("One more report")),
        choice(Menu(), say("Menu")),
    )
    return Outgoing(f"{head}\n{body}", offers, lasting=True)
