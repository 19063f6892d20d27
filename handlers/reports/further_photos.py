"""Photos that come after their report was sent: they are offered to it, one tap before they are stored."""

from datetime import timedelta

from handlers.context import Replies, Turn
from handlers.reports import interviewing, reporting
from interview import advance, start
from interview.steps import Media
from messages.actions import NewReport
from reports.wording import day_text
from services import reports
from services.projections import ACTIVITY_REPORT
from services.results import Refused
from storage.records import lists
from storage.records.submissions import Report

SOON = timedelta(minutes=15)
"""How long after its sending a photo is most likely of that report."""


def just_sent(turn: Turn) -> Report | None:
    """The report that the person sent a few minutes ago, if it can still be changed."""
    return sent_within(turn, SOON)


def sent_within(turn: Turn, span: timedelta) -> Report | None:
    """The latest report that the person sent, if it is no older than this."""
    latest = last_sent(turn)
    return latest if latest is not None and timedelta() <= turn.now - latest.sent_at <= span else None


def last_sent(turn: Turn) -> Report | None:
    """The latest report that the person sent."""
    sent = (lists.last_of(turn.db, [turn.person_id], role.unit_id, ACTIVITY_REPORT) for role in turn.viewer.roles)
    return max((report for report in sent if report is not None), key=lambda report: report.id, default=None)


def add(turn: Turn, photo: Media | None) -> Replies:
    """Open the latest report at its review with a photo more; sending it stores that."""
    latest = last_sent(turn)
    held = reports.hold_to_complete(turn.db, turn.viewer, latest.id, latest.revision) if latest else None
    if held is None or isinstance(held, Refused):
        return reporting.report_with_photo(turn, photo) if photo else reporting.begin_report(turn, NewReport())
    form = turn.world.forms.get(turn.db, held.form_id, held.form_version)
    step = start(form, held.answers, turn.now, language=turn.language)
    if photo is None:
        intro = turn.say("Send the photos now: they go to your report of {day}.", day=day_text(held.day))
        return interviewing.begin(turn, form, step, held.unit_id, corrects=held, intro=intro)
    step = advance(form, step.interview, photo, turn.now)
    intro = turn.say(
        "I add this photo to your report of {day}, sent just now: press “Send the report”. If it is of another "
        "activity, write “báo cáo” and send it again.",
        day=day_text(held.day),
    )
    return interviewing.begin(turn, form, step, held.unit_id, corrects=held, intro=intro)
