"""Shows the reports of one event to a person, as far as they may see them, and where somebody has to decide."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services import access
from services.events.alike import Seen, seen
from services.events.following import deciding_unit, set_of
from services.reports import find
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.records import event_sets
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


def together(db: Connection, viewer: Viewer, report_id: int) -> Together | None:
    """Show what else was reported of the same event; `None` if nothing was, or the report is not this person's."""
    report = find(db, viewer, report_id)
    set_id = set_of(report) if report else None
    return _of_set(db, viewer, set_id) if set_id is not None else None


def _of_set(db: Connection, viewer: Viewer, set_id: int) -> Together | None:
    members = event_sets.members(db, set_id)
    if len(members) < 2:
        return None
    decides = deciding_unit(viewer.tree, members)
    shown = tuple(seen(viewer, member) for member in members)
    return Together(event_sets.find(db, set_id), shown, decides, access.may_decide(viewer, decides))


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
