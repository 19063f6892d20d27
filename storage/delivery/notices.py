"""A message to somebody who did not ask for one just now: a returned report, a lost photo."""

from datetime import datetime

from sqlalchemy import Connection, insert

from messages import Outgoing, encode
from storage import tables as t
from storage.db.writer import touch
from storage.directory import accounts

PRIORITY = 1


def notify(db: Connection, person_id: int, message: Outgoing, now: datetime) -> bool:
    """Queue a notice to the person's best account; false if they have none that can be reached."""
    account = accounts.reminder_account(db, person_id)
    if account is None:
        return False
    touch(db, account.id)
    db.execute(
        insert(t.outbox).values(
            account_id=account.id,
            person_id=person_id,
            kind="notice",
            priority=PRIORITY,
            state="pending",
            body=encode(message),
            token="",
            attempts=0,
            external_id="",
            error="",
            created_at=now,
        )
    )
    return True
