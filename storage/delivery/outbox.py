"""What is to be sent: claimed once, finished by whoever claimed it, never lost with a worker that died (R5).

A row is `pending`, then `sending` under a token and a lease, then `sent`, `pending` again, `uncertain`, `dead` or
`skipped`. Within a chat rows go in order and one at a time, a lower priority number first; a row in back-off holds back
only its own priority; `storage.delivery.chat_queue` knows whose turn it is. Leases and back-off are on the machine's
clock, never on the conversation's: the demo moves that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)

from messages.channels import Ability, able
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.writer import touch
from storage.delivery import chat_queue
from storage.delivery.chat_queue import Head, is_open, is_pending, is_sending


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
class Result:
    """What became of a claimed row. A row that goes on (`pending`) says when it may be tried again (machine clock)."""

    row: Claimed
    state: str
    external_id: str = ""
    error: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Uncomposed:
    """A digest without a text; `token` of the worker that has it in hand, if one has."""

    id: int
    account_id: int
    person_id: int
    token: str = ""


LEASE = timedelta(seconds=20)
"""How long a chat is blocked by a worker that died. One that lives renews in time however slow the sending is; the
replicas' clocks may differ by less than a third of it."""
LONGEST_LEASE = LEASE * 2
"""As another replica may see it, whose clock is behind or whose statement waited for a while."""
LONGEST_WAIT = timedelta(hours=6)
"""Until a message is tried again, as where a bot's month is used up. A time that lies further ahead was written by a
clock that was wrong, and counts as over; so does a lease beyond the longest."""
ANSWER_PRIORITY = 0
MOST_PASSED = 200
"""Queues that one look takes out of the line without a message to send."""
LAPSED = "lease_expired"
"""Its worker died, or could not reach the database for as long."""
_LASTING = '"lasting":true'
"""As `messages.encode` writes it; in a text its quotes would be escaped."""
_IN_HAND_INDEX = "INDEXED BY ix_outbox_sending"
_ROW = t.outbox.alias("o")
_TAKE = Prepared(
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"), t.outbox.c.state == "pending")
    .values(state="sending", token=bindparam("mine"), lease_until=bindparam("lease"))
)
_MINE = and_(t.outbox.c.id == bindparam("row"), t.outbox.c.token == bindparam("mine"), t.outbox.c.state == "sending")
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
    """The first rows that may go, one a chat; what has to wait, or has nothing to send, leaves the others' way."""
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


def finish(db: Connection, results: Sequence[Result], now: datetime) -> None:
    """Write down what became of claimed rows; a row whose lease another worker reaped is left alone."""
    _FINISH.run_each(db, (_finished(result, now) for result in results))
    for result in results:
        if result.state == "pending":
            touch(db, result.row.account_id)


def _finished(result: Result, now: datetime) -> dict[str, Any]:
    return {
        "row": result.row.id,
        "mine": result.row.token,
        "new_state": result.state,
        "new_external_id": result.external_id,
        "new_error": result.error,
        "new_next_at": result.next_at,
        "new_sent_at": now if result.state == "sent" else None,
    }


def reap(db: Connection, machine: datetime, most_attempts: int) -> int:
    """Free what died with its worker: answers are sent again, of reminders nobody knows. How many there were.

    It was an attempt: a message that kills every worker that takes it is given up like one that nobody can send.
    """
    lapsed = select(_ROW.c.id, _ROW.c.kind, _ROW.c.attempts).where(_has_lapsed(_ROW, machine))
    rows = db.execute(lapsed.with_hint(_ROW, _IN_HAND_INDEX, "sqlite")).all()
    reminders = [row.id for row in rows if row.kind == "digest"]
    last = [row.id for row in rows if row.kind != "digest" and row.attempts + 1 >= most_attempts]
    again = [row.id for row in rows if row.kind != "digest" and row.attempts + 1 < most_attempts]
    _free(db, reminders, machine, state="uncertain", error=LAPSED)
    _free(db, last, machine, state="dead", error=f"gave_up: {LAPSED}")
    _free(db, again, machine, state="pending", error=LAPSED)
    return len(rows)


def _has_lapsed(rows: FromClause, machine: datetime) -> ColumnElement[bool]:
    over = or_(rows.c.lease_until <= machine, rows.c.lease_until > machine + LONGEST_LEASE)
    return and_(is_sending(rows), over)


def _free(db: Connection, ids: Collection[int], machine: datetime, **values: str) -> None:
    """Only what is still lapsed: another replica may have reaped it, and a third worker claimed it again."""
    lapsed = and_(t.outbox.c.id.in_(ids), _has_lapsed(t.outbox, machine))
    fresh = {"token": "", "lease_until": None, "queued": None}
    freed = update(t.outbox).where(lapsed).values(attempts=t.outbox.c.attempts + 1, **fresh, **values)
    for account_id in db.scalars(freed.returning(t.outbox.c.account_id)) if ids else ():
        touch(db, account_id)


def set_body(db: Connection, row: int, body: str | None, token: str = "") -> bool:
    """Give a digest its text; whether it was still in that worker's hands (without a token, in nobody's).

    None, nothing left to say: it is `skipped`, and its day is free for another.
    """
    values = {"body": body} if body is not None else {"state": "skipped", "local_day": None, "token": ""}
    return db.execute(update(t.outbox).where(_held(row, token)).values(**values)).rowcount == 1


def bury(db: Connection, row: int, error: str, token: str = "") -> bool:
    """A row that can never be sent; whether it was still in that worker's hands (without a token, in nobody's)."""
    dead = {"state": "dead", "error": error, "token": ""}
    return db.execute(update(t.outbox).where(_held(row, token)).values(**dead)).rowcount == 1


def _held(row: int, token: str) -> ColumnElement[bool]:
    """Another worker may have claimed, reaped or finished a row since it was looked at."""
    state = "sending" if token else "pending"
    return and_(t.outbox.c.id == row, t.outbox.c.state == state, t.outbox.c.token == token)


def uncomposed_on_pulled_channels(db: Connection, after: int, most: int) -> list[int]:
    """The next digests (by id) that nobody will claim: they must hold their text when the chat is looked at."""
    rows = select(_ROW.c.id).join(t.account, t.account.c.id == _ROW.c.account_id).where(_ROW.c.id > after)
    pulled = rows.where(_is_uncomposed(_ROW), t.account.c.channel.not_in(able(Ability.PUSH)))
    ordered = pulled.with_hint(_ROW, "INDEXED BY ix_outbox_uncomposed", "sqlite").order_by(_ROW.c.id)
    return list(db.scalars(ordered.limit(most)))


def uncomposed(db: Connection, ids: Collection[int]) -> list[Uncomposed]:
    """Those of some digests that nobody has in hand and that still have no text; nobody adds to them meanwhile."""
    rows = select(_ROW.c.id, _ROW.c.account_id, _ROW.c.person_id).where(_ROW.c.id.in_(ids), _is_uncomposed(_ROW))
    return [Uncomposed(*row) for row in db.execute(rows.order_by(_ROW.c.id).with_for_update())]


def _is_uncomposed(rows: FromClause) -> ColumnElement[bool]:
    """Written out, as in the partial index."""
    digest = and_(rows.c.kind == literal_column("'digest'"), rows.c.state == literal_column("'pending'"))
    return and_(digest, rows.c.body == literal_column("''"))


def move(db: Connection, claimed: Claimed, account_id: int, body: str) -> None:
    """Send a claimed row to another account of its person instead, in these words.

    An answer is a notice there: nobody asked for it in that chat, and its choices become the menu when it is claimed.
    """
    mine = {"row": claimed.id, "mine": claimed.token}
    kind = "notice" if claimed.kind == "answer" else claimed.kind
    fresh = {"account_id": account_id, "state": "pending", "token": "", "lease_until": None, "next_at": None}
    fresh |= {"kind": kind, "body": body, "queued": None}
    if db.execute(update(t.outbox).where(_MINE).values(**fresh), mine).rowcount:
        touch(db, account_id)


def _overtaken(account_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Those of a chat's open answers that an answer to a later update has overtaken, but none that lasts."""
    of_chat = and_(is_open(t.outbox), t.outbox.c.account_id == account_id, t.outbox.c.priority == ANSWER_PRIORITY)
    answers = and_(of_chat, t.outbox.c.kind == "answer")
    newest = select(func.max(t.outbox.c.inbox_id)).where(answers).scalar_subquery()
    return answers & (t.outbox.c.inbox_id < newest) & ~t.outbox.c.body.contains(_LASTING, autoescape=True)


_OVERTAKE = update(t.outbox).values(state="skipped", error="overtaken", token="")
_CHAT = select(t.account.c.id).where(
    t.account.c.channel == bindparam("channel"),
    t.account.c.bot == bindparam("bot"),
    t.account.c.external_id == bindparam("account"),
)
_THIN_OUT = Prepared(_OVERTAKE.where(_overtaken(_CHAT.scalar_subquery()), t.outbox.c.state == "pending"))


def move_waiting(db: Connection, person_id: int, account_id: int, other_id: int) -> None:
    """Send what nobody asked for, and nobody has in hand, to another account of its person instead."""
    unasked = and_(t.outbox.c.kind.in_(("notice", "digest")), is_pending(t.outbox), is_open(t.outbox))
    mine = and_(unasked, t.outbox.c.person_id == person_id, t.outbox.c.account_id == account_id)
    if db.execute(update(t.outbox).where(mine).values(account_id=other_id, next_at=None, queued=None)).rowcount:
        touch(db, other_id)


def overtake(db: Connection, account_id: int) -> set[int]:
    """Skip a chat's overtaken answers, also those in hand; their ids."""
    touch(db, account_id)
    skipped = _OVERTAKE.where(_overtaken(literal(account_id))).returning(t.outbox.c.id)
    return set(db.scalars(skipped))


def thin_out(db: Connection, channel: str, bot: str, account: str) -> None:
    """Skip a chat's overtaken answers that nobody has in hand yet."""
    _THIN_OUT.run(db, channel=channel, bot=bot, account=account)


def readdress(db: Connection, account_id: int, external_id: str) -> bool:
    """The platform gave a chat a new id; false if another account has it already."""
    old = select(t.account.c.channel, t.account.c.bot).where(t.account.c.id == account_id).subquery()
    same = select(t.account.c.id).join(old, (t.account.c.channel == old.c.channel) & (t.account.c.bot == old.c.bot))
    if db.scalar(same.where(t.account.c.external_id == external_id)) is not None:
        return False
    db.execute(update(t.account).where(t.account.c.id == account_id).values(external_id=external_id))
    return True


def proved(db: Connection, person_id: int, choice: str, now: datetime) -> None:
    """A pressed button proves that the reminder arrived that offered it: it is no longer uncertain."""
    digest = and_(t.outbox.c.person_id == person_id, t.outbox.c.kind == literal_column("'digest'"))
    offering = t.outbox.c.body.contains(f'["{choice}",', autoescape=True)
    uncertain = and_(digest, t.outbox.c.state == "uncertain", offering)
    db.execute(update(t.outbox).where(uncertain).values(state="sent", sent_at=now))
