"""Links reports of one event, takes that back, and decides whose figures count.

An author says it of their own report, those above of any that they look after; where figures disagree, the chair of the
ward that contains all units decides, else the secretariat. What they saw stands in `seen`: a report's revision where a
report is linked, the set's where something is decided about all of it. In a closed period all of it becomes a request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from rules.same_event import looks_same
from rules.states import COUNTED, ReportState
from rules.warnings import NO_REMARKS, Remarks
from services import access, closing, requests
from services.events import deeds
from services.events.alike import event_of
from services.events.following import set_of
from services.events.viewing import Together, together
from services.in_figures import days_of
from services.reports import Answers, find, hold, submit
from services.requests import Wish
from services.results import Changed, Refusal, Refused, Requested
from services.viewer import Viewer
from storage.conversation.turns import OpenInterview
from storage.directory.units import unit_tree
from storage.records import event_sets, linking, submissions
from storage.records.submissions import Report
from storage.tables.states import RequestKind


@dataclass(frozen=True, slots=True)
class Linked(Changed):
    """A report after something was done to its set, and all that is in it now."""

    together: Together | None = None


@dataclass(frozen=True, slots=True)
class LinkAsked(Changed):
    """A report that was sent, while its link changes a closed period and so waits for the secretariat."""

    request: Requested | None = None


def link(
    db: Connection, viewer: Viewer, report_id: int, seen: int, other_id: int, now: datetime
) -> Linked | Requested | Refused:
    """Say that two reports are of one event.

    A person who does not look after the other report may do so only if it looks the same.
    """
    linking.lock(db, (report_id, other_id))
    report, other = find(db, viewer, report_id), submissions.find(db, other_id)
    if report is None or other is None or not _may_link(db, viewer, report, other):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    if other.state == ReportState.WITHDRAWN:
        return Refused(Refusal.WITHDRAWN, report)
    pair = sorted((report, other), key=lambda one: one.id)
    about = ":".join(str(one.id) for one in pair)
    wish = Wish(RequestKind.LINK, report.unit_id, about, {"report": report_id, "other": other_id})
    return _do(db, viewer, wish, pair, partial(deeds.link, db, report_id, other_id, viewer.person_id, now))


def _may_link(db: Connection, viewer: Viewer, report: Report, other: Report) -> bool:
    if report.id == other.id or report.facts is None or other.facts is None or not access.may_link(viewer, report):
        return False
    tree = unit_tree(db)
    return access.looks_after(viewer, other) or looks_same(event_of(tree, report), event_of(tree, other))


def submit_as_same(
    db: Connection,
    viewer: Viewer,
    opened: OpenInterview,
    answers: Answers,
    other: tuple[int, int],
    now: datetime,
    *,
    remarks: Remarks = NO_REMARKS,
) -> Changed | Requested | Refused:
    """Send a new report of the same event as `other`, a report at the revision that the person was asked about.

    Nothing is sent if that one was corrected meanwhile: there is something else to be asked about then. If it was
    withdrawn, the new report is sent by itself: the answer is neither `Linked` nor `LinkAsked`.
    """
    other_id, seen = other
    linking.lock(db, [other_id])
    if submissions.is_corrected_since(db, other_id, seen):
        return Refused(Refusal.MOVED_ON)
    sent = submit(db, viewer, opened, answers, now, same_as=other_id, remarks=remarks)
    if not isinstance(sent, Changed):
        return sent
    linked = link(db, viewer, sent.report.id, sent.report.revision, other_id, now)
    if isinstance(linked, Requested):
        return LinkAsked(sent.report, request=linked)
    return sent if isinstance(linked, Refused) else linked


def unlink(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Linked | Requested | Refused:
    """Say that a report is of an event of its own: it counts by itself again."""
    report = hold(db, viewer, report_id)
    if report is None or set_of(report) is None or not access.may_link(viewer, report):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    wish = _wish(RequestKind.UNLINK, report)
    return _do(db, viewer, wish, [report], partial(deeds.unlink, db, report_id, viewer.person_id, now))


def decide(
    db: Connection, viewer: Viewer, report_id: int, seen: int, reason: str, now: datetime
) -> Linked | Requested | Refused:
    """Let a report of a set count, with a reason."""
    held = _hold_set(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report, known = held
    if not known.may_decide or report.state not in COUNTED:
        return Refused(Refusal.UNKNOWN)
    wish = _wish(RequestKind.DECIDE, report, reason=reason)
    return _do(db, viewer, wish, [report], partial(deeds.decide, db, report_id, viewer.person_id, reason, now))


def organise(
    db: Connection, viewer: Viewer, report_id: int, seen: int, unit: str, now: datetime
) -> Linked | Requested | Refused:
    """Say which of the units that reported an event held it: its figures count unless a chair decides otherwise."""
    held = _hold_set(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report, known = held
    units = {member.report.unit: member.report.unit_id for member in known.members}
    if unit not in units or not (access.may_link(viewer, report) or known.may_decide):
        return Refused(Refusal.UNKNOWN)
    wish = _wish(RequestKind.ORGANISE, report, unit=units[unit])
    return _do(db, viewer, wish, [report], partial(deeds.organise, db, report_id, viewer.person_id, units[unit], now))


def _hold_set(db: Connection, viewer: Viewer, report_id: int, seen: int) -> tuple[Report, Together] | Refused:
    """Lock a report and its set, which is returned if it is as the person saw it."""
    report = hold(db, viewer, report_id)
    set_id = set_of(report) if report else None
    linking.lock_sets(db, [set_id] if set_id else [])
    known = together(db, viewer, report_id)
    if report is None or known is None:
        return Refused(Refusal.UNKNOWN)
    return (report, known) if known.of.revision == seen else Refused(Refusal.MOVED_ON, report)


def _wish(kind: RequestKind, report: Report, **deed: object) -> Wish:
    return Wish(kind, report.unit_id, str(report.id), {"report": report.id, **deed})


def _do(
    db: Connection, viewer: Viewer, wish: Wish, reports: Iterable[Report], deed: Callable[[], Changed]
) -> Linked | Requested:
    """Do something to the sets of some reports; ask for it instead if one of their members shows in closed figures."""
    sets = {set_id for report in reports if (set_id := set_of(report)) is not None}
    members = [*reports, *(member for set_id in sets for member in event_sets.members(db, set_id))]
    closed = closing.refusing_days(db, frozenset(day for member in members for day in days_of(member)))
    if closed is not None:
        records = tuple(sorted({(member.id, member.revision) for member in members}))
        return requests.ask(db, viewer, replace(wish, records=records), closed, viewer.now)
    done = deed()
    return Linked(done.report, done.notices, done.counted, together=together(db, viewer, done.report.id))
