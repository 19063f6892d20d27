"""Leave to change a report that cannot be changed alone any more: asked for by its author, granted by its chair.

The old version counts until the new one is sent. The secretariat takes leave for anybody's report, with a reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services import access
from services.reports import hold
from services.results import News, Notice, Refusal, Refused
from services.viewer import Viewer
from storage.records import amendments
from storage.records.amendments import Amendment
from storage.records.submissions import Report
from storage.tables.states import AmendmentState


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave as it stands, its report, and whom to tell. `is_new` is false if it stood so before."""

    amendment: Amendment
    report: Report
    notices: tuple[Notice, ...] = ()
    is_new: bool = True


def ask(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Leave | Refused:
    """Ask for leave to change a report that was approved; those who review it are told."""
    report = hold(db, viewer, report_id)
    if report is None or not access.is_author(viewer, report):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen or not access.may_ask_leave(viewer, report):
        return Refused(Refusal.MOVED_ON, report)
    before = amendments.standing(db, report.id, viewer.person_id)
    wish = before or amendments.add(db, report.id, viewer.person_id, seen, now)
    told = () if before else sorted(viewer.reviewers_of(report))
    notices = (Notice(person, News.LEAVE_ASKED, report, amendment=wish.id, by=viewer.name) for person in told)
    return Leave(wish, report, tuple(notices), before is None)


def decide(db: Connection, viewer: Viewer, amendment_id: int, *, granted: bool, now: datetime) -> Leave | Refused:
    """Grant leave or not, for somebody who reviews the report; its author is told."""
    wish = amendments.find(db, amendment_id)
    report = hold(db, viewer, wish.submission_id) if wish else None
    if wish is None or report is None or not access.may_review(viewer, report):
        return Refused(Refusal.UNKNOWN)
    wish = amendments.find(db, amendment_id)
    if wish is None or wish.state is not AmendmentState.OPEN:
        return Refused(Refusal.MOVED_ON, report)
    state = AmendmentState.GRANTED if granted else AmendmentState.DECLINED
    amendments.decide(db, wish.id, state, viewer.person_id, now)
    news = News.LEAVE_GRANTED if granted else News.LEAVE_DECLINED
    notice = Notice(wish.person_id, news, report, amendment=wish.id, by=viewer.name)
    return Leave(wish, report, (notice,))


def take(db: Connection, viewer: Viewer, report_id: int, seen: int, reason: str, now: datetime) -> Leave | Refused:
    """Let the secretariat change somebody's report, for a reason, which is kept with what they make of it."""
    report = hold(db, viewer, report_id)
    if report is None or not access.may_amend(viewer, report) or not reason:
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    amendments.end(db, report.id, viewer.person_id)
    taken = amendments.add(db, report.id, viewer.person_id, seen, now, reason=reason)
    amendments.decide(db, taken.id, AmendmentState.GRANTED, viewer.person_id, now)
    return Leave(taken, report)


def asked_on(db: Connection, viewer: Viewer, report: Report) -> list[Amendment]:
    """List what is asked for on a report, for those who decide it and whoever asked."""
    wishes = amendments.open_for(db, report.id)
    return [wish for wish in wishes if access.may_review(viewer, report) or wish.person_id == viewer.person_id]
