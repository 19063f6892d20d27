"""Invitations: a person brings others into a role and unit by a code that is handed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from rules.roles import LEVEL_OF, Role
from services import access
from services.directory.codes import hash_code
from services.limits import INVITATION_VALID, MANY_USES
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import invitations
from storage.directory.units import Unit


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation that was made. Only the person who asked for it knows its code."""

    role: str
    unit: Unit
    uses: int
    expires: datetime


def roles(viewer: Viewer) -> list[Role]:
    """List the roles into which the person may invite somebody somewhere."""
    return [role for role in Role if units(viewer, role)]


def units(viewer: Viewer, role: str) -> list[Unit]:
    """List the existing units into which the person may invite for a role."""
    if role not in LEVEL_OF:
        return []
    there = viewer.tree.of_level(LEVEL_OF[role])
    return [unit for unit in there if access.may_invite(viewer, role, unit.code)]


def invite(
    db: Connection, viewer: Viewer, code: str, *, role: str, unit: str, uses: int, now: datetime
) -> Issued | Refused:
    """Make an invitation of a fresh code to a role in a unit, for so many uses."""
    there = next((candidate for candidate in units(viewer, role) if candidate.code == unit), None)
    if there is None or not 0 < uses <= MANY_USES:
        return Refused(Refusal.UNKNOWN)
    expires = issue(db, code, role=role, unit_id=there.id, by=viewer.person_id, now=now, uses=uses)
    return Issued(role, there, uses, expires)


def issue(
    db: Connection,
    code: str,
    *,
    role: str,
    unit_id: int,
    by: int | None,
    now: datetime,
    uses: int = 1,
    valid: timedelta = INVITATION_VALID,
) -> datetime:
    """Store an invitation for a fresh code, without asking who may, and return when it expires."""
    expires = now + valid
    invitations.add_invitation(
        db, code_hash=hash_code(code), role=role, unit=unit_id, created_by=by, now=now, expires_at=expires, uses=uses
    )
    return expires
