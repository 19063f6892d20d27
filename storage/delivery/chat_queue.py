"""Knows which chats have something to send, and whose turn is next. So a look costs the same however much waits.

A row of `chat_queue` stands for a chat's waiting messages of one priority, under the first of them. It is `ready`
(without `wakes_at`) or asleep until its first message may be tried again. A look finds the next ones through an index,
and comes across nothing that cannot go: no messages behind others of their chat, none in back-off, none of accounts
that are lost.

Only a look writes here. A statement that makes a message claimable leaves `outbox.queued` empty, as every new row has
it, and the next look puts the message in line. So rows may come from anywhere, even from an INSERT … SELECT. A look
takes a row out of the line only while it holds locks from before it looked at the chat. Messages written meanwhile are
not queued yet, and come with the next look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    any_,
    bindparam,
    case,
    delete,
    func,
    null,
    select,
    tuple_,
    update,
)

from messages.channels import Ability, can
from storage import tables as t
from storage.db.prepared import DriverRow, Prepared
from storage.db.upsert import NewRow, insert_or_change
from storage.tables.states import OutboxState, written_out

QUEUED_AT_ONCE = 100
"""New messages that one look puts in line, in a millisecond or two; messages to 20,000 people take seconds."""
WOKEN_AT_ONCE = 100
"""Chats that one look wakes: after an outage all are due together."""
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)

OPEN_INDEX = "INDEXED BY ix_outbox_open"
"""Without this index SQLite would go through a chat's whole history; open messages are always few."""
_NEW_INDEX = "INDEXED BY ix_outbox_unqueued"

_ROW = t.outbox.alias("o")
_EARLIER = t.outbox.alias("earlier")
_QUEUE = t.chat_queue.alias("q")


def is_open(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.state.in_([written_out(OutboxState.PENDING), written_out(OutboxState.SENDING)])


def is_pending(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.state == written_out(OutboxState.PENDING)


def is_sending(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.state == written_out(OutboxState.SENDING)


@dataclass(frozen=True, slots=True)
class Head:
    """The first message of a chat's queue, with the one behind it; `row` is `None` if nothing waits there any more."""

    account_id: int
    priority: int
    usable: bool
    address: str
    row: int | None
    message: tuple[int | None, str, str, int]
    """The message's person, kind, body, and number of attempts."""
    next_at: datetime | None
    following: int | None

    @property
    def key(self) -> dict[str, int]:
        return {"chat": self.account_id, "level": self.priority}


_NEW = Prepared(
    select(_ROW.c.id, _ROW.c.account_id, _ROW.c.priority, t.account.c.channel, t.account.c.bot)
    .join(t.account, t.account.c.id == _ROW.c.account_id)
    .where(is_pending(_ROW), _ROW.c.queued.is_(None))
    .order_by(_ROW.c.priority, _ROW.c.id)
    .limit(bindparam("most"))
    .with_hint(_ROW, _NEW_INDEX, "sqlite")
    .with_for_update(of=_ROW, skip_locked=True, key_share=True)
)
_NAMES = ("account_id", "priority", "channel", "bot", "first_row")


def _entering(new: NewRow) -> Mapping[str, Any]:
    kept = t.chat_queue.c.first_row
    return {"wakes_at": null(), "first_row": case((new.first_row < kept, new.first_row), else_=kept)}


_ENTER = insert_or_change(t.chat_queue, _NAMES[:2], _entering).prepared(_NAMES)
_QUEUED = Prepared(update(t.outbox).where(t.outbox.c.id == bindparam("row")).values(queued=True))
_KEY = tuple_(t.chat_queue.c.account_id, t.chat_queue.c.priority)
_WAKE = Prepared(
    update(t.chat_queue)
    .where(
        _KEY.in_(
            select(_QUEUE.c.account_id, _QUEUE.c.priority)
            .where(_QUEUE.c.wakes_at >= bindparam("since"), _QUEUE.c.wakes_at <= bindparam("until"))
            .order_by(_QUEUE.c.wakes_at)
            .limit(WOKEN_AT_ONCE)
            .with_for_update(skip_locked=True, key_share=True)
        )
    )
    .values(wakes_at=null())
)
_IS_BUSY = (
    select(_EARLIER.c.id)
    .where(_EARLIER.c.account_id == _QUEUE.c.account_id, is_sending(_EARLIER))
    .with_hint(_EARLIER, "INDEXED BY ix_outbox_sending", "sqlite")
    .exists()
)
_IS_NEXT = and_(
    _QUEUE.c.channel == bindparam("channel"),
    _QUEUE.c.bot == bindparam("bot"),
    _QUEUE.c.wakes_at.is_(None),
    ~_IS_BUSY,
)
_LOCK = Prepared(
    select(_QUEUE.c.account_id, _QUEUE.c.priority)
    .join(t.account, t.account.c.id == _QUEUE.c.account_id)
    .where(_IS_NEXT)
    .order_by(_QUEUE.c.priority, _QUEUE.c.first_row)
    .limit(bindparam("most"))
    .with_for_update(of=[_QUEUE, t.account], skip_locked=True, key_share=True)
)


def _first(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    of_queue = (_EARLIER.c.account_id == _QUEUE.c.account_id, _EARLIER.c.priority == _QUEUE.c.priority)
    query = select(func.min(_EARLIER.c.id)).where(is_open(_EARLIER), *of_queue, *conditions)
    return query.with_hint(_EARLIER, OPEN_INDEX, "sqlite").scalar_subquery()


_HEADS = (
    select(
        _QUEUE.c.account_id,
        _QUEUE.c.priority,
        t.account.c.usable,
        t.account.c.external_id,
        _ROW.c.id,
        _ROW.c.person_id,
        _ROW.c.kind,
        _ROW.c.body,
        _ROW.c.attempts,
        _ROW.c.next_at,
        _first(_EARLIER.c.id > _ROW.c.id).label("following"),
    )
    .select_from(_QUEUE)
    .join(t.account, t.account.c.id == _QUEUE.c.account_id)
    .outerjoin(_ROW, _ROW.c.id == _first())
    .where(_IS_NEXT)
    .order_by(_QUEUE.c.priority, _QUEUE.c.first_row)
)
_FIRST_HEADS = Prepared(
    {
        "sqlite": _HEADS.limit(bindparam("most")).with_hint(_QUEUE, "INDEXED BY ix_chat_queue_ready", "sqlite"),
        "postgresql": _HEADS.where(_QUEUE.c.account_id == any_(bindparam("chats", type_=ARRAY(BigInteger)))),
    }
)
_OF_KEY = and_(t.chat_queue.c.account_id == bindparam("chat"), t.chat_queue.c.priority == bindparam("level"))
_SLEEP = Prepared(update(t.chat_queue).where(_OF_KEY).values(wakes_at=bindparam("at")))
_GO_ON = Prepared(update(t.chat_queue).where(_OF_KEY).values(first_row=bindparam("row")))
_LEAVE = Prepared(delete(t.chat_queue).where(_OF_KEY))
_ANEW = Prepared(
    update(t.outbox)
    .where(t.outbox.c.account_id == bindparam("chat"), is_open(t.outbox), is_pending(t.outbox))
    .values(queued=null())
)
_ANY_NEW = Prepared(
    select(_ROW.c.id).where(is_pending(_ROW), _ROW.c.queued.is_(None)).limit(1).with_hint(_ROW, _NEW_INDEX, "sqlite")
)


def fill(db: Connection) -> None:
    """Put new messages in line, answers first."""
    rows = _NEW.all(db, most=QUEUED_AT_ONCE)
    entries: dict[tuple[int, int], dict[str, object]] = {}
    for row, account, priority, channel, bot in rows:
        if can(channel, Ability.PUSH):
            entry = zip(_NAMES, (account, priority, channel, bot, row), strict=True)
            entries.setdefault((account, priority), dict(entry))
    _ENTER.run_each(db, (entries[key] for key in sorted(entries)))  # in this order no two looks wait for each other
    _QUEUED.run_each(db, ({"row": row[0]} for row in rows))


def is_behind(db: Connection) -> bool:
    """Whether there are messages that no look has put in line yet."""
    return _ANY_NEW.first(db) is not None


def wake(db: Connection, machine: datetime, furthest: datetime) -> None:
    """Wake chats whose time has come, or lies further ahead than any time that could be written now."""
    _WAKE.run(db, since=datetime(1970, 1, 1, tzinfo=UTC), until=machine)
    _WAKE.run(db, since=furthest, until=_END_OF_TIME)


def heads(db: Connection, channel: str, bot: str, most: int) -> list[Head]:
    """Find the first messages of up to `most` queues of a bot whose turn it is, in chats that have nothing in flight.

    If there are other writers, queues are locked and looked at again. A snapshot from before another replica's commit
    would send two messages of one chat at once, or take a queue out of the line that has just got a new message.
    """
    lane = {"channel": channel, "bot": bot}
    if db.dialect.name == "sqlite":
        return [_head(row) for row in _FIRST_HEADS.all(db, **lane, most=most)]
    locked = set(_LOCK.all(db, **lane, most=most))
    chats = sorted({chat for chat, _ in locked})
    first = _FIRST_HEADS.all(db, **lane, chats=chats) if chats else []
    return [_head(row) for row in first if (row[0], row[1]) in locked]


def _head(row: DriverRow) -> Head:
    account, priority, usable, address, first, *message, next_at, following = row
    return Head(account, priority, usable, address, first, tuple(message), next_at, following)


def go_on(db: Connection, taken: Sequence[Head]) -> None:
    """Put these queues' next messages in the place of the first ones, now in hand; other chats come before them."""
    with_more = [head for head in taken if head.following is not None]
    _GO_ON.run_each(db, ({**head.key, "row": head.following} for head in with_more))
    leave(db, (head for head in taken if head.following is None))


def leave(db: Connection, over: Iterable[Head]) -> None:
    """Take these queues out of the line: nothing waits in them, or nobody can be reached by their chats."""
    _LEAVE.run_each(db, (head.key for head in over))


def sleep(db: Connection, waiting: Iterable[Head]) -> None:
    """Let queues sleep whose first messages have to wait; these hold back the messages behind them."""
    _SLEEP.run_each(db, ({**head.key, "at": head.next_at} for head in waiting))


def enter_again(db: Connection, account_id: int) -> None:
    """Put a chat in line again, which can be reached again."""
    _ANEW.run(db, chat=account_id)
