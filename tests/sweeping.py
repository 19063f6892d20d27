"""A whole sweep within one transaction, for tests that look at what it leaves behind."""

from datetime import datetime

from sqlalchemy import Connection

from storage.db import retention

SLICE = 3
"""Small, so that every sweep comes in several."""


def sweep(db: Connection, now: datetime) -> None:
    """As `bot.operations.housekeeping` does it, slice by slice."""
    for each in retention.sweeps(now):
        after = 0
        while ids := each.find(db, after, SLICE):
            each.drop(db, ids)
            after = ids[-1]
