"""Messages in hand: each is claimed once, finished by the worker that claimed it, and never lost if that dies (R5).

A row is `pending`, then `sending` under a token and a lease, then `sent`, `pending` again, `uncertain`, `dead` or
`skipped`. Within a chat rows go in order and one at a time, a lower priority number first; a row in back-off holds back
only its own priority; `storage.delivery.chat_queue` knows whose turn it is. Leases and back-off are on the machine's
clock, never on the conversation's: the demo moves that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, null, or_, select, update

from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.writer import touch
from storage.delivery import chat_queue, offers
from storage.delivery.chat_queue import Head, is_sending
from storage.tables.states import OutboxKind, OutboxState


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row in hand; `address` is the chat's id on its platform."""

    id: int
    account_id: int
    person_id: int | None
    kind: str
    body: str
    attempts: int
    address: str
    token: str


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """The outcome of a claimed row. If it stays `pending`, it says when it may be tried again (machine clock)."""

    row: Claimed
    state: str
    external_id: str = ""
    error: str = ""
    next_at: datetime | None = None


LEASE = timedelta(seconds=20)
"""How long a dead worker blocks a chat. A live one renews in time, however slow the sending is. The replicas' clocks
must differ by less than a third of it."""
LONGEST_LEASE = LEASE * 2
"""The longest lease that another replica may see, whose clock is behind or whose statement waited for a while."""
LONGEST_WAIT = timedelta(hours=6)
"""The longest until a message is tried again, as for a bot whose month is used up. A time further ahead was written by
a clock that was wrong, and counts as over; so does a lease beyond the longest."""
MOST_PASSED = 200
"""Queues that one look takes out of the line without a message to send."""
LAPSED = "lease_expired"
"""A condition: the row's worker died, or could not reach the database for as long."""
_IN_HAND_INDEX = "INDEXED BY ix_outbox_sending"
_ROW = t.outbox.alias("o")
_TAKE = Prepared(
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"), t.outbox.c.state == OutboxState.PENDING)
    .values(state=OutboxState.SENDING, token=bindparam("mine"), lease_until=bindparam("lease"))
)
_MINE = and_(
    t.outbox.c.id == bindparam("row"), t.outbox.c.token == bindparam("mine"), t.outbox.c.state == OutboxState.SENDING
)
_RENEW = Prepared(update(t.outbox).where(_MINE).values(lease_until=bindparam("lease")))
_FINISH = Prepared(
    update(t.outbox)
    .where(_MINE)
    .values(
        state=bindparam("new_state"),
        external_id=bindparam("new_external_id"),
        error=bindparam("new_error"),
        attempts=t.outbox.c.attempts + 1,
        next_at=bindparam("new_next_at"),
        sent_at=bindparam("new_sent_at"),
        token="",
        lease_until=null(),
        queued=null(),
    )
)


def claim(
    db: Connection, channel: str, bot: str, most: int, *, token: str, machine: datetime, lease_until: datetime
) -> list[Claimed]:
    """Take up to `most` rows of a bot's chats in hand, at most one a chat, answers before reminders."""
    furthest = machine + LONGEST_WAIT
    chat_queue.fill(db)
    chat_queue.wake(db, machine, furthest)
    claimed: dict[int, Claimed] = {}
    passed = 0
    while len(claimed) < most and passed < MOST_PASSED:
        wanted = most - len(claimed) + passed
        heads = chat_queue.heads(db, channel, bot, wanted)
        ready = _sort_out(db, heads, most - len(claimed), machine, furthest)
        rows = [Claimed(row, head.account_id, *head.message, head.address, token) for row, head in ready.items()]
        _TAKE.run_each(db, ({"row": row.id, "mine": token, "lease": lease_until} for row in rows))
        claimed |= {row.account_id: row for row in rows}
        passed += len(heads) - len(rows)
        if len(heads) < wanted:
            break
    return list(claimed.values())


def _sort_out(
    db: Connection, heads: Iterable[Head], most: int, machine: datetime, furthest: datetime
) -> dict[int, Head]:
    """Find the first rows that may go, one a chat. Queues that have to wait or have nothing to send leave the line."""
    ready: dict[int, Head] = {}
    chats: set[int] = set()
    asleep: list[Head] = []
    over: list[Head] = []
    for head in heads:
        if head.row is None or not head.usable:
            over.append(head)
        elif head.next_at is not None and machine < head.next_at <= furthest:
            asleep.append(head)
        elif len(ready) < most and head.account_id not in chats:
            chats.add(head.account_id)
            ready[head.row] = head
    chat_queue.go_on(db, list(ready.values()))
    chat_queue.sleep(db, asleep)
    chat_queue.leave(db, over)
    return ready


def renew(db: Connection, rows: Iterable[Claimed], lease_until: datetime) -> None:
    """Keep rows in hand for longer; one whose lease another worker reaped is left alone."""
    _RENEW.run_each(db, ({"row": row.id, "mine": row.token, "lease": lease_until} for row in rows))


def finish(db: Connection, results: Sequence[ClaimResult], now: datetime) -> None:
    """Write down the outcomes of claimed rows; a row whose lease another worker reaped is left alone."""
    _FINISH.run_each(db, (_finished(result, now) for result in results))
    unsure = [result.row for result in results if result.state == OutboxState.UNCERTAIN]
    offers.note(db, [(row.id, row.body) for row in unsure])
    for result in results:
        if result.state == OutboxState.PENDING:
            touch(db, result.row.account_id)


def _finished(result: ClaimResult, now: datetime) -> dict[str, Any]:
    return {
        "row": result.row.id,
        "mine": result.row.token,
        "new_state": result.state,
        "new_external_id": result.external_id,
        "new_error": result.error,
        "new_next_at": result.next_at,
        "new_sent_at": now if result.state == OutboxState.SENT else None,
    }


def reap(db: Connection, machine: datetime, most_attempts: int) -> int:
    """Free the rows of dead workers, and return how many. Answers are sent again; reminders become `uncertain`.

    It counts as an attempt: a message that kills every worker is given up like one that cannot be sent.
    """
    lapsed = select(_ROW.c.id, _ROW.c.kind, _ROW.c.attempts, _ROW.c.body).where(_has_lapsed(_ROW, machine))
    rows = db.execute(lapsed.with_hint(_ROW, _IN_HAND_INDEX, "sqlite")).all()
    reminders = [(row.id, row.body) for row in rows if row.kind == OutboxKind.DIGEST]
    last = [row.id for row in rows if row.kind != OutboxKind.DIGEST and row.attempts + 1 >= most_attempts]
    again = [row.id for row in rows if row.kind != OutboxKind.DIGEST and row.attempts + 1 < most_attempts]
    offers.note(db, reminders)
    _free(db, [row for row, _ in reminders], machine, state=OutboxState.UNCERTAIN, error=LAPSED)
    _free(db, last, machine, state=OutboxState.DEAD, error=f"gave_up: {LAPSED}")
    _free(db, again, machine, state=OutboxState.PENDING, error=LAPSED)
    return len(rows)


def _has_lapsed(rows: FromClause, machine: datetime) -> ColumnElement[bool]:
    over = or_(rows.c.lease_until <= machine, rows.c.lease_until > machine + LONGEST_LEASE)
    return and_(is_sending(rows), over)


def _free(db: Connection, ids: Collection[int], machine: datetime, **values: str) -> None:
    """Free rows that are still lapsed: another replica may have reaped one, and a third worker claimed it again."""
    lapsed = and_(t.outbox.c.id.in_(ids), _has_lapsed(t.outbox, machine))
    fresh = {"token": "", "lease_until": None, "queued": None}
    freed = update(t.outbox).where(lapsed).values(attempts=t.outbox.c.attempts + 1, **fresh, **values)
    for account_id in db.scalars(freed.returning(t.outbox.c.account_id)) if ids else ():
        touch(db, account_id)


def move(db: Connection, claimed: Claimed, account_id: int, body: str) -> None:
    """Send a claimed row, with this text, to another account of its person instead.

    An answer becomes a notice there: nobody asked for it in that chat. Its choices become the menu when it is claimed.
    """
    mine = {"row": claimed.id, "mine": claimed.token}
    kind = OutboxKind.NOTICE if claimed.kind == OutboxKind.ANSWER else claimed.kind
    fresh = {"account_id": account_id, "state": OutboxState.PENDING, "token": "", "lease_until": None, "next_at": None}
    fresh |= {"kind": kind, "body": body, "queued": None}
    if db.execute(update(t.outbox).where(_MINE).values(**fresh), mine).rowcount:
        touch(db, account_id)
