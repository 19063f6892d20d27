"""People's accounts, from which they write and by which messages reach them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
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


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One of a person's accounts."""

    id: int
    channel: str
    bot: str
    usable: bool
    last_used_at: datetime


ENDED = "ended:"
"""The beginning of the address of a chat that is over; no platform has such addresses."""

BotIds: TypeAlias = Collection[tuple[str, str]]
"""Bots, each by its channel and id."""

_ACCOUNT = select(*(t.account.c[name] for name in AccountRow.__slots__))


def add_account(db: Connection, person_id: int | None, channel: str, bot: str, external_id: str, now: datetime) -> int:
    """Add an account and return its id."""
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


def account_id(db: Connection, channel: str, bot: str, external_id: str) -> int | None:
    """Find the account of a chat, with or without a person."""
    known: int | None = db.execute(
        select(t.account.c.id).where(
            t.account.c.channel == channel, t.account.c.bot == bot, t.account.c.external_id == external_id
        )
    ).scalar()
    return known


def accounts_of(db: Connection, person_id: int) -> list[AccountRow]:
    """List the person's accounts, the one used last first; chats that were ended are none any more."""
    theirs = _ACCOUNT.where(t.account.c.person_id == person_id, ~_is_ended())
    ordered = theirs.order_by(t.account.c.last_used_at.desc(), t.account.c.id.desc())
    return [AccountRow(*row) for row in db.execute(ordered)]


def best_account(person: ColumnElement[int], spent: BotIds = ()) -> Select[tuple[int]]:
    """Choose the account for an unasked message: the usable pushing account used last, else any usable one, best
    one with a browser that can be knocked at.

    Accounts of bots that are `spent` are left out. Correlated where `person` is another table's.
    """
    own = t.account.alias("own")
    usable = select(own.c.id).where(own.c.person_id == person, own.c.usable, ~of_bots(own.c, spent))
    pushing = own.c.channel.in_(able(Ability.PUSH))
    is_pushed_to = exists().where(t.push_subscription.c.account_id == own.c.id)
    return usable.order_by(pushing.desc(), is_pushed_to.desc(), own.c.last_used_at.desc(), own.c.id.desc()).limit(1)


def reminder_account(db: Connection, person_id: int, spent: BotIds = (), but: int | None = None) -> AccountRow | None:
    """Find a person's `best_account`, leaving one out if asked to."""
    best = best_account(literal(person_id), spent)
    if but is not None:
        best = best.where(best.selected_columns.id != but)
    row = db.execute(_ACCOUNT.where(t.account.c.id == best.scalar_subquery())).first()
    return AccountRow(*row) if row else None


def of_bots(account: ReadOnlyColumnCollection[str, Any], bots: BotIds) -> ColumnElement[bool]:
    """A condition: the account belongs to one of some bots."""
    return or_(false(), *(and_(account.channel == channel, account.bot == bot) for channel, bot in bots))


def can_be_reached(db: Connection, person_id: int) -> bool:
    """Whether an unasked message can reach the person."""
    return reminder_account(db, person_id) is not None


def set_usable(db: Connection, account_id: int, usable: bool) -> None:
    """Note whether the platform delivers to an account."""
    db.execute(update(t.account).where(t.account.c.id == account_id).values(usable=usable))


def adopt_account(db: Connection, account_id: int, person_id: int, now: datetime) -> None:
    """Give a stranger's account its person."""
    db.execute(
        update(t.account).where(t.account.c.id == account_id).values(person_id=person_id, usable=True, last_used_at=now)
    )


def end_account(db: Connection, account_id: int) -> None:
    """End a chat: its user is a stranger, the page that shows it closes, and nothing goes or is pushed there any more.

    The row stays the person's, for what waits in it: `ended_of` finds it once they have another account.
    """
    gone = f"{ENDED}{account_id}"
    db.execute(update(t.account).where(t.account.c.id == account_id).values(external_id=gone, usable=False))
    _push_no_more(db, account_id)


def ended_of(db: Connection, person_id: int) -> list[int]:
    """List the person's chats that were ended, and are still theirs."""
    return list(db.scalars(select(t.account.c.id).where(t.account.c.person_id == person_id, _is_ended())))


def _is_ended() -> ColumnElement[bool]:
    return t.account.c.external_id.like(f"{ENDED}%")


def release_account(db: Connection, person_id: int, account_id: int) -> bool:
    """Take an account from its person, so that its user is a stranger again. False if it is not theirs."""
    mine = (t.account.c.id == account_id, t.account.c.person_id == person_id)
    if db.execute(update(t.account).where(*mine).values(person_id=None)).rowcount != 1:
        return False
    _push_no_more(db, account_id)
    return True


def _push_no_more(db: Connection, account_id: int) -> None:
    db.execute(delete(t.push_subscription).where(t.push_subscription.c.account_id == account_id))
