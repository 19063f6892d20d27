"""The table of files that people asked for: workbooks, letters and other documents that are made beside the turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import json_value, long_text, maybe_ref, maybe_time, new_id, ref, time
from storage.tables.states import FileOrderState

_ASKED = text("state = 'asked'")


class FileOrder(SQLModel, table=True):
    """A file to be made and sent. `kind` and `data` are its recipe, and orders of the same `recipe` get one file.

    It goes to the account that asked, as an answer to the update `inbox_id`; without an account to the person's best
    one. `choices` stand under the file; `sorry` is the whole message if it cannot be made. `name` is the file's name
    for people, `sha256` its content once it is made. `told`: a message said how far it is. With an `attachment_id` it
    waits until what somebody sent is here.
    """

    __tablename__ = "file_order"
    __table_args__ = (
        Index("ix_file_order_waiting", "id", sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index("ix_file_order_person", "person_id", "asked_at"),
        Index("ix_file_order_asked_at", "asked_at"),
    )
    id: int | None = new_id()
    person_id: int = ref("person.id")
    account_id: int | None = maybe_ref("account.id", index=True)
    inbox_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    attachment_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    kind: str
    data: dict[str, Any] = json_value()
    recipe: str
    name: str
    choices: str = long_text()
    sorry: str = long_text()
    state: str = FileOrderState.ASKED
    token: str = ""
    lease_until: datetime | None = maybe_time()
    attempts: int = 0
    told: bool = False
    sha256: str = ""
    error: str = ""
    asked_at: datetime = time()
    done_at: datetime | None = maybe_time()
