"""Who may do what to which record. Every use case asks here; whoever offers a button asks the same functions.

Which roles an action is open to at all stands in `handlers.tables`.
"""

from rules.roles import ABOVE, Role
from rules.states import ReportState
from services.viewer import Viewer
from storage.directory.staff import Member
from storage.records.submissions import Report


def may_see(viewer: Viewer, report: Report) -> bool:
    """One's own reports, and those of the units that one sees."""
    return report.person_id == viewer.person_id or viewer.sees_unit(report.unit)


def looks_after(viewer: Viewer, report: Report) -> bool:
    """Whether a report is of a unit that the person looks after from above."""
    return viewer.sees_unit(report.unit, ABOVE)


def may_change(viewer: Viewer, report: Report) -> bool:
    """Correct or withdraw: its author, and once it was returned whoever is there; only while they hold the unit."""
    is_theirs = report.person_id == viewer.person_id or report.state == ReportState.RETURNED
    return is_theirs and report.state != ReportState.WITHDRAWN and viewer.holds_in(report.unit_id)


def may_review(viewer: Viewer, report: Report) -> bool:
    """Approve or return: those above, but nobody their own, and not what was withdrawn."""
    is_own = report.person_id == viewer.person_id
    return not is_own and looks_after(viewer, report) and report.state != ReportState.WITHDRAWN


def may_end(viewer: Viewer, member: Member) -> bool:
    """End somebody's role: a chair those of the ward's officers, the secretariat all others'; nobody their own."""
    if member.person_id == viewer.person_id or not viewer.sees_unit(member.unit, ABOVE):
        return False
    return viewer.holds(Role.SECRETARIAT) or member.role == Role.PROPAGANDIST
