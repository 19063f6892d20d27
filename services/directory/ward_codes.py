"""A code for a whole ward, to be put up on a wall: many come by it, and each is let in by the ward.

Such a code exists for those who report for the ward's neighbourhoods, and for nobody above them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.roles import Role
from services import access
from services.directory.codes import Seal
from services.directory.invitations import Terms, issue
from services.limits import WARD_CODE_USES, WARD_CODE_VALID
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import invitations
from storage.directory.invitations import Waiting
from storage.directory.units import Unit, UnitsOfDay


@dataclass(frozen=True, slots=True)
class WardCode:
    """A ward's code that lets people in; `code` is empty where it cannot be read, and only a new one helps."""

    unit: Unit
    code: str
    expires: datetime
    used: int
    uses_left: int


def neighbourhoods(tree: UnitsOfDay, ward: str) -> list[Unit]:
    """The units that people who come by a ward's code can belong to."""
    there = (unit for unit in tree.with_role(Role.PROPAGANDIST) if (above := tree.above(unit)) and above.code == ward)
    return list(there)


def may_have(viewer: Viewer, ward: str) -> bool:
    """Whether the person may make a ward's code: those who look after it, if there is anybody to invite in it."""
    return access.may_see_staff(viewer, ward) and bool(neighbourhoods(viewer.tree, ward))


def find(db: Connection, viewer: Viewer, ward: str, seal: Seal) -> WardCode | Refused | None:
    """The ward's code, if it has one now."""
    if not may_have(viewer, ward):
        return Refused(Refusal.UNKNOWN)
    unit = viewer.tree[ward]
    standing = invitations.shared_of(db, unit.id, viewer.now)
    return _read(unit, standing, seal) if standing else None


def make(db: Connection, viewer: Viewer, ward: str, fresh: str, seal: Seal) -> WardCode | Refused:
    """Make the ward's code of a fresh one, unless it has one that can be read: a ward has one code."""
    standing = find(db, viewer, ward, seal)
    if isinstance(standing, Refused) or (standing is not None and standing.code):
        return standing
    revoke(db, viewer, ward)
    unit, uses = viewer.tree[ward], WARD_CODE_USES
    role, by, terms = Role.PROPAGANDIST, viewer.person_id, Terms(uses, WARD_CODE_VALID)
    now = viewer.now
    _, expires = issue(db, fresh, role=role, unit_id=unit.id, by=by, now=now, terms=terms, seal=seal)
    return WardCode(unit, fresh, expires, 0, uses)


def revoke(db: Connection, viewer: Viewer, ward: str) -> bool:
    """Take the ward's code back. Who came by it and waits goes on waiting. False if there is none."""
    if not may_have(viewer, ward):
        return False
    codes = [code for code in invitations.unused(db, [viewer.tree[ward].id]) if code.role == Role.PROPAGANDIST]
    invitations.revoke(db, [code.id for code in codes], viewer.now)
    return bool(codes)


def _read(unit: Unit, standing: Waiting, seal: Seal) -> WardCode:
    code = seal.read(standing.code_hash, standing.sealed) or ""
    return WardCode(unit, code, standing.expires_at, standing.used, standing.uses_left)
