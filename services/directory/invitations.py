"""Invitations: a person brings others into a role and unit by a code that is handed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from rules.roles import Role, may_be_shared
from services import access
from services.directory.codes import Seal, hash_code
from services.limits import INVITATION_VALID, MANY_USES
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory import invitations
from storage.directory.invitations import KeptCode
from storage.directory.units import Unit


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation that was made. Only the person who asked for it knows its code."""

    role: str
    unit: Unit
    uses: int
    expires: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to invite to, or one with `many` such units in it."""

    unit: Unit
    many: bool = False


def roles(viewer: Viewer) -> list[Role]:
    """List the roles into which the person may invite somebody somewhere."""
    return [role for role in Role if units(viewer, role)]


def units(viewer: Viewer, role: str) -> list[Unit]:
    """List the existing units into which the person may invite for a role."""
    return [unit for unit in viewer.tree.with_role(role) if access.may_invite(viewer, role, unit.code)]


def places(viewer: Viewer, role: str, inside: str = "") -> list[Place]:
    """List where a person may invite for a role, in the unit `inside` or anywhere, by the largest units with chairs.

    A unit with a chair stands for all in it to which there is an invitation, if they are several.
    """
    by_place: dict[str, list[Unit]] = {}
    for unit in units(viewer, role):
        line = [unit.code, *viewer.tree.codes_above(unit.code)]
        if not inside or inside in line:
            by_place.setdefault(_largest(viewer, line, inside), []).append(unit)
    return [
        Place(viewer.tree[code], many=True) if len(there) > 1 else Place(there[0]) for code, there in by_place.items()
    ]


def _largest(viewer: Viewer, line: list[str], inside: str) -> str:
    """Find the largest unit with a chair, below `inside`, on the way up from a unit; else the unit itself."""
    below = line[: line.index(inside)] if inside else line
    return next((code for code in reversed(below) if viewer.tree[code].role == Role.WARD_CHAIR), line[0])


def invite(
    db: Connection,
    viewer: Viewer,
    code: str,
    *,
    role: str,
    unit: str,
    uses: int,
    now: datetime,
    seal: Seal,
) -> Issued | Refused:
    """Make an invitation of a fresh code to a role in a unit, for so many uses; many only where that is allowed."""
    there = next((candidate for candidate in units(viewer, role) if candidate.code == unit), None)
    if there is None or not 0 < uses <= MANY_USES or (uses > 1 and not may_be_shared(role)):
        return Refused(Refusal.UNKNOWN)
    by = viewer.person_id
    _, expires = issue(db, code, role=role, unit_id=there.id, by=by, now=now, terms=Terms(uses), seal=seal)
    return Issued(role, there, uses, expires)


@dataclass(frozen=True, slots=True)
class Terms:
    """How many may come by a code, and how long."""

    uses: int = 1
    valid: timedelta = INVITATION_VALID


ONCE = Terms()


def issue(
    db: Connection,
    code: str,
    *,
    role: str,
    unit_id: int,
    by: int | None,
    now: datetime,
    terms: Terms = ONCE,
    name: str = "",
    seal: Seal | None = None,
) -> tuple[int, datetime]:
    """Store an invitation for a fresh code, without asking who may; return its id, and when it expires.

    `name` is whom a list invites by it. With `seal` those who may invite read the code again while it waits.
    """
    expires = now + terms.valid
    invitation = invitations.add_invitation(
        db,
        code=KeptCode(hash_code(code), seal.close(code) if seal else ""),
        role=role,
        unit=unit_id,
        created_by=by,
        now=now,
        expires_at=expires,
        uses=terms.uses,
        name=name,
    )
    return invitation, expires
