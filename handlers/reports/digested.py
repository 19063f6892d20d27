"""A report in the words that tell it apart, in the language of whoever reads it."""

from handlers.context import Turn
from handlers.reports.digests import Digest, digest_of
from interview import Form
from storage.records.submissions import Report


def digest(turn: Turn, report: Report) -> Digest:
    """Word what tells a report apart, in the reader's language."""
    return digest_of(turn.say, turn.plan, form_of_report(turn, report), report)


def form_of_report(turn: Turn, report: Report) -> Form:
    """Load the form that a report was written by."""
    return turn.world.forms.get(turn.db, report.form_id, report.form_version)
