"""Small things to remember, by key."""

from sqlalchemy import Connection, insert, select, update

from storage import tables as t

FORWARDER = "forwarder"
"""When and from which address somebody last forwarded who is no trusted proxy."""


def keep(db: Connection, key: str, value: str) -> None:
    """Remember a value in the place of the last one."""
    if not db.execute(update(t.setting).where(t.setting.c.key == key).values(value=value)).rowcount:
        db.execute(insert(t.setting).values(key=key, value=value))


def kept(db: Connection, key: str) -> str | None:
    """What is remembered."""
    found: str | None = db.scalar(select(t.setting.c.value).where(t.setting.c.key == key))
    return found


def advance(db: Connection, key: str, value: int) -> bool:
    """Keep the highest value seen under a key; whether `value` is higher than all before."""
    known = kept(db, key)
    if known is not None and int(known) >= value:
        return False
    keep(db, key, str(int(value)))
    return True


def count_up(db: Connection, key: str) -> None:
    """One more than the number that is kept under a key."""
    known = db.scalar(select(t.setting.c.value).where(t.setting.c.key == key).with_for_update())
    advance(db, key, int(known or 0) + 1)
