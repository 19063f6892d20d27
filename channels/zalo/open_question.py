"""Finds out, from rows alone, whether a question asked in a Zalo chat is still open and who answers it."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from channels.zalo import CHANNEL
from storage import tables as t
from storage.conversation.turns import IS_OPEN


@dataclass(frozen=True, slots=True)
class Answering:
    """A person who is asked something; `address` is the Zalo chat where the conversation goes on."""

    person_id: int
    bot: str
    address: str
    language: str


def answering(db: Connection, account_id: int, interview_id: int, question: str) -> Answering | None:
    """Find who answers a question (by its path) of an interview; `None` once another question is asked."""
    row = db.execute(
        select(t.account.c.person_id, t.account.c.bot, t.account.c.external_id, t.person.c.language)
        .join(t.person, t.person.c.id == t.account.c.person_id)
        .join(t.interview, t.interview.c.person_id == t.account.c.person_id)
        .where(t.account.c.id == account_id, t.account.c.channel == CHANNEL)
        .where(t.interview.c.id == interview_id, IS_OPEN, t.interview.c.asks == question)
    ).first()
    return Answering(*row) if row else None
