"""Who takes part, who was invited and has not come, and where nobody was ever invited: unit by unit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from plan.inviting import Invitee
from rules.roles import Role
from services import access
from services.directory.codes import Seal
from services.directory.inviting import Made, Prospect, invite_all, waits
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
    db: Connection, viewer: Viewer, place: str, new_code: Callable[[], str], seal: Seal
) -> tuple[Made, ...] | Refused:
    """Give each unit of a place where nobody takes part a personal code: the one that waits, else a new one."""
    listed = inside(db, viewer, place)
    if isinstance(listed, Refused):
        return listed
    made = list(_waiting(missing(listed), seal))
    invited = {invitation.person.unit.id for invitation in made}
    absent = [each for each in missing(listed) if each.unit.id not in invited]
    absent = [each for each in absent if access.may_invite(viewer, each.unit.role or "", each.unit.code)]
    replaced = [old for each in absent for old in each.invitations]
    invitations.revoke(db, [old.id for old in replaced], viewer.now)
    people = tuple(person for each in absent for person in _invitees(each))
    made += invite_all(db, Prospect(people, (), (), ()), new_code, seal, viewer.person_id, viewer.now)
    order = {each.unit.id: at for at, each in enumerate(listed)}
    return tuple(sorted(made, key=lambda invitation: order[invitation.person.unit.id]))


def waiting(db: Connection, viewer: Viewer, place: str, seal: Seal) -> tuple[Made, ...] | Refused:
    """List the personal invitations of a place that wait, with their codes; of all places with an empty `place`."""
    if place:
        listed = inside(db, viewer, place)
        return listed if isinstance(listed, Refused) else tuple(_waiting(listed, seal))
    units = [unit for unit in _looked_after(viewer) if access.may_invite(viewer, unit.role or "", unit.code)]
    return tuple(_waiting(_of_units(db, viewer, units), seal))


def _waiting(listed: Iterable[Participation], seal: Seal) -> Iterator[Made]:
    for there in listed:
        for code in there.invitations:
            person = Invitee(code.id, code.name, Role(code.role), there.unit)
            if made := waits(person, code, there.now, seal):
                yield made


def revoke(db: Connection, viewer: Viewer, place: str, invitation_id: int) -> bool:
    """Take one invitation of a place back. False if it is none of theirs, or was used up or taken back meanwhile."""
    listed = inside(db, viewer, place)
    known = () if isinstance(listed, Refused) else (old.id for each in listed for old in each.invitations)
    if invitation_id not in known:
        return False
    invitations.revoke(db, [invitation_id], viewer.now)
    return True


def invite_again(
    db: Connection, viewer: Viewer, place: str, invitation_id: int, new_code: Callable[[], str], seal: Seal
) -> Made | Refused:
    """Give a new personal code in place of one that has expired, to the same unit and name."""
    listed = inside(db, viewer, place)
    of_units = () if isinstance(listed, Refused) else listed
    found = ((each.unit, old) for each in of_units for old in each.invitations if old.id == invitation_id)
    unit, old = next(found, (None, None))
    if unit is None or old is None or old.is_open(viewer.now) or not access.may_invite(viewer, old.role, unit.code):
        return Refused(Refusal.UNKNOWN)
    invitations.revoke(db, [old.id], viewer.now)
    again = Prospect((Invitee(0, old.name, Role(old.role), unit),), (), (), ())
    (made,) = invite_all(db, again, new_code, seal, viewer.person_id, viewer.now)
    return made


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
    return [Participation(unit, tuple(members[unit.id]), _theirs(unit, waiting), viewer.now) for unit in units]


def _theirs(unit: Unit, waiting: Mapping[int, Sequence[Waiting]]) -> tuple[Waiting, ...]:
    """A unit's invitations to its own role: a ward's code for its neighbourhoods is none of the chair's."""
    return tuple(invitation for invitation in waiting[unit.id] if invitation.role == unit.role)
