"""Remembers small values by key."""

from sqlalchemy import Connection, select

from storage import tables as t
from storage.db.upsert import insert_or_change

FORWARDER = "forwarder"
"""The time and address of the last forwarded request that did not come from a trusted proxy."""
_SET = insert_or_change(t.setting, ["key"], ["value"])


def keep(db: Connection, key: str, value: str) -> None:
    """Remember a value in the place of the last one."""
    db.execute(_SET.on(db).values(key=key, value=value))


def kept(db: Connection, key: str) -> str | None:
    """Return the value that is remembered."""
    value: str | None = db.scalar(select(t.setting.c.value).where(t.setting.c.key == key))
    return value


def advance(db: Connection, key: str, value: int) -> bool:
    """Keep the highest value seen under a key, and tell whether `value` is higher than all before."""
    known = kept(db, key)
    if known is not None and int(known) >= value:
        return False
    keep(db, key, str(int(value)))
    return True


def count_up(db: Connection, key: str) -> None:
    """Add one to the number that is kept under a key."""
    known = db.scalar(select(t.setting.c.value).where(t.setting.c.key == key).with_for_update())
    advance(db, key, int(known or 0) + 1)
