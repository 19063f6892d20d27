"""Hands a role over: to somebody who takes part already, at once, or to whoever comes by a code that is left.

What was begun for the unit goes along, and the successor may mend and correct what the one before reported there. What
is owed and returned is the unit's anyway. A role for which a code was left goes on until somebody comes by it, so that
no unit is left alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from periods.days import local_day
from rules.roles import Role
from rules.states import ReportState
from services import access, drafts, figures, obligations
from services.directory.invitations import issue
from services.obligations import Duty, OwedWeek
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import handovers, invitations, persons, roles, staff
from storage.directory.staff import Member
from storage.directory.units import unit_tree
from storage.records.submissions import Report

AFTER_THE_END = timedelta(days=28)
"""How long after a role has ended those above may still name who takes it over."""
MOST_RETURNED = 20
"""Reports among which the returned ones are looked for: the successor hears of the newest."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A role went from `giver`, as they held it, to the person `to`, along with so many `drafts`; `by` let it go."""

    giver: Member
    to: int
    by: int
    drafts: int


@dataclass(frozen=True, slots=True)
class CodeLeft:
    """A code was left for a successor: until somebody comes by it, the role goes on."""

    giver: Member
    expires: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for somebody: whether there are drafts, returned reports, weeks without a report, what units owe."""

    has_drafts: bool
    returned: tuple[Report, ...]
    weeks: tuple[OwedWeek, ...]
    duties: tuple[Duty, ...]


def own_roles(db: Connection, viewer: Viewer) -> list[Member]:
    """List the roles that the person could hand over, the oldest first."""
    mine = (hold(db, viewer, row) for row in handovers.of_person(db, viewer.person_id, viewer.now))
    return [member for member in mine if isinstance(member, Member)]


def hold(db: Connection, viewer: Viewer, assignment_id: int) -> Member | Refused:
    """Find and lock a role that the person may hand over: their own, or one of a unit that they stand above."""
    member = handovers.role_of(db, assignment_id, viewer.now, AFTER_THE_END)
    if member is None or not access.may_hand_over(viewer, member):
        return Refused(Refusal.UNKNOWN)
    persons.lock(db, member.person_id)
    member = handovers.role_of(db, assignment_id, viewer.now, AFTER_THE_END)
    is_there = member is not None and not handovers.is_done(db, assignment_id)
    return member if member is not None and is_there else Refused(Refusal.UNKNOWN)


def successors(db: Connection, viewer: Viewer, assignment_id: int, *, offset: int, limit: int) -> list[Member]:
    """List who could take a role over: those of its unit first, then those of its ward; in the root only its own."""
    return _successors(db, viewer, hold(db, viewer, assignment_id))[offset : offset + limit]


def successor(db: Connection, viewer: Viewer, assignment_id: int, person_id: int) -> Member | None:
    """Find one of them."""
    near = _successors(db, viewer, hold(db, viewer, assignment_id))
    return next((other for other in near if other.person_id == person_id), None)


def _successors(db: Connection, viewer: Viewer, member: Member | Refused) -> list[Member]:
    if isinstance(member, Refused):
        return []
    near = sorted(_near(db, viewer, member), key=lambda other: other.unit_id != member.unit_id)
    each = {other.person_id: other for other in reversed(near) if other.person_id != member.person_id}
    return sorted(each.values(), key=near.index)


def _near(db: Connection, viewer: Viewer, member: Member) -> list[Member]:
    tree = viewer.tree
    ward = tree.ward_around(tree.unit(member.unit_id))
    units: Collection[int] = tree.inside(ward.code) if ward else (member.unit_id,)
    return staff.in_units(db, list(units), viewer.now)


def hand_over(db: Connection, viewer: Viewer, assignment_id: int, to: int, now: datetime) -> HandedOver | Refused:
    """Give a role to somebody near who takes part already, at once."""
    member = hold(db, viewer, assignment_id)
    if isinstance(member, Refused) or successor(db, viewer, assignment_id, to) is None:
        return Refused(Refusal.UNKNOWN)
    invitations.revoke(db, handovers.waiting_invitations(db, assignment_id), now)
    roles.assign(db, to, member.role, member.unit_id, now)
    handovers.add(db, assignment_id, viewer.person_id, now, to=to)
    return _passed_on(db, viewer.tree.inside(member.unit), member, to, viewer.person_id, now)


def leave_code(
    db: Connection, viewer: Viewer, assignment_id: int, code: str, name: str, now: datetime
) -> CodeLeft | Refused:
    """Leave a fresh code for a successor of some name, or of none; one that was left before ends."""
    member = hold(db, viewer, assignment_id)
    if isinstance(member, Refused):
        return member
    invitations.revoke(db, handovers.waiting_invitations(db, assignment_id), now)
    unit_id, by = member.unit_id, viewer.person_id
    invitation, expires = issue(db, code, role=member.role, unit_id=unit_id, by=by, now=now, name=name)
    handovers.add(db, assignment_id, by, now, invitation=invitation)
    return CodeLeft(member, expires)


def arrive(db: Connection, ids: Collection[int], now: datetime) -> list[HandedOver]:
    """Finish some handovers whose successor has come by the code that was left."""
    found, tree = list[HandedOver](), unit_tree(db).on(local_day(now))
    for waiting in handovers.take(db, ids, now):
        member = handovers.role_of(db, waiting.assignment_id, now, AFTER_THE_END)
        if member is not None:
            inside = tree.inside(member.unit)
            found.append(_passed_on(db, inside, member, waiting.to_person_id, waiting.by_person_id, now))
    return found


def _passed_on(db: Connection, inside: Collection[int], member: Member, to: int, by: int, now: datetime) -> HandedOver:
    """End the one role, with the invitations that its holder made there, and give on what was begun."""
    staff.end(db, member.assignment_id, now)
    invitations.spend_invitations(db, member.person_id, list(Role), list(inside))
    drafts = handovers.pass_on_drafts(db, member.unit_id, member.person_id, to, now)
    return HandedOver(member, to, by, drafts)


def open_things(db: Connection, viewer: Viewer, unit_id: int) -> Open:
    """Say what waits for the person in one of their units: what a successor is greeted with."""
    mine = figures.own_reports(db, viewer, since=None, offset=0, limit=MOST_RETURNED)
    return Open(
        has_drafts=bool(drafts.listed(db, viewer, offset=0, limit=1)),
        returned=tuple(each for each in mine if each.state == ReportState.RETURNED and each.unit_id == unit_id),
        weeks=tuple(week for week in obligations.weeks(db, viewer) if week.held.unit_id == unit_id),
        duties=tuple(duty for duty in obligations.duties(db, viewer) if _is_owed(viewer, duty, unit_id)),
    )


def _is_owed(viewer: Viewer, duty: Duty, unit_id: int) -> bool:
    """Whether a unit still owes something."""
    return any(owed.unit == viewer.tree.unit(unit_id).code for owed in duty.waiting)
