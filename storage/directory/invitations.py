"""The invitations that bring people in, by the hashes of their codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, insert, select, update

from periods.days import local_day
from rules.roles import Role
from storage import tables as t
from storage.directory.units import unit_tree


@dataclass(frozen=True, slots=True)
class Invited:
    """The role and unit that an invitation gives; `name` is whom a list invites by it, else empty."""

    id: int
    role: str
    unit_id: int
    unit: str
    unit_name: str
    expires_at: datetime
    uses_left: int
    created_by: str | None
    created_by_id: int | None
    name: str
    is_revoked: bool
    is_shared: bool
    """Whether it is a ward's code: who comes by it says which unit in the ward is theirs, and waits for the ward."""


@dataclass(frozen=True, slots=True)
class KeptCode:
    """What is kept of a code: its hash, and itself `sealed` where it is to be read again, else empty."""

    hash: str
    sealed: str = ""


def add_invitation(
    db: Connection,
    *,
    code: KeptCode,
    role: str,
    unit: int,
    created_by: int | None,
    now: datetime,
    expires_at: datetime,
    uses: int,
    name: str = "",
) -> int:
    """Keep an invitation and return its id."""
    kept = insert(t.invitation).values(
        code_hash=code.hash,
        sealed=code.sealed,
        role=role,
        unit_id=unit,
        name=name,
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
        uses_left=uses,
    )
    return int(db.execute(kept.returning(t.invitation.c.id)).scalar_one())


def spend_invitations(db: Connection, made_by: int, roles: Sequence[str], unit_ids: Sequence[int]) -> None:
    """Void a person's invitations to these roles in these units; whom they were for is forgotten, and the codes."""
    row = t.invitation.c
    theirs = (row.created_by == made_by, row.role.in_(roles), row.unit_id.in_(unit_ids))
    db.execute(update(t.invitation).where(*theirs).values(uses_left=0, name="", sealed=""))


def find_invitation(db: Connection, code_hash: str, now: datetime) -> Invited | None:
    """Find the invitation of a code, whether or not it can still be used; its unit is called as it is now."""
    row = db.execute(
        select(
            t.invitation.c.id,
            t.invitation.c.role,
            t.invitation.c.unit_id,
            t.invitation.c.expires_at,
            t.invitation.c.uses_left,
            t.person.c.name.label("created_by"),
            t.invitation.c.created_by.label("created_by_id"),
            t.invitation.c.name,
            t.invitation.c.revoked_at.is_not(None).label("is_revoked"),
        )
        .outerjoin(t.person, t.person.c.id == t.invitation.c.created_by)
        .where(t.invitation.c.code_hash == code_hash)
    ).first()
    if row is None:
        return None
    unit = unit_tree(db).on(local_day(now)).unit(row.unit_id)
    is_shared = row.role == Role.PROPAGANDIST and unit.role != Role.PROPAGANDIST
    return Invited(**row._mapping, unit=unit.code, unit_name=unit.name, is_shared=is_shared)


def came_by(db: Connection, code_hash: str, people: Sequence[int], own: str) -> int | None:
    """Which of some people an invitation brought: into a role; or who made it, if it is for an account of their `own`.

    None if it is a code that nobody has come by yet, or somebody else.
    """
    row, came = t.invitation.c, t.assignment.c
    by_role = select(came.person_id).join(t.invitation, row.id == came.invitation_id).where(row.code_hash == code_hash)
    by_account = select(row.created_by).where(row.code_hash == code_hash, row.role == own, row.uses_left < 1)
    found = {*db.scalars(by_role.where(came.person_id.in_(people))), *db.scalars(by_account)}
    return next((person for person in people if person in found), None)


def use_invitation(db: Connection, invitation_id: int, now: datetime) -> bool:
    """Take one use. False if none is left or it has expired, even when two people try at once.

    The name goes: whoever came bears it now. So does the sealed code with its last use.
    """
    row = t.invitation.c
    sealed = case((row.uses_left > 1, row.sealed), else_="")
    taken = update(t.invitation).where(row.id == invitation_id, row.uses_left > 0, row.expires_at > now)
    return (
        db.execute(taken.values(uses_left=row.uses_left - 1, used=row.used + 1, name="", sealed=sealed)).rowcount == 1
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that somebody may still come by; `name` is whom a list means by it, else empty."""

    id: int
    name: str
    role: str
    unit_id: int
    expires_at: datetime
    created_at: datetime
    uses_left: int
    used: int
    code_hash: str
    sealed: str

    def is_open(self, now: datetime) -> bool:
        return self.expires_at > now


def unused(db: Connection, unit_ids: Sequence[int]) -> list[Waiting]:
    """The invitations to some units that have a use left, expired ones too, the oldest first."""
    row = t.invitation.c
    theirs = (row.unit_id.in_(unit_ids), row.uses_left > 0, row.role.in_(list(Role)))
    what = [row.id, row.name, row.role, row.unit_id, row.expires_at, row.created_at, row.uses_left, row.used]
    query = select(*what, row.code_hash, row.sealed).where(*theirs).order_by(row.id)
    return [Waiting(**line._mapping) for line in db.execute(query)]


def give_name(db: Connection, invitation_id: int, name: str) -> None:
    """Say for whom an invitation is that was made for anybody in its unit."""
    db.execute(update(t.invitation).where(t.invitation.c.id == invitation_id).values(name=name))


def revoke(db: Connection, ids: Sequence[int], now: datetime) -> None:
    """Take codes back: nobody comes in by them any more, and whom they were for is forgotten."""
    row = t.invitation.c
    db.execute(update(t.invitation).where(row.id.in_(ids)).values(uses_left=0, name="", sealed="", revoked_at=now))


def shared_of(db: Connection, ward_id: int, now: datetime) -> Waiting | None:
    """The ward's code that lets people in now: the newest."""
    codes = (code for code in unused(db, [ward_id]) if code.role == Role.PROPAGANDIST and code.is_open(now))
    return max(codes, key=lambda code: code.id, default=None)
