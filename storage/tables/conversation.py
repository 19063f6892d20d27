"""Tables that a turn reads and writes: taken updates, menus, forms and interviews."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import json_value, long_text, new_id, ref, time
from storage.tables.states import InboxState, InterviewStatus


class Inbox(SQLModel, table=True):
    """Every update ever taken, by its identity; `body` only while it is `parked`.

    `question` (a path) of `interview_id` is what a message answered, where the person can edit it later. No foreign
    key: the two are kept for different times.
    """

    __table_args__ = (UniqueConstraint("channel", "bot", "account", "message_id"),)
    id: int | None = new_id()
    channel: str
    bot: str
    account: str
    message_id: str
    received_at: datetime = time(index=True)
    state: str = InboxState.TAKEN
    body: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    error: str = ""
    interview_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    question: str | None = None


class ChatMenu(SQLModel, table=True):
    """The latest menu of a chat, which says what a typed number or word means there.

    `interview_id` and its `revision` where it is a question's. No foreign key: the two are kept for different times.
    """

    __tablename__ = "chat_menu"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=Id)
    choices: str = long_text()
    interview_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    revision: int | None = None


class StoredForm(SQLModel, table=True):
    """A published form; a published version never changes."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("form_id", "version"),)
    id: int | None = new_id()
    form_id: str
    version: str
    hash: str
    source: str = long_text()
    csvs: dict[str, str] = json_value()
    published_at: datetime = time()


class StoredInterview(SQLModel, table=True):
    """An interview, and how far it has come."""

    __tablename__ = "interview"
    __table_args__ = (
        Index(
            "uq_interview_open",
            "person_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_interview_unsent",
            "updated_at",
            sqlite_where=text("status IN ('draft', 'cancelled')"),
            postgresql_where=text("status IN ('draft', 'cancelled')"),
        ),
    )
    id: int | None = new_id()
    person_id: int = ref("person.id", index=True)
    unit_id: int = ref("unit.id")
    form_id: str
    form_version: str
    status: str = InterviewStatus.OPEN
    revision: int = 0
    state: str = long_text()
    asks: str | None = None
    """The path of the open question; empty at the review."""
    corrects: int | None = Field(default=None, sa_type=Id, nullable=True)
    """The submission that this interview corrects, if it does (no foreign key: submissions point here)."""
    corrects_revision: int | None = None
    """The revision whose answers it began with, or was shown since."""
    created_at: datetime = time()
    updated_at: datetime = time()
