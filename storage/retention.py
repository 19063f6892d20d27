"""What is kept how long; deleting is a rule here, never a side effect elsewhere."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from storage import tables as t

KEYS_KEPT = timedelta(days=30)
"""Identities of updates: a platform repeats one for a day or two, a person's phone for a few more."""
STRANGER_KEPT = timedelta(days=1)
"""The address of somebody who never joined, for the one answer that it was kept for."""
COUNTS_KEPT = timedelta(days=30)


def sweep(db: Connection, now: datetime) -> None:
    """Delete what has outlived its purpose."""
    db.execute(delete(t.inbox).where(t.inbox.c.received_at < now - KEYS_KEPT))
    nobody = t.account.c.person_id.is_(None) & (t.account.c.last_used_at < now - STRANGER_KEPT)
    gone = select(t.account.c.id).where(nobody)
    for table in (t.outbox, t.chat_menu):
        db.execute(delete(table).where(table.c.account_id.in_(gone)))
    db.execute(delete(t.account).where(nobody))
    quiet = t.stranger.c.answered_on.is_(None) | (t.stranger.c.answered_on < (now - COUNTS_KEPT).date())
    unbarred = t.stranger.c.barred_until.is_(None) | (t.stranger.c.barred_until < now)
    db.execute(delete(t.stranger).where(quiet, unbarred, t.stranger.c.wrong_codes == 0))


def named_files(db: Connection) -> frozenset[str]:
    """The hashes of all files that a row names."""
    return frozenset(db.scalars(select(t.attachment.c.sha256).where(t.attachment.c.sha256 != "")))
