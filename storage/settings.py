"""Small things to remember, by key."""

from sqlalchemy import Connection, insert, select, update

from storage import tables as t


def advance(db: Connection, key: str, value: int) -> bool:
    """Keep the highest value seen under a key; whether `value` is higher than all before."""
    known = db.scalar(select(t.setting.c.value).where(t.setting.c.key == key))
    if known is not None and int(known) >= value:
        return False
    if known is None:
        db.execute(insert(t.setting).values(key=key, value=str(int(value))))
    else:
        db.execute(update(t.setting).where(t.setting.c.key == key).values(value=str(int(value))))
    return True
