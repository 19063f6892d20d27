"""The statements that every turn runs. They are prebuilt, since they are most of a turn's cost.

Each takes or returns plain values; the turn knows what they mean.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from messages import Choice, Outgoing
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_change, insert_or_keep
from storage.delivery import chat_queue
from storage.tables.states import InboxState, InterviewStatus, written_out

USED_STEP = timedelta(minutes=10)
"""`account.last_used_at` moves in steps, so that an ordinary turn need not write it."""

_KEY = ("channel", "bot", "account", "message_id")
_INBOX = (*_KEY, "received_at", "state", "error")
_TAKE = insert_or_keep(t.inbox, _KEY).prepared(_INBOX, returning="id")
IS_OPEN = t.interview.c.status == written_out(InterviewStatus.OPEN)
_MENU = ("choices", "interview_id", "revision")
_SENDER = (
    select(
        t.account.c.id,
        t.account.c.person_id,
        t.person.c.name,
        t.person.c.language,
        t.account.c.last_used_at,
        t.account.c.usable,
        *(t.chat_menu.c[name] for name in _MENU),
        t.interview.c.id,
        t.interview.c.form_id,
        t.interview.c.form_version,
        t.interview.c.unit_id,
        t.interview.c.corrects,
        t.interview.c.corrects_revision,
        t.interview.c.state,
    )
    .join(t.person, t.person.c.id == t.account.c.person_id)
    .outerjoin(t.chat_menu, t.chat_menu.c.account_id == t.account.c.id)
    .outerjoin(t.interview, (t.interview.c.person_id == t.person.c.id) & IS_OPEN)
    .where(
        t.account.c.channel == bindparam("channel"),
        t.account.c.bot == bindparam("bot"),
        t.account.c.external_id == bindparam("account"),
    )
)
_KNOWN = Prepared(_SENDER)
_LOCKED = Prepared(_SENDER.with_for_update(of=t.person, key_share=True))
"""Other transactions may refer to the person meanwhile, as for a message to them: the key does not change."""
_USED = Prepared(
    update(t.account).where(t.account.c.id == bindparam("row")).values(last_used_at=bindparam("now"), usable=True)
)
_NOT_LATER = Prepared(
    update(t.account)
    .where(t.account.c.person_id == bindparam("person"), t.account.c.last_used_at > bindparam("now"))
    .values(last_used_at=bindparam("now"))
)
"""A time that a clock which was ahead wrote: otherwise another account would seem the one used last until then."""
_SET_MENU = insert_or_change(t.chat_menu, ["account_id"], _MENU).prepared(("account_id", *_MENU))
_STEP = Prepared(
    update(t.interview)
    .where(t.interview.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        revision=bindparam("new_revision"),
        asks=bindparam("new_asks"),
        updated_at=bindparam("now"),
    )
)


_REMEMBER = Prepared(
    update(t.inbox)
    .where(t.inbox.c.id == bindparam("row"))
    .values(interview_id=bindparam("new_interview"), question=bindparam("new_question"))
)


@dataclass(frozen=True, slots=True)
class Given:
    """A message taken earlier (`row` in the inbox), and the question of an interview that it answered, if any."""

    row: int
    interview_id: int | None
    question: str | None


@dataclass(frozen=True, slots=True)
class OpenInterview:
    """A person's open interview as stored; `state` is the interview package's JSON."""

    id: int
    form_id: str
    form_version: str
    unit_id: int
    corrects: int | None
    corrects_revision: int | None
    state: str


@dataclass(frozen=True, slots=True)
class LastMenu:
    """The menu that a chat was offered last, as stored (`choices_of` reads it), and the question it belonged to."""

    choices: str | None
    interview_id: int | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """The sender of an update, found by the account."""

    account_id: int
    person_id: int
    name: str
    language: str
    last_used_at: datetime
    usable: bool
    menu: LastMenu
    interview: OpenInterview | None


def take_key(db: Connection, key: Mapping[str, str], now: datetime) -> int | None:
    """Store an update's identity and return its row id; `None` if it was taken before (reliability R1)."""
    row = _TAKE.first(db, **key, received_at=now, state=InboxState.TAKEN.value, error="")
    return int(row[0]) if row else None


def park(db: Connection, row: int, body: str, error: str) -> None:
    """Keep the raw body of an update whose turn failed."""
    db.execute(update(t.inbox).where(t.inbox.c.id == row).values(state=InboxState.PARKED, body=body, error=error))


def remember_answer(db: Connection, row: int, interview_id: int, question: str) -> None:
    """Note which question a message answered, for when it is edited."""
    _REMEMBER.run(db, row=row, new_interview=interview_id, new_question=question)


def given_by(db: Connection, channel: str, bot: str, account: str, message_id: str) -> Given | None:
    """Find what an earlier message answered; `None` if it was never taken, or too long ago."""
    identity = zip(_KEY, (channel, bot, account, message_id), strict=True)
    query = select(t.inbox.c.id, t.inbox.c.interview_id, t.inbox.c.question)
    row = db.execute(query.where(*(t.inbox.c[column] == value for column, value in identity))).first()
    return Given(*row) if row else None


def known_sender(db: Connection, channel: str, bot: str, account: str) -> Known | None:
    """Read the account's person, open interview and menu in one query; `None` for a stranger.

    Turns of one person exclude each other, and so do those of one stranger, who has no row to lock yet: on SQLite by
    the one writer, elsewhere by locks. A turn must see the changes it waited for, so it looks again under the lock.
    """
    who = {"channel": channel, "bot": bot, "account": account}
    if db.dialect.name == "postgresql" and _LOCKED.first(db, **who) is None:
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{channel}:{bot}:{account}", 0))))
    row = _KNOWN.first(db, **who)
    if row is None:
        return None
    account_id, person_id, name, language, used, usable, offered, of_interview, revision, *opened = row
    menu = LastMenu(offered, of_interview, revision)
    interview = OpenInterview(*opened) if opened[0] is not None else None
    return Known(account_id, person_id, name, language, used, usable, menu, interview)


def mark_used(db: Connection, known: Known, now: datetime) -> None:
    """Remember the account as the one used last, and as reachable."""
    if not known.usable or abs(now - known.last_used_at) >= USED_STEP:
        _USED.run(db, row=known.account_id, now=now)
        _NOT_LATER.run(db, person=known.person_id, now=now)
    if not known.usable:
        chat_queue.enter_again(db, known.account_id)


def set_menu(db: Connection, account_id: int, message: Outgoing) -> None:
    """Make a message's choices the chat's latest menu: typed numbers and words mean these."""
    entries = [[choice.id, choice.label, choice.word] for choice in message.choices]
    written = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    interview, revision = (message.asks.interview, message.asks.revision) if message.asks else (None, None)
    _SET_MENU.run(db, account_id=account_id, choices=written, interview_id=interview, revision=revision)


def choices_of(menu: LastMenu) -> list[Choice]:
    """Read a menu as `set_menu` stored it; empty if the chat had none."""
    return [Choice(*entry) for entry in json.loads(menu.choices)] if menu.choices else []


def save_step(db: Connection, interview_id: int, state: str, revision: int, asks: str | None, now: datetime) -> None:
    """Store an open interview's new state, and which question it asks now (by its path)."""
    _STEP.run(db, row=interview_id, new_state=state, new_revision=revision, new_asks=asks, now=now)
