"""One answer for an album: its photos are updates of their own, and each is a turn with an answer.

An answer to an album's photo waits a moment, and the next photo's answer takes its place: so the last one is sent,
which says how many came. A crash changes nothing, since what waits is in the outbox.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from messages import File, Incoming
from storage import tables as t

SETTLE = timedelta(seconds=1.5)
"""How long an answer waits for the album's next photo; Telegram delivers an album's photos within a second."""


def message_id(album: str, number: str) -> str:
    """The identity of an album's photo: from it the others are found."""
    return f"{_prefix(album)}{number}"


def _prefix(album: str) -> str:
    return f"album:{album}:"


def answer_once(db: Connection, account_id: int, inbox_id: int, photo: Incoming, machine: datetime) -> None:
    """Let the answers to this photo take the place of those to the album's others that are not sent yet."""
    if not isinstance(photo.content, File) or not photo.content.album:
        return
    siblings = select(t.inbox.c.id).where(
        t.inbox.c.channel == photo.channel,
        t.inbox.c.bot == photo.bot,
        t.inbox.c.account == photo.account,
        t.inbox.c.message_id.startswith(_prefix(photo.content.album), autoescape=True),
    )
    waiting = (t.outbox.c.account_id == account_id, t.outbox.c.state == "pending")
    others = (t.outbox.c.inbox_id.in_(siblings), t.outbox.c.inbox_id != inbox_id)
    db.execute(update(t.outbox).where(*waiting, *others).values(state="skipped", error="album"))
    mine = update(t.outbox).where(*waiting, t.outbox.c.inbox_id == inbox_id)
    db.execute(mine.values(next_at=machine + SETTLE))
