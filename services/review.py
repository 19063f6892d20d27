"""Lets those above approve a report, or return it to people who can correct it.

A returned report does not count until it is sent again, so it is returned only if somebody can do that.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.states import Deed, ReportState
from services import access
from services.limits import MOST_ASKED
from services.reports import hold
from services.results import Changed, News, Notice, Refusal, Refused
from services.viewer import Viewer
from storage.directory import accounts, staff
from storage.directory.staff import Member
from storage.records import submissions
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Returnable:
    """A report that may be returned, and those who could correct it."""

    report: Report
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Returned(Changed):
    """Notices go to `asked`. If there are none, nobody of `members` can be reached."""

    asked: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()


def approve(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Changed | Refused:
    """Approve a report, which was looked at and is right."""
    report = _hold_to_review(db, viewer, report_id, seen)
    if isinstance(report, Refused):
        return report
    return Changed(_set(db, viewer, report, ReportState.APPROVED, Deed.APPROVE, now))


def hold_to_return(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Returnable | Refused:
    """Lock a report for a person who may return it and saw it as it is, if somebody could correct it."""
    report = _hold_to_review(db, viewer, report_id, seen)
    if isinstance(report, Refused):
        return report
    there = staff.in_units(db, [report.unit_id], viewer.now, offset=0, limit=MOST_ASKED)
    others = tuple(member for member in there if member.person_id != viewer.person_id)
    return Returnable(report, others) if others else Refused(Refusal.NOBODY_THERE, report)


def send_back(
    db: Connection, viewer: Viewer, report_id: int, seen: int, reason: str, now: datetime
) -> Returned | Refused:
    """Return it. The author is told, if they are in the unit and can be reached, else everybody there."""
    held = hold_to_return(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report = _set(db, viewer, held.report, ReportState.RETURNED, Deed.RETURN, now)
    reached = [member for member in held.members if accounts.can_be_reached(db, member.person_id)]
    author = [member for member in reached if member.person_id == report.person_id]
    asked = tuple(author[:1] or reached)
    notices = tuple(Notice(member.person_id, News.RETURNED, report, reason=reason) for member in asked)
    return Returned(report, notices, asked, held.members)


def _hold_to_review(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Report | Refused:
    report = hold(db, viewer, report_id)
    if report is None or not access.is_reviewer(viewer, report):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    return report if access.may_review(viewer, report) else Refused(Refusal.UNKNOWN)


def _set(db: Connection, viewer: Viewer, report: Report, state: ReportState, deed: Deed, now: datetime) -> Report:
    submissions.set_state(db, report, state=state, person_id=viewer.person_id, deed=deed, now=now)
    changed = submissions.find(db, report.id)
    assert changed is not None  # noqa: S101 (nothing deletes submissions)
    return changed
