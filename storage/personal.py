"""A person who asks for it is forgotten: what says who they are goes, what was reported stays as their unit's."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, update

from storage import tables as t

NO_NAME = "—"
"""What stands where the name of a forgotten person stood."""

_PERSONAL: Mapping[Table, ColumnElement[bool]] = {
    t.outbox: t.outbox.c.state != "sending",
    t.interview: t.interview.c.status != "done",
    t.attachment: t.attachment.c.submission_id.is_(None),
    t.due: t.due.c.state == "waiting",
}


def forget(db: Connection, person_id: int, now: datetime) -> None:
    """Delete what is personal; end roles and consents; whoever writes from the accounts is a stranger.

    Their rows of reports and of who did what keep the bare id, so that counts and versions stay whole.
    """
    for table, mine in _PERSONAL.items():
        db.execute(delete(table).where(table.c.person_id == person_id, mine))
    held, agreed, accounts = t.assignment.c, t.consent.c, t.account.c
    db.execute(update(t.assignment).where(held.person_id == person_id, held.until.is_(None)).values(until=now))
    db.execute(
        update(t.consent).where(agreed.person_id == person_id, agreed.withdrawn_at.is_(None)).values(withdrawn_at=now)
    )
    db.execute(update(t.account).where(accounts.person_id == person_id).values(person_id=None, last_used_at=now))
    db.execute(update(t.person).where(t.person.c.id == person_id).values(name=NO_NAME))
    values = {"at": now, "person_id": person_id, "action": "forget", "subject": f"person:{person_id}", "detail": {}}
    db.execute(insert(t.audit).values(values))
