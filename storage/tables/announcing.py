"""Tables of what was announced to many, and to whom it goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import long_text, new_id, ref, time
from storage.tables.states import AnnouncementState

_WAITS = text("state = 'waiting'")
_OPEN = text("outbox_id IS NULL AND reason = ''")


def _announcement() -> Any:
    return Field(sa_column=Column(Id, ForeignKey("announcement.id", ondelete="CASCADE"), nullable=False))


class Announcement(SQLModel, table=True):
    """Something that the people of `unit_id` announce; `audience` is a `rules.audiences.Audience`, `units` its codes.

    It is addressed from `goes_at` on. `attachment_id` is what its author sent (no foreign key: that is kept for a
    while only); `sha256`, `file_name` and `is_image` say what it is, once its bytes are here.
    """

    __table_args__ = (
        Index("ix_announcement_waiting", "goes_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_announcement_created_at", "created_at"),
    )
    id: int | None = new_id()
    person_id: int = ref("person.id")
    unit_id: int = ref("unit.id", index=True)
    audience: str
    units: str
    """Separated by spaces."""
    words: str = long_text()
    attachment_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    sha256: str = ""
    file_name: str = ""
    is_image: bool = False
    urgent: bool = False
    goes_at: datetime = time()
    state: str = AnnouncementState.WAITING
    created_at: datetime = time()


class AnnouncementReceipt(SQLModel, table=True):
    """Somebody to whom it goes. It is open until it has a message (`outbox_id`) or a `reason` why it has none."""

    __tablename__ = "announcement_receipt"
    __table_args__ = (
        UniqueConstraint("announcement_id", "person_id"),
        Index("ix_announcement_receipt_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: int | None = new_id()
    announcement_id: int = _announcement()
    person_id: int = ref("person.id", index=True)
    outbox_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    reason: str = ""
