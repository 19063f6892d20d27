"""The people of one's own units: lists who takes part, and ends the role of somebody who has left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.roles import Role
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import invitations, persons, staff
from storage.directory.staff import Member
from storage.directory.units import Unit


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """A role is over. `member` is its holder as they were, who is to be told."""

    member: Member


def members(db: Connection, viewer: Viewer, unit: str, *, offset: int, limit: int) -> list[Member]:
    """List who takes part in a unit that the person looks after, and in all units in it.

    Everything lies in the root: there those are left out who have a chair of their own, and are listed with them.
    """
    if not access.may_see_staff(viewer, unit):
        return []
    tree = viewer.tree
    chaired = tree.chaired(unit) if unit == tree.root.code else []
    elsewhere = {inside for there in chaired for inside in tree.inside(there.code)}
    ids = [inside for inside in tree.inside(unit) if inside not in elsewhere]
    return staff.in_units(db, ids, viewer.now, offset=offset, limit=limit)


def places(viewer: Viewer) -> list[Unit]:
    """List the units whose people the secretariat looks at one by one: the root, and those with chairs in it."""
    root = viewer.tree.root
    return [root, *viewer.tree.chaired(root.code)]


def find(db: Connection, viewer: Viewer, assignment_id: int) -> Member | None:
    """Find one of them; `None` once the role is over."""
    member = staff.find(db, assignment_id, viewer.now)
    return member if member is not None and access.may_see_staff(viewer, member.unit) else None


def hold_to_end(db: Connection, viewer: Viewer, assignment_id: int) -> Member | Refused:
    """Lock a role that the person may end. A role that is over never begins again, so its row is its revision.

    This waits for a turn of the role's holder, who may be making an invitation.
    """
    member = find(db, viewer, assignment_id)
    if member is not None:
        persons.lock(db, member.person_id)
        member = find(db, viewer, assignment_id)
    if member is None:
        return Refused(Refusal.UNKNOWN)
    return member if access.may_end(viewer, member) else Refused(Refusal.NOT_THEIRS)


def end_role(db: Connection, viewer: Viewer, assignment_id: int, now: datetime) -> RoleEnded | Refused:
    """End the role and the invitations that its holder made there, so that nobody comes back by a code of their own."""
    member = hold_to_end(db, viewer, assignment_id)
    if isinstance(member, Refused):
        return member
    staff.end(db, member.assignment_id, now)
    invitations.spend_invitations(db, member.person_id, list(Role), viewer.tree.inside(member.unit))
    return RoleEnded(member)
