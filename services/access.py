"""Decides who may do what, for actions as a whole and for each record. Nothing else decides it.

A use case asks here before it shows or changes what is a unit's or another person's, also where a handler has asked
already, and code that offers a button asks the same functions. `handlers.tables` says which roles an action is open to,
and `may_act` decides by it. A role counts for the units that it covers, never for others; before the consent for none.

Actions that concern only the asker need no role, nor does saying who one is after coming by a ward's code. Joining,
the name, the language and the data are open even before the consent; drafts, own reports and accounts only after it.
"""

from collections.abc import Collection

from rules.audiences import NAMES_UNITS, Audience
from rules.documents import DocumentKind
from rules.handing import How
from rules.levels import Level
from rules.roles import ABOVE, Role
from rules.states import ReportState
from services.viewer import Viewer
from storage.delivery.announcements import StoredAnnouncement
from storage.directory.roles import HeldRole
from storage.directory.staff import Member
from storage.records.obligations import Owed
from storage.records.submissions import Report
from storage.tables.states import AnnouncementState

ANSWERABLE = frozenset({Role.WARD_CHAIR, Role.AGENCY, Role.SECRETARIAT})
"""The roles that hand in what their unit owes by a deadline."""


def may_act(viewer: Viewer, roles: Collection[str], unit: str | None = None) -> bool:
    """Whether the person acts in one of these roles; if a unit is named, in one that shows them that unit."""
    if not viewer.agreed:
        return False
    return viewer.holds(*roles) if unit is None else viewer.sees_unit(unit, roles)


def may_see_figures(viewer: Viewer, unit: str) -> bool:
    """See a unit's totals: its own people, and those above."""
    return may_act(viewer, tuple(Role), unit)


def may_open_reports(viewer: Viewer, unit: str) -> bool:
    """Open any report of a unit and of those in it, and so see its small numbers: the same people."""
    return may_see_figures(viewer, unit)


def may_see_reports(viewer: Viewer, unit: str) -> bool:
    """See a unit's reports, and who in it has not reported: those who look after it from above."""
    return may_act(viewer, ABOVE, unit)


def may_export(viewer: Viewer, unit: str) -> bool:
    """Have a unit's figures as a file, with its reports: those who look after it from above."""
    return may_see_reports(viewer, unit)


def may_have_letters(viewer: Viewer, unit: str) -> bool:
    """Have the letters of a unit's figures: those who answer for it or for a unit that it lies in."""
    return may_act(viewer, ANSWERABLE, unit)


def may_write_letter(viewer: Viewer, unit: str) -> bool:
    """Write what figures cannot say into a unit's letters: those who answer for this very unit."""
    return unit in answers_for(viewer)


def may_share_out(viewer: Viewer, unit: str) -> bool:
    """Send the chairs in a unit the files of their own units: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,), unit)


def may_see_staff(viewer: Viewer, unit: str) -> bool:
    """See who takes part in a unit: those who look after it from above."""
    return may_act(viewer, ABOVE, unit)


def may_give_out(viewer: Viewer) -> bool:
    """Have the wards' chairs pass on what waits in their wards."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_report(viewer: Viewer, unit_id: int) -> bool:
    """Send a report of a unit: those who hold a role in this very unit, or held it when it ended, for a while.

    A chair may report in a neighbourhood's place.
    """
    is_theirs = viewer.holds_in(unit_id) or viewer.finishes_in(unit_id)
    return viewer.agreed and (is_theirs or in_place_of(viewer, unit_id) is not None)


def in_place_of(viewer: Viewer, unit_id: int) -> HeldRole | None:
    """Find the role in which the person reports for a neighbourhood that is not theirs: of those straight above it."""
    unit = next((unit for unit in viewer.tree.of_level(Level.NEIGHBOURHOOD) if unit.id == unit_id), None)
    above = viewer.tree.parent(unit.code) if unit and not viewer.holds_in(unit_id) else None
    chairs = (held for held in viewer.roles if held.role in ABOVE and above and held.unit == above.code)
    return next(chairs, None) if viewer.agreed else None


def may_mend(viewer: Viewer, unit_id: int) -> bool:
    """Mend what was returned to a unit: its people, those of the units that follow it, after a split those above."""
    is_theirs = viewer.holds_in(unit_id) or viewer.finishes_in(unit_id) or viewer.follows_in(unit_id)
    is_split = len(viewer.tree.successors(unit_id)) > 1
    return viewer.agreed and (is_theirs or (is_split and viewer.stands_above(viewer.tree.unit(unit_id).code)))


def may_say_nil(viewer: Viewer, unit: str) -> bool:
    """Say that nothing took place: the people of a unit that owes its weeks, or owed them until it ended lately."""
    own = (held.unit for held in (*viewer.roles, *viewer.former) if held.level in viewer.owing)
    return viewer.agreed and unit in own


def may_see(viewer: Viewer, report: Report) -> bool:
    """See a report: its author, and those who see its unit."""
    return viewer.agreed and (report.person_id == viewer.person_id or viewer.sees_unit(report.unit))


def looks_after(viewer: Viewer, report: Report) -> bool:
    """Whether a report is of a unit that the person looks after from above."""
    return may_see_reports(viewer, report.unit)


def is_author(viewer: Viewer, report: Report) -> bool:
    """Whether somebody wrote a report, or took over from its author, and still reports for its unit."""
    is_own = report.person_id == viewer.person_id or viewer.took_over(report)
    return is_own and may_report(viewer, report.unit_id)


def may_change(viewer: Viewer, report: Report) -> bool:
    """Correct or withdraw: the author until it is approved, once it was returned everybody of the unit.

    Afterwards, and for the secretariat, only with leave (`services.amending`).
    """
    if report.state == ReportState.WITHDRAWN:
        return False
    if report.state == ReportState.RETURNED and may_mend(viewer, report.unit_id):
        return True
    if is_author(viewer, report) and report.state != ReportState.APPROVED:
        return True
    return (is_author(viewer, report) or may_amend(viewer, report)) and viewer.has_leave(report)


def may_complete(viewer: Viewer, report: Report) -> bool:
    """Complete a report: whoever may change it, and its author even when it is approved."""
    is_completed = is_author(viewer, report) and report.state != ReportState.WITHDRAWN
    return may_change(viewer, report) or is_completed


def may_ask_leave(viewer: Viewer, report: Report) -> bool:
    """Ask for leave to change a report: its author, once it was approved."""
    return is_author(viewer, report) and report.state == ReportState.APPROVED and not viewer.has_leave(report)


def may_amend(viewer: Viewer, report: Report) -> bool:
    """Correct or withdraw anybody's report, with a reason: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,)) and report.state != ReportState.WITHDRAWN


def is_reviewer(viewer: Viewer, report: Report) -> bool:
    """Whether the person is one of those who review a report: those above, but nobody what they wrote or corrected."""
    return looks_after(viewer, report) and not viewer.wrote(report)


def may_review(viewer: Viewer, report: Report) -> bool:
    """Return a report as it is now, and decide about it; not one that was withdrawn."""
    return is_reviewer(viewer, report) and report.state != ReportState.WITHDRAWN


def may_approve(viewer: Viewer, report: Report) -> bool:
    """Approve a report: a chair above its unit; where no chair could, as of wards and agencies, the secretariat."""
    is_first = viewer.is_chair_above(report.unit)
    is_last = viewer.holds(Role.SECRETARIAT) and not viewer.chairs_above(report)
    return may_review(viewer, report) and (is_first or is_last)


def may_see_history(viewer: Viewer, report: Report) -> bool:
    """Read what became of a report: its author, those who correct it, and those above."""
    is_theirs = viewer.agreed and report.person_id == viewer.person_id
    return is_theirs or may_change(viewer, report) or looks_after(viewer, report)


def may_compare(viewer: Viewer, report: Report) -> bool:
    """See who reported what may be the same event, and its figures: within one's own ward, or who sees the unit.

    Others see only unit, activity and days.
    """
    own, ward = (viewer.tree.ward_of(held.unit) for held in viewer.roles), viewer.tree.ward_of(report.unit)
    return may_see(viewer, report) or (viewer.agreed and ward is not None and ward in own)


def may_link(viewer: Viewer, report: Report) -> bool:
    """Say that a report is of the same event as another, or take that back: its author, and those above."""
    return report.state != ReportState.WITHDRAWN and (is_author(viewer, report) or looks_after(viewer, report))


def may_decide(viewer: Viewer, unit: str) -> bool:
    """Decide whose figures of one event count: those who look after the unit that contains all who reported it."""
    return may_act(viewer, ABOVE, unit)


def may_invite(viewer: Viewer, role: str, unit: str) -> bool:
    """Invite to a role in a unit that has such a role: those who look after the unit from above."""
    there = viewer.tree.find(unit)
    return there is not None and there.role == role and may_act(viewer, ABOVE, unit)


def may_end(viewer: Viewer, member: Member) -> bool:
    """End a role: a chair those in the units below theirs, the secretariat all others; nobody their own."""
    return viewer.agreed and member.person_id != viewer.person_id and viewer.stands_above(member.unit)


def may_hand_over(viewer: Viewer, member: Member) -> bool:
    """Let a role go to somebody else: whose it is, and those above, also when it has just ended."""
    there = viewer.tree.find(member.unit)
    if not viewer.agreed or there is None or there.id != member.unit_id:
        return False
    return viewer.stands_above(member.unit) or (
        member.person_id == viewer.person_id and viewer.holds_in(member.unit_id)
    )


def answers_for(viewer: Viewer) -> set[str]:
    """List the units whose obligations the person hands in."""
    return {held.unit for held in viewer.roles if held.role in ANSWERABLE} if viewer.agreed else set()


def may_hand_in(viewer: Viewer, owed: Owed) -> bool:
    """Hand something in, or say so: those who hold a role in the unit that owes it, or in one as which it goes on."""
    return viewer.agreed and (viewer.holds_in(owed.unit_id) or viewer.follows_in(owed.unit_id))


def may_see_owed(viewer: Viewer, owed: Owed) -> bool:
    """See an obligation, and what was done about it: those who hand it in, and those above."""
    return may_hand_in(viewer, owed) or may_act(viewer, ABOVE, owed.unit)


def may_chase(viewer: Viewer, owed: Owed) -> bool:
    """Remind a unit of what it owes: those above it, who do not owe it themselves."""
    return viewer.agreed and viewer.stands_above(owed.unit) and not may_hand_in(viewer, owed)


def may_take_paper(viewer: Viewer) -> bool:
    """Say that something came on paper, with a note, and take that back: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_open_again(viewer: Viewer, owed: Owed) -> bool:
    """Take back that something was handed in: the secretariat, and of what their unit only said those who may say it.

    What came through the bot is returned or withdrawn instead.
    """
    return owed.how != How.SENT and (may_take_paper(viewer) or (owed.how == How.SAID and may_hand_in(viewer, owed)))


def may_ask_for(viewer: Viewer) -> bool:
    """Ask units for something besides what the plan asks: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_assign_bots(viewer: Viewer) -> bool:
    """Say which bot serves whom."""
    return may_act(viewer, (Role.SECRETARIAT,))


_OF_CHAIRS = frozenset({DocumentKind.LETTER, DocumentKind.PLAN})


def may_issue(viewer: Viewer, unit: str, kind: DocumentKind) -> bool:
    """Issue a document about a unit: the secretariat; a chair the letters and the plan of their own unit."""
    if kind is DocumentKind.SUMMARY:
        return False
    is_own = any(held.role == Role.WARD_CHAIR and held.unit == unit for held in viewer.roles)
    return may_act(viewer, (Role.SECRETARIAT,)) or (viewer.agreed and is_own and kind in _OF_CHAIRS)


def may_close(viewer: Viewer) -> bool:
    """Close a period's figures, open them again, and decide what is asked for in it: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_see_request(viewer: Viewer, asked_by: int) -> bool:
    """See what somebody asked for in a closed period: they themselves, and the secretariat."""
    return may_close(viewer) or (viewer.agreed and viewer.person_id == asked_by)


def may_set_hotline(viewer: Viewer) -> bool:
    """Say which number people are given where somebody needs help: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_announce_to_all(viewer: Viewer) -> bool:
    """Tell everybody something, and set the Action Month's theme: the secretariat of the whole."""
    return may_act(viewer, {Role.SECRETARIAT})


def may_announce(viewer: Viewer, unit: str, audience: Audience, units: Collection[str]) -> bool:
    """Announce something in a unit's name: the secretariat to anybody, a chair to those within their own unit."""
    if may_announce_to_all(viewer):
        return any(held.unit == unit and held.role == Role.SECRETARIAT for held in viewer.roles)
    is_chair = any(held.unit == unit and held.role == Role.WARD_CHAIR for held in viewer.roles)
    inside = audience in NAMES_UNITS and all(may_act(viewer, (Role.WARD_CHAIR,), code) for code in units)
    return viewer.agreed and is_chair and inside


def may_write_announcements(viewer: Viewer) -> bool:
    """Announce anything at all: the secretariat and the chairs."""
    return may_act(viewer, ABOVE)


def may_see_announced_in(viewer: Viewer, unit: str) -> bool:
    """See and stop what was announced in a unit's name, and whom it reached: those who may announce in it."""
    return may_act(viewer, ABOVE, unit)


def may_see_announcement(viewer: Viewer, announcement: StoredAnnouncement) -> bool:
    """The same of one: also whoever wrote it while it waits, or was stopped, though their unit has ended meanwhile."""
    is_theirs = viewer.agreed and announcement.person_id == viewer.person_id
    has_not_gone = announcement.state in (AnnouncementState.WAITING, AnnouncementState.STOPPED)
    return (is_theirs and has_not_gone) or may_see_announced_in(viewer, viewer.tree.unit(announcement.unit_id).code)


def may_declare_free(viewer: Viewer) -> bool:
    """Say that nobody owes a week."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_supply(viewer: Viewer, unit: str) -> bool:
    """Say how many people a unit has, and whom its list shows: those who answer for it, and the secretariat."""
    return may_act(viewer, ANSWERABLE | {Role.SECRETARIAT}, unit)


def may_see_supply(viewer: Viewer, said_by: int | None) -> bool:
    """See such numbers before they stand: whoever said them, and the secretariat."""
    return may_confirm_supplies(viewer) or (viewer.agreed and viewer.person_id == said_by)


def may_confirm_supplies(viewer: Viewer) -> bool:
    """Confirm such numbers: the secretariat."""
    return may_act(viewer, (Role.SECRETARIAT,))


def may_answer_overlap(viewer: Viewer, unit_ids: Collection[int]) -> bool:
    """See and answer what may overlap: those of the units that plan it, and the secretariat."""
    return may_ask_for(viewer) or (viewer.agreed and any(viewer.holds_in(unit_id) for unit_id in unit_ids))
