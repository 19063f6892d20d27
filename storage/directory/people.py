"""People, their accounts and roles, the invitations that bring them, and what they agreed to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    false,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from messages.channels import Ability, able
from storage import tables as t
from storage.db.prepared import Prepared

REPORTING = "reporting"
"""What people agree to on joining: that they report here, and are reminded of it."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in a unit."""

    role: str
    unit_id: int
    unit: str
    unit_name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation gives."""

    id: int
    role: str
    unit_id: int
    unit: str
    unit_name: str
    expires_at: datetime
    uses_left: int
    created_by: str | None
    created_by_id: int | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One of a person's accounts."""

    id: int
    channel: str
    bot: str
    usable: bool
    last_used_at: datetime


Bots: TypeAlias = Collection[tuple[str, str]]
"""Each by its channel and id."""

_ACCOUNT = select(*(t.account.c[name] for name in AccountRow.__slots__))
_PARENT = t.unit.alias("parent")
_ROLES = Prepared(
    select(
        t.assignment.c.role, t.unit.c.id, t.unit.c.code, t.unit.c.name, t.unit.c.level, _PARENT.c.code.label("parent")
    )
    .join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    .outerjoin(_PARENT, _PARENT.c.id == t.unit.c.parent_id)
    .where(
        t.assignment.c.person_id == bindparam("person"),
        t.assignment.c.since <= bindparam("now"),
        (t.assignment.c.until.is_(None)) | (t.assignment.c.until > bindparam("now")),
    )
    .order_by(t.assignment.c.id)
)
_AGREED = Prepared(
    select(t.consent.c.id).where(
        t.consent.c.person_id == bindparam("person"),
        t.consent.c.purpose == bindparam("purpose"),
        t.consent.c.text_version == bindparam("version"),
        t.consent.c.withdrawn_at.is_(None),
    )
)


def roles_of(db: Connection, person_id: int, now: datetime) -> tuple[HeldRole, ...]:
    """The person's roles at `now`, oldest first."""
    return tuple(HeldRole(*row) for row in _ROLES.all(db, person=person_id, now=now))


def unit_id(db: Connection, code: str) -> int | None:
    """The id of the unit that bears `code` now (the one without an end, else the newest)."""
    found: int | None = db.execute(
        select(t.unit.c.id)
        .where(t.unit.c.code == code)
        .order_by(t.unit.c.valid_to.is_not(None), t.unit.c.valid_from.desc())
    ).scalar()
    return found


def unit_name(db: Connection, row: int) -> str:
    """The name of a unit that exists, now or earlier."""
    return str(db.execute(select(t.unit.c.name).where(t.unit.c.id == row)).scalar_one())


def add_person(db: Connection, name: str, language: str, now: datetime, *, sample: bool = False) -> int:
    """A new person's id."""
    values = {"name": name, "language": language, "created_at": now, "is_sample": sample}
    return int(db.execute(insert(t.person).values(values).returning(t.person.c.id)).scalar_one())


def add_account(db: Connection, person_id: int | None, channel: str, bot: str, external_id: str, now: datetime) -> int:
    """A new account's id."""
    values = {
        "person_id": person_id,
        "channel": channel,
        "bot": bot,
        "external_id": external_id,
        "usable": True,
        "created_at": now,
        "last_used_at": now,
    }
    return int(db.execute(insert(t.account).values(values).returning(t.account.c.id)).scalar_one())


def assign(db: Connection, person_id: int, role: str, unit: int, now: datetime) -> None:
    """Give a role from now on; holding it already changes nothing."""
    held = db.execute(
        select(t.assignment.c.id).where(
            t.assignment.c.person_id == person_id,
            t.assignment.c.role == role,
            t.assignment.c.unit_id == unit,
            (t.assignment.c.until.is_(None)) | (t.assignment.c.until > now),
        )
    ).scalar()
    if held is None:
        db.execute(insert(t.assignment).values(person_id=person_id, role=role, unit_id=unit, since=now))


def accounts_of(db: Connection, person_id: int) -> list[AccountRow]:
    """The person's accounts, the one used last first."""
    theirs = _ACCOUNT.where(t.account.c.person_id == person_id)
    ordered = theirs.order_by(t.account.c.last_used_at.desc(), t.account.c.id.desc())
    return [AccountRow(*row) for row in db.execute(ordered)]


def best_account(person: ColumnElement[int], spent: Bots = ()) -> Select[tuple[int]]:
    """Where a message that nobody asked for goes: the usable pushing account used last, else any usable one.

    Accounts of bots that are `spent` are left out. Correlated where `person` is another table's.
    """
    own = t.account.alias("own")
    usable = select(own.c.id).where(own.c.person_id == person, own.c.usable, ~of_bots(own.c, spent))
    pushing = own.c.channel.in_(able(Ability.PUSH))
    return usable.order_by(pushing.desc(), own.c.last_used_at.desc(), own.c.id.desc()).limit(1)


def reminder_account(db: Connection, person_id: int, spent: Bots = (), but: int | None = None) -> AccountRow | None:
    """A person's `best_account`, leaving out one of them if asked to."""
    best = best_account(literal(person_id), spent)
    if but is not None:
        best = best.where(best.selected_columns.id != but)
    row = db.execute(_ACCOUNT.where(t.account.c.id == best.scalar_subquery())).first()
    return AccountRow(*row) if row else None


def of_bots(account: ReadOnlyColumnCollection[str, Any], bots: Bots) -> ColumnElement[bool]:
    """Whether an account belongs to one of some bots."""
    return or_(false(), *(and_(account.channel == channel, account.bot == bot) for channel, bot in bots))


def can_be_reached(db: Connection, person_id: int) -> bool:
    """Whether a message that nobody asked for has somewhere to go."""
    return reminder_account(db, person_id) is not None


def set_usable(db: Connection, account_id: int, usable: bool) -> None:
    """Note whether the platform delivers to an account."""
    db.execute(update(t.account).where(t.account.c.id == account_id).values(usable=usable))


def set_language(db: Connection, person_id: int, language: str) -> None:
    db.execute(update(t.person).where(t.person.c.id == person_id).values(language=language))


def set_name(db: Connection, person_id: int, name: str) -> None:
    db.execute(update(t.person).where(t.person.c.id == person_id).values(name=name))


def has_agreed(db: Connection, person_id: int, purpose: str, version: str) -> bool:
    """Whether the person agreed to this version and did not withdraw."""
    return _AGREED.first(db, person=person_id, purpose=purpose, version=version) is not None


def agree(db: Connection, person_id: int, purpose: str, version: str, now: datetime) -> None:
    """Record a consent, once; one that was withdrawn is given anew."""
    if has_agreed(db, person_id, purpose, version):
        return
    given = {"person_id": person_id, "purpose": purpose, "text_version": version}
    again = update(t.consent).where(*(t.consent.c[name] == value for name, value in given.items()))
    if not db.execute(again.values(given_at=now, withdrawn_at=None)).rowcount:
        db.execute(insert(t.consent).values(**given, given_at=now))


def add_invitation(
    db: Connection,
    *,
    code_hash: str,
    role: str,
    unit: int,
    created_by: int | None,
    now: datetime,
    expires_at: datetime,
    uses: int,
) -> None:
    """Keep an invitation; the code itself is not stored."""
    db.execute(
        insert(t.invitation).values(
            code_hash=code_hash,
            role=role,
            unit_id=unit,
            created_by=created_by,
            created_at=now,
            expires_at=expires_at,
            uses_left=uses,
        )
    )


def spend_invitations(db: Connection, made_by: int, roles: Sequence[str], unit_ids: Sequence[int]) -> None:
    """Nobody gets one of these roles in these units any more by what a person made."""
    row = t.invitation.c
    theirs = (row.created_by == made_by, row.role.in_(roles), row.unit_id.in_(unit_ids))
    db.execute(update(t.invitation).where(*theirs).values(uses_left=0))


def find_invitation(db: Connection, code_hash: str) -> Invited | None:
    """The invitation of a code, whether or not it can still be used."""
    row = db.execute(
        select(
            t.invitation.c.id,
            t.invitation.c.role,
            t.invitation.c.unit_id,
            t.unit.c.code,
            t.unit.c.name,
            t.invitation.c.expires_at,
            t.invitation.c.uses_left,
            t.person.c.name.label("created_by"),
            t.invitation.c.created_by.label("created_by_id"),
        )
        .join(t.unit, t.unit.c.id == t.invitation.c.unit_id)
        .outerjoin(t.person, t.person.c.id == t.invitation.c.created_by)
        .where(t.invitation.c.code_hash == code_hash)
    ).first()
    return Invited(*row) if row else None


def use_invitation(db: Connection, invitation_id: int, now: datetime) -> bool:
    """Take one use; false if none is left or it has expired (also when two people try at once)."""
    result = db.execute(
        update(t.invitation)
        .where(t.invitation.c.id == invitation_id, t.invitation.c.uses_left > 0, t.invitation.c.expires_at > now)
        .values(uses_left=t.invitation.c.uses_left - 1)
    )
    return result.rowcount == 1


def adopt_account(db: Connection, account_id: int, person_id: int, now: datetime) -> None:
    """Give a stranger's account its person."""
    db.execute(
        update(t.account).where(t.account.c.id == account_id).values(person_id=person_id, usable=True, last_used_at=now)
    )


def lock(db: Connection, person_id: int) -> None:
    """Wait until no turn of a person is under way, and let none begin before this one is committed."""
    if db.dialect.name == "postgresql":
        db.execute(select(t.person.c.id).where(t.person.c.id == person_id).with_for_update(key_share=True))


def find_person(db: Connection, person_id: int) -> t.Person:
    """A person's row; raises `NoResultFound` for an id that was never given."""
    row = db.execute(select(t.person).where(t.person.c.id == person_id)).one()
    return t.Person(**row._mapping)


def account_id(db: Connection, channel: str, bot: str, external_id: str) -> int | None:
    """The account of a chat, with or without a person."""
    found: int | None = db.execute(
        select(t.account.c.id).where(
            t.account.c.channel == channel, t.account.c.bot == bot, t.account.c.external_id == external_id
        )
    ).scalar()
    return found


def release_account(db: Connection, person_id: int, account_id: int) -> bool:
    """Take an account from its person: whoever writes there is a stranger again. False if it is not theirs."""
    mine = (t.account.c.id == account_id, t.account.c.person_id == person_id)
    return db.execute(update(t.account).where(*mine).values(person_id=None)).rowcount == 1
