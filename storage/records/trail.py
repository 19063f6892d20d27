"""The audit trail of a record: who did what to it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage import tables as t


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done to a record; `person` is empty once it is not known any more."""

    at: datetime
    person: str
    action: str
    detail: Mapping[str, Any]


def note(
    db: Connection, subject: str, action: str, person_id: int | None, now: datetime, detail: Mapping[str, Any]
) -> None:
    """Write down that somebody did something to a record, named like "obligation:12"."""
    values = {"at": now, "person_id": person_id, "action": action, "subject": subject, "detail": dict(detail)}
    db.execute(insert(t.audit).values(values))


def of(db: Connection, subject: str, limit: int) -> list[Deed]:
    """List what was done to a record, the latest first."""
    row = t.audit.c
    query = select(row.at, t.person.c.name, row.action, row.detail).outerjoin(t.person, t.person.c.id == row.person_id)
    rows = db.execute(query.where(row.subject == subject).order_by(row.id.desc()).limit(limit))
    return [Deed(at, person or "", action, detail) for at, person, action, detail in rows]
