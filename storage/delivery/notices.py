"""Sends people messages that they did not ask for just now: a returned report, a lost photo."""

from datetime import datetime

from sqlalchemy import Connection

from messages import Outgoing
from storage.delivery import outbox
from storage.directory import accounts
from storage.tables.states import OutboxKind


def notify(db: Connection, person_id: int, message: Outgoing, now: datetime) -> bool:
    """Queue a notice to the person's best account. False if none can be reached."""
    account = accounts.reminder_account(db, person_id)
    if account is None:
        return False
    outbox.queue(db, OutboxKind.NOTICE, account.id, [message], now, person_id=person_id)
    return True
