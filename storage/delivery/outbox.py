"""Puts messages in line, in one way only; changes them or takes them back while nobody has them in hand.

`storage.delivery.claims` handles rows from the moment a worker takes them in hand.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from messages import Outgoing, encode
from messages.channels import Ability, able
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.writer import touch
from storage.delivery.chat_queue import is_open, is_pending
from storage.tables.states import OutboxKind, OutboxState, Priority, written_out

PRIORITIES: Mapping[OutboxKind, Priority] = {
    OutboxKind.ANSWER: Priority.ANSWER,
    OutboxKind.NOTICE: Priority.NOTICE,
    OutboxKind.DIGEST: Priority.DIGEST,
}
NEW = {"state": OutboxState.PENDING.value, "token": "", "attempts": 0, "external_id": "", "error": ""}
"""The values with which every row begins."""
_ADD = Prepared(
    insert(t.outbox),
    ("account_id", "person_id", "inbox_id", "kind", "priority", "body", "lasting", "created_at", *NEW),
)
_ROW = t.outbox.alias("o")


@dataclass(frozen=True, slots=True)
class Uncomposed:
    """A digest without a text; `token` is that of the worker that has it in hand, if any."""

    id: int
    account_id: int
    person_id: int
    token: str = ""


def queue(
    db: Connection,
    kind: OutboxKind,
    account_id: int,
    messages: Iterable[Outgoing],
    now: datetime,
    *,
    person_id: int | None,
    inbox_id: int | None = None,
) -> None:
    """Put messages to a chat in line, in their order. `inbox_id` is the update that they answer.

    Digests go in by the thousand, by one statement of `storage.delivery.digests`.
    """
    touch(db, account_id)
    row = {"account_id": account_id, "person_id": person_id, "inbox_id": inbox_id, "created_at": now, **NEW}
    for message in messages:
        said = {"body": encode(message), "lasting": message.lasting}
        _ADD.run(db, **row, **said, kind=kind.value, priority=PRIORITIES[kind].value)


def queue_notices(db: Connection, notices: Sequence[tuple[int, int, str]], now: datetime) -> list[int]:
    """Put lasting notices in line, each an account, its person and a body; return the ids of their rows, in order."""
    kind = {"kind": OutboxKind.NOTICE.value, "priority": PRIORITIES[OutboxKind.NOTICE].value, "lasting": True}
    rows = [
        {**NEW, **kind, "account_id": account_id, "person_id": person_id, "body": body, "created_at": now}
        for account_id, person_id, body in notices
    ]
    for account_id, _, _ in notices:
        touch(db, account_id)
    written = insert(t.outbox).returning(t.outbox.c.id, sort_by_parameter_order=True)
    return list(db.scalars(written, rows)) if rows else []


def set_body(db: Connection, row: int, body: str | None, token: str = "") -> bool:
    """Give a digest its text. False if that worker no longer has it in hand (without a token: if any worker has).

    A text of None means that nothing is left to say: the digest is `skipped`, and its day is free for another.
    """
    values = {"body": body} if body is not None else {"state": OutboxState.SKIPPED, "local_day": None, "token": ""}
    return db.execute(update(t.outbox).where(_held(row, token)).values(**values)).rowcount == 1


def bury(db: Connection, row: int, error: str, token: str = "") -> bool:
    """Give up a row that can never be sent. The result is that of `set_body`."""
    dead = {"state": OutboxState.DEAD, "error": error, "token": ""}
    return db.execute(update(t.outbox).where(_held(row, token)).values(**dead)).rowcount == 1


def _held(row: int, token: str) -> ColumnElement[bool]:
    """A condition: nobody else has claimed, reaped or finished the row since it was looked at."""
    state = OutboxState.SENDING if token else OutboxState.PENDING
    return and_(t.outbox.c.id == row, t.outbox.c.state == state, t.outbox.c.token == token)


def uncomposed_on_pulled_channels(db: Connection, after: int, most: int) -> list[int]:
    """Find the next digests (by id) that nobody will claim: they must hold their text when the chat is looked at."""
    rows = select(_ROW.c.id).join(t.account, t.account.c.id == _ROW.c.account_id).where(_ROW.c.id > after)
    pulled = rows.where(_is_uncomposed(_ROW), t.account.c.channel.not_in(able(Ability.PUSH)))
    ordered = pulled.with_hint(_ROW, "INDEXED BY ix_outbox_uncomposed", "sqlite").order_by(_ROW.c.id)
    return list(db.scalars(ordered.limit(most)))


def uncomposed(db: Connection, ids: Collection[int]) -> list[Uncomposed]:
    """Find and lock which of some digests nobody has in hand and still have no text."""
    rows = select(_ROW.c.id, _ROW.c.account_id, _ROW.c.person_id).where(_ROW.c.id.in_(ids), _is_uncomposed(_ROW))
    return [Uncomposed(*row) for row in db.execute(rows.order_by(_ROW.c.id).with_for_update())]


def _is_uncomposed(rows: FromClause) -> ColumnElement[bool]:
    """A condition written as in the partial index."""
    digest = and_(rows.c.kind == written_out(OutboxKind.DIGEST), is_pending(rows))
    return and_(digest, rows.c.body == literal_column("''"))


def _overtaken(account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Select a chat's open answers that an answer to a later update has overtaken, except lasting ones."""
    of_chat = and_(is_open(t.outbox), t.outbox.c.account_id == account_id, t.outbox.c.priority == Priority.ANSWER)
    answers = and_(of_chat, t.outbox.c.kind == OutboxKind.ANSWER)
    newest = select(func.max(t.outbox.c.inbox_id)).where(answers).scalar_subquery()
    return answers & (t.outbox.c.inbox_id < newest) & ~t.outbox.c.lasting


_OVERTAKE = update(t.outbox).values(state=OutboxState.SKIPPED, error="overtaken", token="")
_CHAT = select(t.account.c.id).where(
    t.account.c.channel == bindparam("channel"),
    t.account.c.bot == bindparam("bot"),
    t.account.c.external_id == bindparam("account"),
)
_THIN_OUT = Prepared(_OVERTAKE.where(_overtaken(_CHAT.scalar_subquery()), t.outbox.c.state == OutboxState.PENDING))


def move_waiting(db: Connection, person_id: int, account_id: int, other_id: int) -> None:
    """Send unasked messages that nobody has in hand to another account of their person instead."""
    unasked = and_(t.outbox.c.kind.in_((OutboxKind.NOTICE, OutboxKind.DIGEST)), is_pending(t.outbox), is_open(t.outbox))
    mine = and_(unasked, t.outbox.c.person_id == person_id, t.outbox.c.account_id == account_id)
    if db.execute(update(t.outbox).where(mine).values(account_id=other_id, next_at=None, queued=None)).rowcount:
        touch(db, other_id)


def overtake(db: Connection, account_id: int) -> set[int]:
    """Skip a chat's overtaken answers, even those in hand, and return their ids."""
    touch(db, account_id)
    skipped = _OVERTAKE.where(_overtaken(literal(account_id))).returning(t.outbox.c.id)
    return set(db.scalars(skipped))


def thin_out(db: Connection, channel: str, bot: str, account: str) -> None:
    """Skip a chat's overtaken answers that nobody has in hand yet."""
    _THIN_OUT.run(db, channel=channel, bot=bot, account=account)


def readdress(db: Connection, account_id: int, external_id: str) -> bool:
    """Note the new id that the platform gave a chat. False if another account has it already."""
    old = select(t.account.c.channel, t.account.c.bot).where(t.account.c.id == account_id).subquery()
    same = select(t.account.c.id).join(old, (t.account.c.channel == old.c.channel) & (t.account.c.bot == old.c.bot))
    if db.scalar(same.where(t.account.c.external_id == external_id)) is not None:
        return False
    db.execute(update(t.account).where(t.account.c.id == account_id).values(external_id=external_id))
    return True
