"""Very many people at once, each answering for a neighbourhood of their own."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from periods.days import local_day
from storage import tables as t
from storage.directory.consents import REPORTING
from storage.directory.units import directory_changed


def crowd(db: Connection, size: int, since: datetime, channel: str = "telegram") -> range:
    """Their ids. Who reports in them has agreed, and can be reached by one account."""
    first = 1 + max(db.scalar(select(func.max(table.c.id))) or 0 for table in (t.person, t.unit))
    ids = range(first, first + size)
    units = {"level": "neighbourhood", "valid_from": local_day(since), "sample": False}
    db.execute(insert(t.unit), [{"id": n, "code": f"KP{n}", **units} for n in ids])
    named = {"valid_from": local_day(since), "name": "Khu phố"}
    db.execute(insert(t.unit_version), [{"unit_id": n, **named} for n in ids])
    directory_changed(db)
    db.execute(insert(t.person), [{"id": n, "name": "Lan", "language": "vi", "created_at": since} for n in ids])
    account = {"channel": channel, "bot": "1", "usable": True, "created_at": since, "last_used_at": since}
    db.execute(insert(t.account), [{"person_id": n, "external_id": f"crowd-{n}", **account} for n in ids])
    role = {"role": "propagandist", "since": since}
    db.execute(insert(t.assignment), [{"person_id": n, "unit_id": n, **role} for n in ids])
    agreed = {"purpose": REPORTING, "text_version": "1", "given_at": since}
    db.execute(insert(t.consent), [{"person_id": n, **agreed} for n in ids])
    return ids
