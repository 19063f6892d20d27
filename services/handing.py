"""Hands in what units owe: by a form, on paper with the secretariat's word, and back again. All of it is audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from plan.duties import Duty
from plan.model import Plan
from rules.handing import How, Takes
from rules.states import COUNTED, ReportState
from services import access
from services.obligations import NotHandedIn
from services.results import Refusal
from services.viewer import Viewer
from storage.records import drafts, obligations, submissions, trail
from storage.records.obligations import Owed
from storage.records.submissions import Report
from storage.records.trail import Deed

HANDED_IN = "handed_in"
"""The form of what has none of its own."""
OBLIGATION = "obligation"
"""The hidden question of such forms that names the obligation."""
LONGEST_NOTE = 200
"""Characters of a note to something that came on paper: it stands in a line."""
LATEST_DEEDS = 8
"""Deeds of the audit trail that are shown with an obligation."""


@dataclass(frozen=True, slots=True)
class ToHandIn:
    """An obligation that somebody is about to hand in, and the form to do so with what is known beforehand.

    `unit_id` is the unit that hands it in: that of the obligation, or the one as which it goes on.
    """

    owed: Owed
    unit_id: int
    form: str
    prefill: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeenOwed:
    """An obligation as somebody sees it, with what was done to it, the latest first."""

    owed: Owed
    deeds: tuple[Deed, ...]


def begin(db: Connection, viewer: Viewer, plan: Plan, obligation_id: int) -> ToHandIn | NotHandedIn:
    """Find how something is handed in.

    What came through the bot already is not begun anew: it is corrected, also if it was returned.
    """
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_hand_in(viewer, owed):
        return NotHandedIn(Refusal.UNKNOWN)
    if (owed.done_at is not None and owed.how == How.SENT) or _is_returned(db, owed):
        return NotHandedIn(Refusal.MOVED_ON, owed)
    duty = plan.duties.get(owed.kind)
    known = {OBLIGATION: str(owed.id), "takes": takes_of(owed, duty), "year": str(owed.due_on.year + 1)}
    unit = owed.unit_id if viewer.holds_in(owed.unit_id) else viewer.following(owed.unit_id)[0]
    return ToHandIn(owed, unit, form_of(plan, owed), known)


def _is_returned(db: Connection, owed: Owed) -> bool:
    report = submissions.find(db, owed.submission_id) if owed.submission_id is not None and not owed.done_at else None
    return report is not None and report.state == ReportState.RETURNED


def handed_in_before(db: Connection, answers: Mapping[str, Any], unit_id: int, but: int | None = None) -> Report | None:
    """Find the other submission that has handed in what answers are to hand in: the first one counts.

    The obligation is locked, so that of two at once one is the first.
    """
    if not (owed := obligations.named(db, answers.get(OBLIGATION))):
        return None
    obligations.lock(db, owed.id)
    owed = obligations.find(db, owed.id)
    if owed is None or not obligations.is_of(db, owed, unit_id) or owed.done_at is None or owed.how != How.SENT:
        return None
    return submissions.find(db, owed.submission_id) if owed.submission_id not in (None, but) else None


def form_of(plan: Plan, owed: Owed) -> str:
    """The form by which an obligation is handed in."""
    duty = plan.duties.get(owed.kind)
    return duty.form if duty and duty.form in plan.forms else HANDED_IN


def takes_of(owed: Owed, duty: Duty | None) -> str:
    """What an obligation takes."""
    return owed.takes or (duty.takes if duty else Takes.BOTH)


def follow(db: Connection, report: Report, person_id: int, now: datetime) -> None:
    """Let an obligation follow the submission that hands it in: done while that stands, open once it does not.

    A second one beside it changes nothing, and what it plans does not stand.

    It counts as handed in since it was first sent, so that a return costs nobody their punctuality; what came on paper
    before counts since then.
    """
    if not report.answers.get(OBLIGATION):
        return
    is_second = handed_in_before(db, report.answers, report.unit_id, report.id) is not None
    drafts.let_stand(db, report.id, stands=report.state in COUNTED and not is_second)
    owed = obligations.named(db, report.answers[OBLIGATION])
    if is_second or owed is None or not obligations.is_of(db, owed, report.unit_id):
        return
    if report.state not in COUNTED:
        obligations.not_sent(db, report.id, person_id, now)
    elif owed.done_at is None or owed.how != How.SENT:
        since = min(owed.done_at, report.sent_at) if owed.done_at else report.sent_at
        obligations.sent(db, owed.id, report.id, report.person_id, since, now)


def see(db: Connection, viewer: Viewer, obligation_id: int) -> SeenOwed | None:
    """Show an obligation to those who answer for its unit, and to those above."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_see_owed(viewer, owed):
        return None
    return SeenOwed(owed, tuple(trail.of(db, obligations.subject(owed.id), LATEST_DEEDS)))


def on_paper(db: Connection, viewer: Viewer, obligation_id: int, seen: int, now: datetime) -> Owed | NotHandedIn:
    """Note that something came on paper."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_take_paper(viewer):
        return NotHandedIn(Refusal.UNKNOWN)
    if not obligations.mark_done(db, owed.id, seen, viewer.person_id, now, how=How.PAPER):
        return NotHandedIn(Refusal.MOVED_ON, obligations.find(db, owed.id))
    return _known(db, owed.id)


def write_note(
    db: Connection, viewer: Viewer, obligation_id: int, seen: int, note: str, now: datetime
) -> Owed | NotHandedIn:
    """Put a note to something that came on paper: number, day, who took it."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_take_paper(viewer) or owed.how == How.SENT:
        return NotHandedIn(Refusal.UNKNOWN)
    if not obligations.write_note(db, owed.id, seen, viewer.person_id, note.strip()[:LONGEST_NOTE], now):
        return NotHandedIn(Refusal.MOVED_ON, obligations.find(db, owed.id))
    return _known(db, owed.id)


def undo(db: Connection, viewer: Viewer, obligation_id: int, seen: int, now: datetime) -> Owed | NotHandedIn:
    """Take back that something was handed in. If it came through the bot since, it is shown as it is."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_open_again(viewer, owed):
        is_sent = owed is not None and owed.how == How.SENT and access.may_see_owed(viewer, owed)
        return NotHandedIn(Refusal.MOVED_ON, owed) if is_sent else NotHandedIn(Refusal.UNKNOWN)
    if not obligations.undo(db, owed.id, seen, viewer.person_id, now):
        return NotHandedIn(Refusal.MOVED_ON, obligations.find(db, owed.id))
    return _known(db, owed.id)


def _known(db: Connection, obligation_id: int) -> Owed:
    owed = obligations.find(db, obligation_id)
    assert owed is not None  # noqa: S101 (it was changed in this transaction)
    return owed
