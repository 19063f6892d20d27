"""Who takes part, who was invited and has not come, and where nobody was ever invited: unit by unit."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from plan.inviting import Invitee
from rules.roles import Role
from services import access
from services.directory.inviting import Made, Prospect, invite_all
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import invitations, staff
from storage.directory.invitations import Waiting
from storage.directory.staff import Member
from storage.directory.units import Unit


class Standing(StrEnum):
    """How far a unit is."""

    JOINED = "joined"
    INVITED = "invited"
    """Nobody has come yet, and a code still lets them in."""
    EXPIRED = "expired"
    """Nobody came while the code was good."""
    NEVER = "never"
    """Nobody was ever invited."""


@dataclass(frozen=True, slots=True)
class Participation:
    """A unit with the people who take part there and the invitations that nobody has used up."""

    unit: Unit
    members: tuple[Member, ...]
    invitations: tuple[Waiting, ...]
    now: datetime

    @property
    def standing(self) -> Standing:
        if self.members:
            return Standing.JOINED
        if any(invitation.is_open(self.now) for invitation in self.invitations):
            return Standing.INVITED
        return Standing.EXPIRED if self.invitations else Standing.NEVER

    @property
    def names(self) -> tuple[str, ...]:
        """Who takes part; else who is meant to, where a list named them."""
        joined = tuple(member.name for member in self.members)
        return joined or tuple(invitation.name for invitation in self.invitations if invitation.name)


@dataclass(frozen=True, slots=True)
class Place:
    """A ward, or the root with what lies in no ward, and how many of its units stand how."""

    unit: Unit
    counts: Counter[Standing]

    @property
    def joined(self) -> int:
        return self.counts[Standing.JOINED]

    @property
    def expected(self) -> int:
        return self.counts.total()


def places(db: Connection, viewer: Viewer) -> list[Place]:
    """Count all that the person looks after, ward by ward; the root's own offices come last."""
    tree = viewer.tree
    by_place: dict[str, Counter[Standing]] = {}
    for participation in _of_units(db, viewer, _looked_after(viewer)):
        by_place.setdefault(_place_of(viewer, participation.unit), Counter())[participation.standing] += 1
    ordered = sorted(by_place, key=lambda code: code == tree.root.code)
    return [Place(tree[code], by_place[code]) for code in ordered]


def inside(db: Connection, viewer: Viewer, place: str) -> list[Participation] | Refused:
    """List the units of a ward, and the ward itself; of the root those that lie in no ward."""
    if not access.may_see_staff(viewer, place):
        return Refused(Refusal.UNKNOWN)
    return _of_units(db, viewer, [unit for unit in _looked_after(viewer) if _place_of(viewer, unit) == place])


def missing(listed: Iterable[Participation]) -> list[Participation]:
    """Those of them where nobody takes part."""
    return [each for each in listed if each.standing is not Standing.JOINED]


def invite_missing(
    db: Connection, viewer: Viewer, place: str, new_code: Callable[[], str]
) -> tuple[Made, ...] | Refused:
    """Make a personal code for each unit of a place where nobody takes part, and take back unused ones there."""
    listed = inside(db, viewer, place)
    if isinstance(listed, Refused):
        return listed
    invited = [each for each in missing(listed) if access.may_invite(viewer, each.unit.role or "", each.unit.code)]
    replaced = [old for each in invited for old in each.invitations]
    invitations.revoke(db, [old.id for old in replaced], viewer.now)
    people = tuple(person for each in invited for person in _invitees(each))
    return invite_all(db, Prospect(people, (), ()), new_code, viewer.person_id, viewer.now)


def revoke(db: Connection, viewer: Viewer, place: str, invitation_id: int) -> bool:
    """Take one invitation of a place back. False if it is none of theirs, or was used up or taken back meanwhile."""
    listed = inside(db, viewer, place)
    known = () if isinstance(listed, Refused) else (old.id for each in listed for old in each.invitations)
    if invitation_id not in known:
        return False
    invitations.revoke(db, [invitation_id], viewer.now)
    return True


def _invitees(there: Participation) -> list[Invitee]:
    """Whom to invite to a unit: those whom a list named, else somebody without a name."""
    role = there.unit.role or Role.PROPAGANDIST
    return [Invitee(0, name, role, there.unit) for name in dict.fromkeys(there.names) or ("",)]


def _looked_after(viewer: Viewer) -> list[Unit]:
    return [unit for unit in viewer.tree.with_role(*Role) if access.may_see_staff(viewer, unit.code)]


def _place_of(viewer: Viewer, unit: Unit) -> str:
    return (viewer.tree.ward_around(unit) or viewer.tree.root).code


def _of_units(db: Connection, viewer: Viewer, units: list[Unit]) -> list[Participation]:
    ids = [unit.id for unit in units]
    members: dict[int, list[Member]] = {unit_id: [] for unit_id in ids}
    for member in staff.in_units(db, ids, viewer.now):
        members[member.unit_id].append(member)
    waiting: dict[int, list[Waiting]] = {unit_id: [] for unit_id in ids}
    for invitation in invitations.unused(db, ids):
        waiting[invitation.unit_id].append(invitation)
    return [Participation(unit, tuple(members[unit.id]), tuple(waiting[unit.id]), viewer.now) for unit in units]
