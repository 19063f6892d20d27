"""Where people's browsers can be pushed to, and what each was knocked for.

A push is a knock: it says that something waits, and the message itself stays in the chat until it is looked at. A
knock is taken by moving `knocked_row` to the newest message that waits, in the transaction that takes it. So nobody is
knocked for the same message twice, whatever dies in between; a knock that surely did not go moves it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, update

from messages.pushing import Subscription
from storage import tables as t
from storage.db.upsert import insert_or_change
from storage.delivery.chat_queue import OPEN_INDEX, is_open, is_pending
from storage.tables.states import OutboxKind

MOST = 6
"""Browsers of one account that are pushed to: the account's own browser renews its address now and then."""
GRACE = timedelta(seconds=10)
"""A page that is open shows a message within this time; then nobody needs a knock."""
LONGEST_WAIT = timedelta(hours=6)
"""The longest until a knock is tried again. A time further ahead was written by a clock that was wrong."""
_UNASKED = (OutboxKind.NOTICE, OutboxKind.DIGEST)
_NEW = ("account_id", "endpoint", "p256dh", "auth", "created_at", "knocked_row", "attempts", "next_at")
_KEEP = insert_or_change(t.push_subscription, ("account_id", "endpoint"), _NEW[2:])
_ROW = t.push_subscription.c


@dataclass(frozen=True, slots=True)
class Knock:
    """A knock in hand: where, in which language, for which message, and what was knocked for before."""

    id: int
    subscription: Subscription
    language: str
    attempts: int
    row: int
    before: int


def keep(db: Connection, account_id: int, subscription: Subscription, now: datetime, before: str = "") -> None:
    """Push to a browser from now on, and no more at the address that it had `before`; of too many the oldest go."""
    if before != subscription.endpoint:
        drop(db, account_id, before)
    newest = db.scalar(select(func.coalesce(func.max(t.outbox.c.id), 0)).where(t.outbox.c.account_id == account_id))
    keys = (subscription.endpoint, subscription.p256dh, subscription.auth)
    values = zip(_NEW, (account_id, *keys, now, newest, 0, None), strict=True)
    db.execute(_KEEP.on(db).values(dict(values)))
    mine = select(_ROW.id).where(_ROW.account_id == account_id).order_by(_ROW.created_at.desc(), _ROW.id.desc())
    old = list(db.scalars(mine.offset(MOST)))
    db.execute(delete(t.push_subscription).where(_ROW.id.in_(old)))


def is_kept(db: Connection, account_id: int, endpoint: str) -> bool:
    """Whether an account is pushed to at an address."""
    mine = (_ROW.account_id == account_id, _ROW.endpoint == endpoint)
    return db.scalar(select(_ROW.id).where(*mine)) is not None


def drop(db: Connection, account_id: int, endpoint: str) -> None:
    """Push to a browser no more."""
    db.execute(delete(t.push_subscription).where(_ROW.account_id == account_id, _ROW.endpoint == endpoint))


def end(db: Connection, endpoint: str) -> None:
    """Forget an address that the push service no longer knows, whoever's chats it was for."""
    db.execute(delete(t.push_subscription).where(_ROW.endpoint == endpoint))


def is_any_due(db: Connection, machine: datetime, now: datetime) -> bool:
    """Whether somebody is to be knocked for; reads only."""
    return db.execute(_due(machine, now).limit(1)).first() is not None


def take(db: Connection, most: int, machine: datetime, now: datetime) -> list[Knock]:
    """Take up to `most` knocks in hand. `machine` is the clock of back-off, `now` the conversation's."""
    due = _due(machine, now).order_by(_ROW.id).limit(most).with_for_update(of=t.push_subscription, skip_locked=True)
    knocks = [
        Knock(row.id, Subscription(row.endpoint, row.p256dh, row.auth), row.language, row.attempts, row.newest, before)
        for row in db.execute(due)
        for before in (row.knocked_row,)
    ]
    for knock in knocks:
        db.execute(update(t.push_subscription).where(_ROW.id == knock.id).values(knocked_row=knock.row))
    return knocks


def knocked(db: Connection, knocks: Sequence[Knock]) -> None:
    """Note knocks that went, or of which nobody knows: they are not repeated."""
    ids = [knock.id for knock in knocks]
    db.execute(update(t.push_subscription).where(_ROW.id.in_(ids)).values(attempts=0, next_at=None))


def put_off(db: Connection, knock: Knock, next_at: datetime) -> None:
    """Try a knock again later that surely did not go."""
    mine = (_ROW.id == knock.id, _ROW.knocked_row == knock.row)
    again = {"knocked_row": knock.before, "attempts": knock.attempts + 1, "next_at": next_at}
    db.execute(update(t.push_subscription).where(*mine).values(**again))


def _due(machine: datetime, now: datetime) -> Select[tuple[int, str, str, str, int, int, str, int]]:
    """Select whom to knock for: subscriptions of people with a newer unasked message that nobody has looked at."""
    waiting = (
        select(func.max(t.outbox.c.id))
        .where(
            t.outbox.c.account_id == _ROW.account_id,
            t.outbox.c.id > _ROW.knocked_row,
            t.outbox.c.kind.in_(_UNASKED),
            is_open(t.outbox),
            is_pending(t.outbox),
            t.outbox.c.body != "",
            t.outbox.c.created_at <= now - GRACE,
        )
        .with_hint(t.outbox, OPEN_INDEX, "sqlite")
        .scalar_subquery()
    )
    rested = or_(_ROW.next_at.is_(None), _ROW.next_at <= machine, _ROW.next_at > machine + LONGEST_WAIT)
    columns = (_ROW.id, _ROW.endpoint, _ROW.p256dh, _ROW.auth, _ROW.attempts, _ROW.knocked_row)
    return (
        select(*columns, t.person.c.language, waiting.label("newest"))
        .join(t.account, t.account.c.id == _ROW.account_id)
        .join(t.person, t.person.c.id == t.account.c.person_id)
        .where(and_(rested, waiting.is_not(None)))
    )
