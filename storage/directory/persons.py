"""People themselves: their names, and the language in which we speak to them."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage import tables as t


def add_person(db: Connection, name: str, language: str, now: datetime, *, sample: bool = False) -> int:
    """Add a person and return their id."""
    values = {"name": name, "language": language, "created_at": now, "is_sample": sample}
    return int(db.execute(insert(t.person).values(values).returning(t.person.c.id)).scalar_one())


def find_person(db: Connection, person_id: int) -> t.Person:
    """Read a person's row. Raises `NoResultFound` for an id that was never given."""
    row = db.execute(select(t.person).where(t.person.c.id == person_id)).one()
    return t.Person(**row._mapping)


def set_language(db: Connection, person_id: int, language: str) -> None:
    db.execute(update(t.person).where(t.person.c.id == person_id).values(language=language))


def set_name(db: Connection, person_id: int, name: str) -> None:
    db.execute(update(t.person).where(t.person.c.id == person_id).values(name=name))


def lock(db: Connection, person_id: int) -> None:
    """Wait until no turn of a person is under way, and let none begin before this one is committed."""
    if db.dialect.name == "postgresql":
        db.execute(select(t.person.c.id).where(t.person.c.id == person_id).with_for_update(key_share=True))
