"""Gives an album one answer, although each of its photos is an update and a turn of its own.

An answer to an album's photo waits a moment, and the next photo's answer takes its place. So the last one is sent,
which says how many photos came. A crash changes nothing, since waiting answers are in the outbox. If the channel knows
that more photos follow, as the page does, nobody has to wait: only the last photo is answered at all.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select, update

from messages import File, Incoming
from storage import tables as t
from storage.db.writer import touch
from storage.delivery.chat_queue import is_open, is_pending
from storage.tables.states import OutboxState

SETTLE = timedelta(seconds=1.5)
"""How long an answer waits for the album's next photo; Telegram delivers an album's photos within a second."""


_UNSAID = {"state": OutboxState.SKIPPED, "error": "album"}


def message_id(album: str, number: str) -> str:
    """Make the identity of an album's photo, from which the album's others can be found."""
    return f"{_prefix(album)}{number}"


def _prefix(album: str) -> str:
    return f"album:{album}:"


def answer_once(db: Connection, account_id: int, inbox_id: int, photo: Incoming, machine: datetime) -> None:
    """Let the answers to this photo take the place of those to the album's others that are not sent yet."""
    if not isinstance(photo.content, File) or not photo.content.album:
        return
    siblings = _photos((photo.channel, photo.bot, photo.account), photo.content.album)
    waiting = (t.outbox.c.account_id == account_id, is_open(t.outbox), is_pending(t.outbox))
    others = (t.outbox.c.inbox_id.in_(siblings), t.outbox.c.inbox_id != inbox_id)
    db.execute(update(t.outbox).where(*waiting, *others).values(**_UNSAID))
    mine = update(t.outbox).where(*waiting, t.outbox.c.inbox_id == inbox_id)
    db.execute(mine.values(**_UNSAID) if photo.content.more_follow else mine.values(next_at=machine + SETTLE))


def answer_after_all(db: Connection, account_id: int, chat: tuple[str, str, str], album: str) -> None:
    """Send the answer to an album's last photo but one, since the last was refused."""
    unsaid = (t.outbox.c.account_id == account_id, *(t.outbox.c[name] == value for name, value in _UNSAID.items()))
    newest = select(func.max(t.outbox.c.inbox_id)).where(*unsaid, t.outbox.c.inbox_id.in_(_photos(chat, album)))
    touch(db, account_id)
    db.execute(
        update(t.outbox)
        .where(*unsaid, t.outbox.c.inbox_id == newest.scalar_subquery())
        .values(state=OutboxState.PENDING, error="", queued=None)
    )


def _photos(chat: tuple[str, str, str], album: str) -> Select[tuple[int]]:
    """Select the inbox rows of an album; `chat` is channel, bot and account."""
    taken = t.inbox.c
    return select(taken.id).where(
        *(column == value for column, value in zip((taken.channel, taken.bot, taken.account), chat, strict=True)),
        taken.message_id.startswith(_prefix(album), autoescape=True),
    )
