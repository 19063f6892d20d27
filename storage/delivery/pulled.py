"""Serves chats that a page reads by cursor: whose chat it is, what was said in it, and what has been shown.

A cursor alone would lose messages: a digest is composed, and on PostgreSQL a row becomes visible, after rows with
higher ids. So `since` repeats messages that were never shown, whatever the cursor says. An open stream looks at
everything after the place where it began, which lies before all messages that were being composed then.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from periods.days import local_day
from storage import tables as t
from storage.delivery.chat_queue import OPEN_INDEX, is_open, is_pending
from storage.directory.roles import roles_of
from storage.directory.units import unit_tree
from storage.tables.states import AttachmentState, OutboxState

_SAID = (t.outbox.c.body != "") & t.outbox.c.state.not_in((OutboxState.SKIPPED, OutboxState.DEAD))
"""Rows that can be shown: a digest has no body until it is composed, and a skipped row has nothing to say."""
_IS_NEW = t.outbox.c.state == OutboxState.PENDING
_ROWS = select(t.outbox.c.id, t.outbox.c.created_at, t.outbox.c.body, _IS_NEW, t.outbox.c.inbox_id)


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person whose chat a page shows."""

    account_id: int
    person_id: int
    chat: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as stored; `is_new` until it was shown somewhere. `turn` is the taken message that it answers, if any.

    Turns have higher numbers the later they were taken.
    """

    id: int
    at: datetime
    body: str
    is_new: bool
    turn: int | None


def find_visitor(db: Connection, channel: str, bot: str, chat: str) -> Visitor | None:
    """Find the account of a chat with its person."""
    row = db.execute(
        select(t.account.c.id, t.person.c.id, t.account.c.external_id, t.person.c.name, t.person.c.language)
        .join(t.person, t.person.c.id == t.account.c.person_id)
        .where(t.account.c.channel == channel, t.account.c.bot == bot, t.account.c.external_id == chat)
    ).first()
    return Visitor(*row) if row else None


def places_of(db: Connection, person_id: int, now: datetime) -> list[str]:
    """Name the units where a person works now, as people say them."""
    units = unit_tree(db).on(local_day(now))
    return list(dict.fromkeys(units.title(role.unit) for role in roles_of(db, person_id, now, units)))


def title_of(db: Connection, who: Visitor, now: datetime) -> str:
    """Say what stands above a chat: the units where its person works now, or else the name."""
    return " · ".join(places_of(db, who.person_id, now)) or who.name


def place(db: Connection, unit: str, now: datetime) -> str:
    """A unit (by its code) as people read it."""
    return unit_tree(db).on(local_day(now)).title(unit)


def since(db: Connection, account_id: int, cursor: int, limit: int) -> list[StoredMessage]:
    """Read up to `limit` messages after `cursor`, and any before it that were never shown, oldest first."""
    mine = _ROWS.where(t.outbox.c.account_id == account_id, _SAID).order_by(t.outbox.c.id).limit(limit)
    after = db.execute(mine.where(t.outbox.c.id > cursor)).all()
    unseen = mine.where(t.outbox.c.id <= cursor, is_open(t.outbox), is_pending(t.outbox))
    before_it = db.execute(unseen.with_hint(t.outbox, OPEN_INDEX, "sqlite")).all()
    return [StoredMessage(*row) for row in (*before_it, *after)[:limit]]


def before(db: Connection, account_id: int, cursor: int | None, limit: int) -> list[StoredMessage]:
    """Read the last `limit` messages before `cursor` (or of all), oldest first."""
    query = _ROWS.where(t.outbox.c.account_id == account_id, _SAID).order_by(t.outbox.c.id.desc()).limit(limit)
    rows = db.execute(query if cursor is None else query.where(t.outbox.c.id < cursor)).all()
    return [StoredMessage(*row) for row in reversed(rows)]


def count_unseen(db: Connection, account_id: int) -> int:
    """Count the messages of a chat that were never shown."""
    unseen = (t.outbox.c.account_id == account_id, _SAID, is_open(t.outbox), is_pending(t.outbox))
    return int(db.scalar(select(func.count()).where(*unseen).with_hint(t.outbox, OPEN_INDEX, "sqlite")) or 0)


def cursor_that_misses_nothing(db: Connection, account_id: int, cursor: int) -> int:
    """Return `cursor`, or the place before the first message that is still being composed."""
    being_composed = (t.outbox.c.body == "") & is_open(t.outbox)
    query = select(func.min(t.outbox.c.id)).where(t.outbox.c.account_id == account_id, being_composed)
    first = db.scalar(query.with_hint(t.outbox, OPEN_INDEX, "sqlite"))
    return min(cursor, (first or cursor + 1) - 1)


def said(db: Connection, account_id: int, row: int) -> StoredMessage | None:
    """Read one message, if it is this account's."""
    values = db.execute(_ROWS.where(t.outbox.c.account_id == account_id, t.outbox.c.id == row, _SAID)).first()
    return StoredMessage(*values) if values else None


def known(db: Connection, chat: tuple[str, str, str], ids: Collection[str]) -> list[str]:
    """Find which of these messages of a chat (channel, bot, account) were taken."""
    channel, bot, account = chat
    own = (t.inbox.c.channel == channel, t.inbox.c.bot == bot, t.inbox.c.account == account)
    return list(db.scalars(select(t.inbox.c.message_id).where(*own, t.inbox.c.message_id.in_(ids))))


def mark_shown(db: Connection, rows: Collection[int], now: datetime) -> None:
    """Mark messages that a page has received as sent."""
    shown = (t.outbox.c.id.in_(rows), t.outbox.c.state == OutboxState.PENDING)
    db.execute(update(t.outbox).where(*shown).values(state=OutboxState.SENT, sent_at=now))


def newest(db: Connection) -> int:
    """Return the highest message id there is, 0 at first."""
    return int(db.execute(select(func.coalesce(func.max(t.outbox.c.id), 0))).scalar_one())


def accounts_after(db: Connection, row: int) -> set[int]:
    """Find the accounts whose chats got messages after `row`."""
    return set(db.scalars(select(t.outbox.c.account_id).where(t.outbox.c.id > row).distinct()))


def own_file(db: Connection, account_id: int, sha256: str) -> str | None:
    """Return the type of a stored file that this account sent, `None` if it sent no such file."""
    query = select(t.attachment.c.mime).where(t.attachment.c.account_id == account_id, t.attachment.c.sha256 == sha256)
    mime: str | None = db.execute(query.where(t.attachment.c.state == AttachmentState.STORED).limit(1)).scalar()
    return mime
