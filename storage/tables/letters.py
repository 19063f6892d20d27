"""Tables of letters that are being written: for which unit and period, and what people wrote into them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.tables.columns import long_text, maybe_ref, new_id, ref, time


class Letter(SQLModel, table=True):
    """A letter of a kind (its id in `plan/letters/`), of a unit about a period, once somebody writes into it."""

    __table_args__ = (UniqueConstraint("kind", "unit_id", "period"),)
    id: int | None = new_id()
    kind: str
    unit_id: int = ref("unit.id")
    period: str
    created_at: datetime = time()


class LetterPart(SQLModel, table=True):
    """A version of what people wrote for a part of a letter: the newest one stands, an empty one takes it back."""

    __tablename__ = "letter_part"
    __table_args__ = (UniqueConstraint("letter_id", "part", "version"),)
    id: int | None = new_id()
    letter_id: int = ref("letter.id")
    part: str
    version: int
    text: str = long_text()
    person_id: int | None = maybe_ref("person.id")
    at: datetime = time()
