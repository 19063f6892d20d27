"""What falls due, what is to be sent, and through which channel it went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import json_value, long_text, maybe_ref, maybe_time, new_id, ref, time


class Due(SQLModel, table=True):
    """What fell due for whom: waiting, digested, done or missed. A row that was sent blocks its occurrence."""

    __table_args__ = (
        UniqueConstraint("rule", "occurrence", "person_id"),
        Index("ix_due_person", "person_id", "state"),
        Index(
            "ix_due_waiting",
            "useful_until",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_due_free",
            "person_id",
            sqlite_where=text("state = 'waiting' AND outbox_id IS NULL"),
            postgresql_where=text("state = 'waiting' AND outbox_id IS NULL"),
        ),
    )
    id: int | None = new_id()
    rule: str
    rule_version: str
    occurrence: datetime = time()
    person_id: int = ref("person.id")
    state: str = "waiting"
    reason: str = ""
    useful_until: datetime = time()
    outbox_id: int | None = Field(default=None, sa_type=Id, nullable=True, index=True)
    created_at: datetime = time()


class Outbox(SQLModel, table=True):
    """What is to be sent, in the order of its ids within a chat and priority.

    `kind`: answer, notice or digest. `priority`: 0 answers, 1 notices, 2 digests. A digest is unique by person and
    `local_day`, and its `body` is empty until it is claimed. `inbox_id` is the update that it answers.
    """

    __table_args__ = (
        Index(
            "uq_outbox_digest",
            "person_id",
            "local_day",
            unique=True,
            sqlite_where=text("kind = 'digest'"),
            postgresql_where=text("kind = 'digest'"),
        ),
        Index(
            "ix_outbox_open",
            "account_id",
            "priority",
            "id",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbox_history", "account_id", "id"),
        Index(
            "ix_outbox_uncomposed",
            "id",
            sqlite_where=text("kind = 'digest' AND state = 'pending' AND body = ''"),
            postgresql_where=text("kind = 'digest' AND state = 'pending' AND body = ''"),
        ),
        Index(
            "ix_outbox_uncertain",
            "local_day",
            sqlite_where=text("kind = 'digest' AND state = 'uncertain'"),
            postgresql_where=text("kind = 'digest' AND state = 'uncertain'"),
        ),
    )
    id: int | None = new_id()
    account_id: int = ref("account.id")
    person_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    inbox_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    kind: str = "answer"
    priority: int = 0
    state: str = "pending"
    body: str = long_text()
    local_day: date | None = None
    token: str = ""
    lease_until: datetime | None = maybe_time()
    attempts: int = 0
    next_at: datetime | None = maybe_time()
    created_at: datetime = time()
    sent_at: datetime | None = maybe_time()
    external_id: str = ""
    error: str = ""


class ChannelFile(SQLModel, table=True):
    """A rendered picture's or document's id on a platform, so that it is uploaded once."""

    __tablename__ = "channel_file"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    content_hash: str = Field(primary_key=True)
    external_id: str


class ChannelUsage(SQLModel, table=True):
    """Messages a month, in and out; a quota counts both. `refused`: the platform lets nothing more out this month."""

    __tablename__ = "channel_usage"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    received: int = 0
    sent: int = 0
    refused: bool = False


class Setting(SQLModel, table=True):
    key: str = Field(primary_key=True)
    value: str = long_text()


class Audit(SQLModel, table=True):
    """Who did what to what, for those who must answer for it."""

    id: int | None = new_id()
    at: datetime = time()
    person_id: int | None = maybe_ref("person.id")
    action: str
    subject: str
    detail: dict[str, Any] = json_value()
