"""Lets those above approve a report, or return it to people who can correct it.

A returned report does not count until it is sent again, so it is returned only if somebody can do that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from periods.days import local_day
from rules.states import LEADS_TO, Deed, ReportState
from services import access, handing, in_figures, requests
from services.events import following
from services.limits import MOST_ASKED
from services.reports import hold, known
from services.requests import Wish
from services.results import Changed, News, Notice, Refusal, Refused, Requested
from services.viewer import Viewer
from storage.directory import accounts, staff
from storage.directory.staff import Member
from storage.directory.units import unit_tree
from storage.records import amendments, submissions
from storage.records.submissions import NO_REASON, Report, Why
from storage.tables.states import RequestKind


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


def approve(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Changed | Requested | Refused:
    """Approve a report, which was looked at and is right. One that was returned counts again, so that may be closed."""
    report = _hold_to_review(db, viewer, report_id, seen)
    if isinstance(report, Refused):
        return report
    if not access.may_approve(viewer, report):
        return Refused(Refusal.NOT_THEIRS, report)
    if refused := in_figures.refusing(db, report, ReportState.APPROVED):
        closed, records = refused
        wish = Wish(RequestKind.APPROVE, report.unit_id, str(report.id), {"report": report.id}, records)
        return requests.ask(db, viewer, wish, closed, now)
    return let_stand(db, report, viewer.person_id, now)


def let_stand(db: Connection, report: Report, person_id: int, now: datetime) -> Changed:
    """Approve a locked report in somebody's name. Leave to change it, given for what it was before, ends."""
    amendments.end(db, report.id)
    return Changed(_set(db, person_id, report, Deed.APPROVE, now))


def hold_to_return(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Returnable | Refused:
    """Lock a report for a person who may return it and saw it as it is, if somebody could correct it."""
    report = _hold_to_review(db, viewer, report_id, seen)
    return report if isinstance(report, Refused) else _returnable(db, report, viewer.person_id, viewer.now)


def send_back(
    db: Connection,
    viewer: Viewer,
    report_id: int,
    seen: int,
    reason: str,
    now: datetime,
    *,
    concerns: Sequence[str] = (),
) -> Returned | Requested | Refused:
    """Return it, or ask for that if its figures are closed.

    `reason` is a code or somebody's own words, `concerns` are the paths of the questions that are to be looked at.
    """
    why = Why(reason, tuple(concerns))
    held = hold_to_return(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report = held.report
    if refused := in_figures.refusing(db, report, ReportState.RETURNED):
        closed, records = refused
        deed = {"report": report.id, "reason": why.reason, "concerns": list(why.concerns)}
        wish = Wish(RequestKind.RETURN, report.unit_id, str(report.id), deed, records)
        return requests.ask(db, viewer, wish, closed, now)
    return _give_back(db, held, viewer.person_id, why, now)


def give_back(db: Connection, report: Report, person_id: int, why: Why, now: datetime) -> Returned | Refused:
    """Return a locked report in the name of somebody who asked for it, if somebody else there could correct it."""
    held = _returnable(db, report, person_id, now)
    return held if isinstance(held, Refused) else _give_back(db, held, person_id, why, now)


def _give_back(db: Connection, held: Returnable, person_id: int, why: Why, now: datetime) -> Returned:
    """Return it. The author is told, if they are in the unit and can be reached, else everybody there."""
    watched = following.watch(db, held.report)
    report = _set(db, person_id, held.report, Deed.RETURN, now, why)
    amendments.end(db, report.id)
    followed = following.follow(db, watched, person_id, now)
    reached = [member for member in held.members if accounts.can_be_reached(db, member.person_id)]
    author = [member for member in reached if member.person_id == report.person_id]
    asked = tuple(author[:1] or reached)
    notices = tuple(Notice(member.person_id, News.RETURNED, report, reason=why.reason) for member in asked)
    return Returned(report, (*notices, *followed.notices), followed.counted, asked=asked, members=held.members)


def _returnable(db: Connection, report: Report, by: int, now: datetime) -> Returnable | Refused:
    others = tuple(member for member in _there(db, report, now) if member.person_id != by)
    return Returnable(report, others) if others else Refused(Refusal.NOBODY_THERE, report)


def _there(db: Connection, report: Report, now: datetime) -> list[Member]:
    """List who could correct a report: those of its unit and of what came after it, and who reported in their place."""
    units = unit_tree(db).on(local_day(now))
    own = [report.unit_id, *(unit.id for unit in units.successors(report.unit_id))]
    there = staff.in_units(db, own, now, offset=0, limit=MOST_ASKED)
    if report.by_unit is None:
        return there
    by_unit = units[report.by_unit]
    above = staff.in_units(db, [by_unit.id], now, offset=0, limit=MOST_ASKED)
    return [*there, *(member for member in above if member.person_id == report.person_id)]


def _hold_to_review(db: Connection, viewer: Viewer, report_id: int, seen: int) -> Report | Refused:
    report = hold(db, viewer, report_id)
    if report is None or not access.is_reviewer(viewer, report):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    return report if access.may_review(viewer, report) else Refused(Refusal.UNKNOWN)


def _set(db: Connection, person_id: int, report: Report, deed: Deed, now: datetime, why: Why = NO_REASON) -> Report:
    state = LEADS_TO[deed]
    submissions.set_state(db, report, state=state, person_id=person_id, deed=deed, now=now, why=why)
    changed = known(db, report.id)
    handing.follow(db, changed, person_id, now)
    return changed
