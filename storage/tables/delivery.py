"""Tables of what falls due, what is to be sent, and through which channel it went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import json_value, long_text, maybe_ref, maybe_time, new_id, ref, time
from storage.tables.states import DueState, OutboxKind, OutboxState, Priority


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Declare a partial index. `where` is plain text, as in the migrations, so that renaming here changes no schema."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Due(SQLModel, table=True):
    """An occurrence that fell due for a person. A row that was sent keeps the occurrence from being noted again.

    `about` names the occurrence for good; `occurrence` is its moment, which a holiday or an editor may move.
    """

    __table_args__ = (
        UniqueConstraint("rule", "about", "person_id"),
        Index("ix_due_occurrence", "rule", "occurrence"),
        Index("ix_due_person", "person_id", "state"),
        _partial("ix_due_waiting", "useful_until", where="state = 'waiting'"),
        _partial("ix_due_free", "person_id", where="state = 'waiting' AND outbox_id IS NULL"),
    )
    id: int | None = new_id()
    rule: str
    rule_version: str
    about: date
    occurrence: datetime = time()
    person_id: int = ref("person.id")
    state: str = DueState.WAITING
    reason: str = ""
    useful_until: datetime = time()
    outbox_id: int | None = Field(default=None, sa_type=Id, nullable=True, index=True)
    created_at: datetime = time()


class Nudge(SQLModel, table=True):
    """A reminder that somebody gave by hand: once a day a matter (`about`)."""

    __table_args__ = (UniqueConstraint("about", "local_day"), Index("ix_nudge_at", "at"))
    id: int | None = new_id()
    about: str
    local_day: date
    person_id: int = ref("person.id")
    at: datetime = time()


class PushSubscription(SQLModel, table=True):
    """A browser in which somebody wants to be reminded of what waits in their chat.

    `knocked_row` is the newest message of the outbox that a push was sent for. `next_at`: on the machine's clock.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (UniqueConstraint("account_id", "endpoint"),)
    id: int | None = new_id()
    account_id: int = ref("account.id")
    endpoint: str
    p256dh: str
    auth: str
    created_at: datetime = time()
    knocked_row: int = Field(sa_type=Id)
    attempts: int = 0
    next_at: datetime | None = maybe_time()


class KnownMatter(SQLModel, table=True):
    """Something of which a person said that they know: they are not told the same again."""

    __tablename__ = "known_matter"
    __table_args__ = (UniqueConstraint("person_id", "about"),)
    id: int | None = new_id()
    person_id: int = ref("person.id")
    about: str
    at: datetime = time()


class Outbox(SQLModel, table=True):
    """Messages to send, in the order of their ids within a chat and priority.

    A digest is unique by person and `local_day`, and its `body` is empty until it is claimed. `inbox_id` is the update
    that it answers. `lasting`: no answer to a later update takes its place. `queued`: empty until a look has put the
    row in line (`storage.delivery.chat_queue`).
    """

    __table_args__ = (
        _partial("uq_outbox_digest", "person_id", "local_day", where="kind = 'digest'", unique=True),
        _partial("ix_outbox_open", "account_id", "priority", "id", where="state IN ('pending', 'sending')"),
        Index("ix_outbox_history", "account_id", "id"),
        Index("ix_outbox_created_at", "created_at"),
        _partial("ix_outbox_sending", "account_id", where="state = 'sending'"),
        _partial("ix_outbox_unqueued", "priority", "id", where="state = 'pending' AND queued IS NULL"),
        _partial("ix_outbox_uncomposed", "id", where="kind = 'digest' AND state = 'pending' AND body = ''"),
        _partial("ix_outbox_uncertain", "local_day", where="kind = 'digest' AND state = 'uncertain'"),
        _partial("ix_outbox_lost", "state", "created_at", where="state IN ('uncertain', 'dead')"),
    )
    id: int | None = new_id()
    account_id: int = ref("account.id")
    person_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    inbox_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    kind: str = OutboxKind.ANSWER
    priority: int = Priority.ANSWER
    state: str = OutboxState.PENDING
    queued: bool | None = None
    body: str = long_text()
    lasting: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    local_day: date | None = None
    token: str = ""
    lease_until: datetime | None = maybe_time()
    attempts: int = 0
    next_at: datetime | None = maybe_time()
    created_at: datetime = time()
    sent_at: datetime | None = maybe_time()
    external_id: str = ""
    error: str = ""


class OfferedChoice(SQLModel, table=True):
    """A choice of a digest whose sending is uncertain (`storage.delivery.offers`)."""

    __tablename__ = "offered_choice"
    outbox_id: int = Field(primary_key=True, foreign_key="outbox.id", ondelete="CASCADE", sa_type=Id)
    choice: str = Field(primary_key=True)


class ChatQueue(SQLModel, table=True):
    """A chat's waiting messages of one priority, under the first of them; asleep until `wakes_at` if it has to wait."""

    __tablename__ = "chat_queue"
    __table_args__ = (
        _partial("ix_chat_queue_ready", "channel", "bot", "priority", "first_row", where="wakes_at IS NULL"),
        _partial("ix_chat_queue_asleep", "wakes_at", where="wakes_at IS NOT NULL"),
    )
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=Id)
    priority: int = Field(primary_key=True)
    channel: str
    bot: str
    first_row: int = Field(sa_type=Id)
    wakes_at: datetime | None = maybe_time()


class BotRate(SQLModel, table=True):
    """A bot's places to send: the time until which they are taken, on the database's clock. All replicas share it."""

    __tablename__ = "bot_rate"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    taken_until: datetime = time()


class ChannelFile(SQLModel, table=True):
    """A rendered picture's or document's id on a platform, so that it is uploaded once."""

    __tablename__ = "channel_file"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    content_hash: str = Field(primary_key=True)
    external_id: str


class ChannelUsage(SQLModel, table=True):
    """Messages a month, in and out; a quota counts both. `refused`: the platform sends nothing more this month."""

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
    """A record of who did what, for those who must answer for it."""

    id: int | None = new_id()
    at: datetime = time()
    person_id: int | None = maybe_ref("person.id")
    action: str
    subject: str
    detail: dict[str, Any] = json_value()
