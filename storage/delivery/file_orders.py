"""Files that people asked for: put down in the turn, taken in hand by their maker, and closed when they are sent.

An order is `asked` until it is `made` or `failed`. Whoever makes its file holds it under a token and a lease on the
machine's clock, as messages are held (`storage.delivery.claims`): if a worker dies, another one takes it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from messages import Choice, Document, Outgoing, decode, encode
from storage import tables as t
from storage.tables.states import AttachmentState, FileOrderState

LEASE = timedelta(seconds=60)
"""How long a dead worker's orders wait. A live one renews its lease every few seconds."""
LONGEST_LEASE = LEASE * 2
"""A lease that lies further ahead was written by a clock that was wrong, and counts as over."""

_ROW = t.file_order.c


@dataclass(frozen=True, slots=True)
class Order:
    """A file for a person: its recipe, what stands under it, and what is said if it cannot be made.

    `account_id` and `inbox_id` are those of the message that asked; without them the person's best account gets it.
    """

    person_id: int
    document: Document
    recipe: str
    choices: tuple[Choice, ...]
    sorry: Outgoing
    account_id: int | None = None
    inbox_id: int | None = None
    attachment_id: int | None = None
    """What somebody sent and is to be read: until it is here the order waits."""


@dataclass(frozen=True, slots=True)
class OrderInHand:
    """An order that a worker holds; `token` proves it. `told`: its reader was told how far it is."""

    id: int
    person_id: int
    account_id: int | None
    inbox_id: int | None
    document: Document
    choices: tuple[Choice, ...]
    sorry: Outgoing
    attempts: int
    told: bool
    token: str


def add(db: Connection, order: Order, now: datetime) -> None:
    """Put an order down. A file that is asked for again, in the same chat, before it is made is not made twice."""
    if db.scalar(select(_ROW.id).where(_is_waiting(), _same(order)).limit(1)) is not None:
        return
    values = {
        "person_id": order.person_id,
        "account_id": order.account_id,
        "inbox_id": order.inbox_id,
        "attachment_id": order.attachment_id,
        "kind": order.document.kind,
        "data": dict(order.document.data),
        "recipe": order.recipe,
        "name": order.document.name,
        "choices": json.dumps([[each.id, each.label, each.word] for each in order.choices], ensure_ascii=False),
        "sorry": encode(order.sorry),
        "state": FileOrderState.ASKED,
        "asked_at": now,
        **_FREE,
    }
    db.execute(insert(t.file_order).values(attempts=0, told=False, sha256="", error="", **values))


_FREE: Mapping[str, Any] = {"token": "", "lease_until": None}


def _same(order: Order) -> ColumnElement[bool]:
    return and_(
        _ROW.person_id == order.person_id,
        _ROW.recipe == order.recipe,
        _ROW.account_id.is_(None) if order.account_id is None else _ROW.account_id == order.account_id,
    )


def _is_waiting() -> ColumnElement[bool]:
    return _ROW.state == FileOrderState.ASKED


def count_waiting(db: Connection, person_id: int) -> int:
    """How many files somebody has asked for that are not made yet."""
    return db.scalar(select(func.count()).where(_is_waiting(), _ROW.person_id == person_id)) or 0


def was_sent(db: Connection, person_id: int, recipe: str, since: datetime) -> bool:
    """Whether such a file was sent, or is to be, to somebody who did not ask, after `since`."""
    theirs = and_(_ROW.person_id == person_id, _ROW.account_id.is_(None), _ROW.asked_at > since)
    found = select(_ROW.id).where(theirs, _ROW.recipe == recipe, _ROW.state != FileOrderState.FAILED)
    return db.scalar(found.limit(1)) is not None


def take(db: Connection, token: str, machine: datetime, account_id: int | None = None) -> list[OrderInHand]:
    """Take the next file in hand: all orders that wait for the same one, or none. Answers come before unasked files.

    With an account, only what was asked for in that chat.
    """
    free = and_(_is_waiting(), _is_free(machine), ~_is_to_come())
    mine = free if account_id is None else and_(free, _ROW.account_id == account_id)
    recipe = db.scalar(select(_ROW.recipe).where(mine).order_by(_ROW.inbox_id.is_(None), _ROW.id).limit(1))
    if recipe is None:
        return []
    held = update(t.file_order).where(mine, _ROW.recipe == recipe)
    db.execute(held.values(token=token, lease_until=machine + LEASE, attempts=_ROW.attempts + 1))
    rows = db.execute(select(t.file_order).where(_is_waiting(), _ROW.token == token).order_by(_ROW.id))
    return [_in_hand(row) for row in rows.mappings()]


def _is_free(machine: datetime) -> ColumnElement[bool]:
    over = or_(_ROW.lease_until <= machine, _ROW.lease_until > machine + LONGEST_LEASE)
    return or_(_ROW.token == "", over)


def _is_to_come() -> ColumnElement[bool]:
    """A condition: what is to be read is still being fetched from its platform."""
    sent = t.attachment.c
    return exists().where(sent.id == _ROW.attachment_id, sent.state == AttachmentState.PENDING)


def _in_hand(row: Mapping[Any, Any]) -> OrderInHand:
    return OrderInHand(
        id=row["id"],
        person_id=row["person_id"],
        account_id=row["account_id"],
        inbox_id=row["inbox_id"],
        document=Document(row["kind"], row["data"], row["name"]),
        choices=tuple(Choice(*each) for each in json.loads(row["choices"])),
        sorry=decode(row["sorry"]),
        attempts=row["attempts"],
        told=row["told"],
        token=row["token"],
    )


def renew(db: Connection, token: str, machine: datetime) -> None:
    """Keep what is in hand."""
    db.execute(update(t.file_order).where(_is_waiting(), _ROW.token == token).values(lease_until=machine + LEASE))


def release(db: Connection, token: str) -> None:
    """Let go of what is in hand, so that it is made later or by another worker."""
    values = {**_FREE, "attempts": _ROW.attempts - 1}
    db.execute(update(t.file_order).where(_is_waiting(), _ROW.token == token).values(**values))


def note_told(db: Connection, token: str) -> None:
    """Remember that the readers were told how far it is."""
    db.execute(update(t.file_order).where(_is_waiting(), _ROW.token == token).values(told=True))


def still_in_hand(db: Connection, orders: Sequence[OrderInHand]) -> list[OrderInHand]:
    """Those of some orders that nobody else has taken, and that were not deleted; locked until the commit."""
    tokens = {order.token for order in orders}
    rows = select(_ROW.id).where(_is_waiting(), _ROW.token.in_(tokens)).with_for_update()
    kept = set(db.scalars(rows))
    return [order for order in orders if order.id in kept]


def close(db: Connection, orders: Collection[int], now: datetime, *, sha256: str = "", error: str = "") -> None:
    """End orders: their file is made or read, or it never will be."""
    state = FileOrderState.FAILED if error else FileOrderState.MADE
    ended = update(t.file_order).where(_ROW.id.in_(orders))
    db.execute(ended.values(state=state, sha256=sha256, error=error, done_at=now, **_FREE))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who waits for a file, and in which channel they asked; `None` where the chat is theirs no more, or none did."""

    channel: str | None
    language: str


def reader_of(db: Connection, order: OrderInHand) -> Reader:
    """The person that an order is for. Raises nothing: an order of somebody unknown cannot be."""
    account, theirs = t.account.c, and_(t.account.c.id == order.account_id, t.account.c.person_id == order.person_id)
    query = select(account.channel, t.person.c.language).select_from(t.person.outerjoin(t.account, theirs))
    return Reader(*db.execute(query.where(t.person.c.id == order.person_id)).one())


def note(db: Connection, order_id: int, data: Mapping[str, Any]) -> None:
    """Keep what was read, or what is left of it."""
    db.execute(update(t.file_order).where(_ROW.id == order_id).values(data=dict(data)))


def read_of(db: Connection, order_id: int, person_id: int, kind: str) -> Mapping[str, Any] | None:
    """What was read for a person by an order of a kind; locked, so that two presses do not both act on it."""
    theirs = (_ROW.id == order_id, _ROW.person_id == person_id, _ROW.kind == kind, _ROW.state == FileOrderState.MADE)
    found: Mapping[str, Any] | None = db.scalar(select(_ROW.data).where(*theirs).with_for_update())
    return found
