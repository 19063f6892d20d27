"""The way in by a ward's code: who comes says which unit is theirs and who they are, and the ward lets them in or not.

Until then they hold no role, so nothing is open to them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.roles import Role
from services import access
from services.directory import own_data
from services.directory.ward_codes import neighbourhoods
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import holders, newcomers, roles
from storage.directory.newcomers import Newcomer
from storage.directory.units import Unit
from storage.tables.states import NewcomerState


@dataclass(frozen=True, slots=True)
class Decided:
    """The ward has decided; whoever came is to be told."""

    newcomer: Newcomer
    unit: Unit


def own_way(db: Connection, viewer: Viewer) -> Newcomer | None:
    """The way in that the person is on; `None` for those who hold a role or never came by a ward's code."""
    return None if viewer.roles else newcomers.of_person(db, viewer.person_id)


def units(viewer: Viewer, newcomer: Newcomer) -> list[Unit]:
    """The units of the ward that they can choose."""
    return neighbourhoods(viewer.tree, viewer.tree.unit(newcomer.ward_id).code)


def choose(db: Connection, viewer: Viewer, unit: str) -> Newcomer | Refused:
    """Say which unit is one's own."""
    newcomer = own_way(db, viewer)
    chosen = next((each for each in units(viewer, newcomer) if each.code == unit), None) if newcomer else None
    if newcomer is None or chosen is None or not viewer.agreed:
        return Refused(Refusal.UNKNOWN)
    newcomers.choose(db, newcomer.id, chosen.id)
    return own_way(db, viewer) or newcomer


def ask(db: Connection, viewer: Viewer, name: str) -> Newcomer | Refused:
    """Say one's name, and wait for the ward."""
    newcomer = own_way(db, viewer)
    if newcomer is None or newcomer.unit_id is None or not viewer.agreed:
        return Refused(Refusal.UNKNOWN)
    if own_data.rename(db, viewer, name) is None:
        return Refused(Refusal.NOT_THEIRS)
    newcomers.wait(db, newcomer.id)
    return own_way(db, viewer) or newcomer


def waiting(db: Connection, viewer: Viewer) -> list[Newcomer]:
    """List who waits for the person to let them in."""
    wards = [unit.id for unit in viewer.tree.with_role(*Role) if access.may_see_staff(viewer, unit.code)]
    return newcomers.waiting(db, wards)


def take_in(db: Connection, viewer: Viewer, newcomer_id: int) -> Decided | Refused:
    """Let somebody in. Somebody is decided about once, so that needs no revision."""
    decided = _decided(db, viewer, newcomer_id, NewcomerState.ADMITTED)
    if isinstance(decided, Decided):
        person, invitation = decided.newcomer.person_id, decided.newcomer.invitation_id
        roles.assign(db, person, Role.PROPAGANDIST, decided.unit.id, viewer.now, invitation=invitation)
    return decided


def turn_away(db: Connection, viewer: Viewer, newcomer_id: int) -> Decided | Refused:
    """Do not let somebody in."""
    return _decided(db, viewer, newcomer_id, NewcomerState.DECLINED)


def _decided(db: Connection, viewer: Viewer, newcomer_id: int, state: NewcomerState) -> Decided | Refused:
    newcomer = newcomers.find(db, newcomer_id)
    if newcomer is None or newcomer.unit_id is None:
        return Refused(Refusal.UNKNOWN)
    unit = viewer.tree.unit(newcomer.unit_id)
    if not access.may_invite(viewer, Role.PROPAGANDIST, unit.code):
        return Refused(Refusal.UNKNOWN)
    newcomers.decide(db, newcomer.id, state, viewer.person_id, viewer.now)
    return Decided(newcomer, unit)


def who_decides(db: Connection, ward_id: int, now: datetime) -> list[int]:
    """Find the people to be told of newcomers in a ward: its chairs, or the secretariat where there is none."""
    found = [each for each in holders.holders(db, tuple(access.ANSWERABLE), now, now) if each.person_id is not None]
    chairs = [each.person_id for each in found if each.unit_id == ward_id and each.role != Role.AGENCY]
    secretariat = [each.person_id for each in found if each.role == Role.SECRETARIAT]
    return [person for person in dict.fromkeys(chairs or secretariat) if person is not None]
