"""What is kept how long; deleting is a rule here, never a side effect elsewhere."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, String, cast, delete, literal, select, update

from messages.channels import Ability, able
from periods.days import local_day
from storage import tables as t
from storage.conversation.interviews import DRAFT_KEPT

KEYS_KEPT = timedelta(days=30)
"""Identities of updates: a platform repeats one for a day or two, a person's phone for a few more."""
STRANGER_KEPT = timedelta(days=1)
"""The address of somebody who never joined, for the one answer that it was kept for."""
NO_ADDRESS = "gone:"
"""What the address of an account becomes that only its reports' photos need; no platform has such addresses."""
COUNTS_KEPT = timedelta(days=30)
PUSHED_KEPT = timedelta(days=90)
"""What was sent through a platform stands in its chat; here it only explains what became of it."""
SHOWN_KEPT = timedelta(days=365)
"""In the browser and the terminal the messages here are the chat."""
AT_ONCE = 2_000
"""Messages deleted in one transaction, which others wait for."""


def sweep(db: Connection, now: datetime) -> None:
    """Delete what has outlived its purpose."""
    db.execute(delete(t.inbox).where(t.inbox.c.received_at < now - KEYS_KEPT))
    _sweep_what_was_never_sent(db, now)
    _sweep_messages(db, now)
    _sweep_strangers(db, now)


def _sweep_what_was_never_sent(db: Connection, now: datetime) -> None:
    """Drafts that are offered no more, and the photos for them; their files go when no row names them."""
    limit = now - DRAFT_KEPT
    interview, attachment = t.interview.c, t.attachment.c
    db.execute(delete(t.interview).where(interview.status.in_(("draft", "cancelled")), interview.updated_at < limit))
    reporting = select(interview.person_id).where(interview.status.in_(("draft", "open")))
    unused = attachment.submission_id.is_(None) & attachment.person_id.not_in(reporting)
    db.execute(delete(t.attachment).where(unused, attachment.created_at < limit))


def _sweep_messages(db: Connection, now: datetime) -> None:
    pushed = t.account.c.channel.in_(able(Ability.PUSH)) & (t.outbox.c.created_at < now - PUSHED_KEPT)
    old = select(t.outbox.c.id).join(t.account, t.account.c.id == t.outbox.c.account_id)
    old = old.where(pushed | (t.outbox.c.created_at < now - SHOWN_KEPT), t.outbox.c.state != "sending")
    db.execute(delete(t.outbox).where(t.outbox.c.id.in_(old.order_by(t.outbox.c.id).limit(AT_ONCE))))


def _sweep_strangers(db: Connection, now: datetime) -> None:
    nobody = t.account.c.person_id.is_(None) & (t.account.c.last_used_at < now - STRANGER_KEPT)
    gone = select(t.account.c.id).where(nobody)
    for table in (t.outbox, t.chat_menu, t.chat_queue):
        db.execute(delete(table).where(table.c.account_id.in_(gone)))
    with_files = select(t.attachment.c.account_id)  # of a person who let the account go; reports keep their photos
    db.execute(delete(t.account).where(nobody, t.account.c.id.not_in(with_files)))
    db.execute(update(t.account).where(nobody).values(external_id=literal(NO_ADDRESS) + cast(t.account.c.id, String)))
    db.execute(delete(t.stranger).where(t.stranger.c.seen_on < local_day(now - COUNTS_KEPT)))


def named_files(db: Connection) -> frozenset[str]:
    """The hashes of all files that a row names."""
    return frozenset(db.scalars(select(t.attachment.c.sha256).where(t.attachment.c.sha256 != "")))
