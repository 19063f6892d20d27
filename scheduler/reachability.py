"""Reaches people who can no longer be reached by one account by another one; messages that wait move along."""

from datetime import datetime

from sqlalchemy import Connection, select

from scheduler.thrift import unspent
from storage import tables as t
from storage.delivery import outbox
from storage.directory.accounts import AccountRow, reminder_account, set_usable


def lose(db: Connection, account_id: int, now: datetime) -> None:
    """Note that the platform no longer delivers to an account. Unasked messages waiting there move to another."""
    set_usable(db, account_id, usable=False)
    person = db.scalar(select(t.account.c.person_id).where(t.account.c.id == account_id))
    if person is None:
        return
    other = other_account(db, person, account_id, now)
    if other is not None:
        outbox.move_waiting(db, person, account_id, other.id)


def other_account(
    db: Connection, person_id: int, account_id: int, now: datetime, *, even_spent: bool = True
) -> AccountRow | None:
    """Find the person's best other account, preferably one whose bot can still send this month."""
    best = unspent(db, person_id, now, but=account_id)
    return best or (reminder_account(db, person_id, but=account_id) if even_spent else None)
