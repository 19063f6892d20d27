"""Links reports of one event, takes that back, and decides whose figures count.

An author says it of their own report, those above of any that they look after; where figures disagree, the chair of the
ward that contains all units decides, else the secretariat. What they saw stands in `seen`: a report's revision where a
report is linked, the set's where something is decided about all of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.same_event import looks_same
from rules.states import COUNTED, ReportState
from services import access
from services.events import following
from services.events.alike import Seen, event_of, seen
from services.events.following import deciding_unit, set_of
from services.reports import Answers, find, hold, submit
from services.results import Changed, Refusal, Refused, Requested
from services.viewer import Viewer
from storage.conversation.turns import OpenInterview
from storage.directory.units import unit_tree
from storage.records import event_sets, linking, submissions
from storage.records.event_sets import EventSet
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Together:
    """Reports of one event as a person may see them; `decides` is the unit that decides about them.

    `may_decide` says whether this person does.
    """

    of: EventSet
    members: tuple[Seen, ...]
    decides: str
    may_decide: bool

    @property
    def counted(self) -> Seen | None:
        return next((member for member in self.members if member.report.facts and member.report.facts.counts), None)

    @property
    def is_unclear(self) -> bool:
        """Whether several units reported and nobody said which of them held the event."""
        facts = [member.report.facts for member in self.members]
        return len(self.units) > 1 and not any(fact and fact.organiser_unit_id for fact in facts)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that reported."""
        return tuple(dict.fromkeys(member.report.unit for member in self.members))


@dataclass(frozen=True, slots=True)
class Linked(Changed):
    """A report that is in a set now, and all that is in it."""

    together: Together | None = None


def together(db: Connection, viewer: Viewer, report_id: int) -> Together | None:
    """Show what else was reported of the same event; `None` if nothing was, or the report is not this person's."""
    report = find(db, viewer, report_id)
    return _together(db, viewer, report) if report else None


def _together(db: Connection, viewer: Viewer, report: Report) -> Together | None:
    set_id = set_of(report)
    return _of_set(db, viewer, set_id) if set_id is not None else None


def _of_set(db: Connection, viewer: Viewer, set_id: int) -> Together | None:
    members = event_sets.members(db, set_id)
    if len(members) < 2:
        return None
    decides = deciding_unit(viewer.tree, members)
    shown = tuple(seen(viewer, member) for member in members)
    return Together(event_sets.find(db, set_id), shown, decides, access.may_decide(viewer, decides))


def link(db: Connection, viewer: Viewer, report_id: int, seen: int, other_id: int, now: datetime) -> Linked | Refused:
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
    linking.join(db, report_id, other_id, viewer.person_id, now)
    return _linked(db, viewer, report_id)


def _may_link(db: Connection, viewer: Viewer, report: Report, other: Report) -> bool:
    if report.id == other.id or report.facts is None or other.facts is None or not access.may_link(viewer, report):
        return False
    tree = unit_tree(db)
    return access.looks_after(viewer, other) or looks_same(event_of(tree, report), event_of(tree, other))


def _linked(db: Connection, viewer: Viewer, report_id: int, watched: following.Watched | None = None) -> Linked:
    report = submissions.find(db, report_id)
    assert report is not None  # noqa: S101 (nothing deletes submissions)
    followed = following.follow(db, watched, viewer.person_id, viewer.now)
    return Linked(report, followed.notices, followed.counted, _together(db, viewer, report))


def submit_as_same(
    db: Connection, viewer: Viewer, opened: OpenInterview, answers: Answers, other: tuple[int, int], now: datetime
) -> Changed | Requested | Refused:
    """Send a new report of the same event as `other`, a report at the revision that the person was asked about.

    Nothing is sent if that one was corrected meanwhile: there is something else to be asked about then. If it was
    withdrawn, the new report is sent by itself: the answer is no `Linked`.
    """
    other_id, seen = other
    linking.lock(db, [other_id])
    if submissions.is_corrected_since(db, other_id, seen):
        return Refused(Refusal.MOVED_ON)
    sent = submit(db, viewer, opened, answers, now, same_as=other_id)
    if not isinstance(sent, Changed):
        return sent
    linked = link(db, viewer, sent.report.id, sent.report.revision, other_id, now)
    return sent if isinstance(linked, Refused) else linked


def unlink(db: Connection, viewer: Viewer, report_id: int, seen: int, now: datetime) -> Linked | Refused:
    """Say that a report is of an event of its own: it counts by itself again."""
    report = hold(db, viewer, report_id)
    if report is None or set_of(report) is None or not access.may_link(viewer, report):
        return Refused(Refusal.UNKNOWN)
    if report.revision != seen:
        return Refused(Refusal.MOVED_ON, report)
    linking.leave(db, report_id, viewer.person_id, now)
    return _linked(db, viewer, report_id)


def decide(db: Connection, viewer: Viewer, report_id: int, seen: int, reason: str, now: datetime) -> Linked | Refused:
    """Let a report of a set count, with a reason."""
    held = _hold_set(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report, known = held
    if not known.may_decide or report.state not in COUNTED:
        return Refused(Refusal.UNKNOWN)
    watched = following.watch(db, report)
    linking.choose(db, known.of.id, report_id, viewer.person_id, reason, now)
    return _linked(db, viewer, report_id, watched)


def organise(db: Connection, viewer: Viewer, report_id: int, seen: int, unit: str, now: datetime) -> Linked | Refused:
    """Say which of the units that reported an event held it: its figures count unless a chair decides otherwise."""
    held = _hold_set(db, viewer, report_id, seen)
    if isinstance(held, Refused):
        return held
    report, known = held
    units = {member.report.unit: member.report.unit_id for member in known.members}
    if unit not in units or not (access.may_link(viewer, report) or known.may_decide):
        return Refused(Refusal.UNKNOWN)
    watched = following.watch(db, report)
    linking.organise(db, known.of.id, units[unit], viewer.person_id, now)
    return _linked(db, viewer, report_id, watched)


def _hold_set(db: Connection, viewer: Viewer, report_id: int, seen: int) -> tuple[Report, Together] | Refused:
    """Lock a report and its set, which is returned if it is as the person saw it."""
    report = hold(db, viewer, report_id)
    set_id = set_of(report) if report else None
    linking.lock_sets(db, [set_id] if set_id else [])
    known = together(db, viewer, report_id)
    if report is None or known is None:
        return Refused(Refusal.UNKNOWN)
    return (report, known) if known.of.revision == seen else Refused(Refusal.MOVED_ON, report)


def disputes(db: Connection, viewer: Viewer, unit: str, *, offset: int, limit: int) -> list[Together] | Refused:
    """List the events of a unit about which somebody has to decide, the newest first: only for those above."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    sets = event_sets.disputed(db, viewer.tree.inside(unit), offset=offset, limit=limit)
    return [shown for set_id in sets if (shown := _of_set(db, viewer, set_id))]


def linkable(db: Connection, viewer: Viewer, report_id: int, *, offset: int, limit: int) -> list[Report] | Refused:
    """List what those above may link a report with: the same activity on some of its days, in units of theirs."""
    report = find(db, viewer, report_id)
    if report is None or report.facts is None or not access.looks_after(viewer, report):
        return Refused(Refusal.UNKNOWN)
    facts = report.facts
    near = event_sets.alike(db, facts.activity, facts.first_day, facts.last_day)
    theirs = [
        row.id
        for row in near
        if row.id != report.id
        and (row.event_set_id is None or row.event_set_id != facts.event_set_id)
        and access.may_see_reports(viewer, viewer.tree.unit(row.unit_id).code)
    ]
    return event_sets.reports(db, theirs[offset : offset + limit])
