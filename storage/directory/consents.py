"""Keeps the consents that people gave."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage import tables as t
from storage.db.prepared import Prepared

REPORTING = "reporting"
"""What people agree to on joining: that they report here, and are reminded of it."""

_AGREED = Prepared(
    select(t.consent.c.id).where(
        t.consent.c.person_id == bindparam("person"),
        t.consent.c.purpose == bindparam("purpose"),
        t.consent.c.text_version == bindparam("version"),
        t.consent.c.withdrawn_at.is_(None),
    )
)


def has_agreed(db: Connection, person_id: int, purpose: str, version: str) -> bool:
    """Whether the person agreed to this version and did not withdraw."""
    return _AGREED.first(db, person=person_id, purpose=purpose, version=version) is not None


def agree(db: Connection, person_id: int, purpose: str, version: str, now: datetime) -> None:
    """Record a consent once; one that was withdrawn is given anew."""
    if has_agreed(db, person_id, purpose, version):
        return
    given = {"person_id": person_id, "purpose": purpose, "text_version": version}
    again = update(t.consent).where(*(t.consent.c[name] == value for name, value in given.items()))
    if not db.execute(again.values(given_at=now, withdrawn_at=None)).rowcount:
        db.execute(insert(t.consent).values(**given, given_at=now))
