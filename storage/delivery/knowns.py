"""Keeps what people said that they know ("đã biết"): they are not told the same again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from storage import tables as t
from storage.db.upsert import insert_or_change

_KEY = ("person_id", "about")
_ADD = insert_or_change(t.known_matter, _KEY, ["at"])


def know(db: Connection, person_id: int, abouts: Collection[str], now: datetime) -> None:
    """Note that a person knows of some matters."""
    for about in sorted(abouts):
        db.execute(_ADD.on(db).values(person_id=person_id, about=about, at=now))


def known_to(db: Connection, person_id: int | None, abouts: Collection[str]) -> dict[str, datetime]:
    """Find of which of some matters a person knows, and since when."""
    row = t.known_matter.c
    if person_id is None or not abouts:
        return {}
    rows = db.execute(select(row.about, row.at).where(row.person_id == person_id, row.about.in_(abouts)))
    return {row.about: row.at for row in rows}
