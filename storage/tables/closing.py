"""Tables of periods whose figures the secretariat closed, and of what is asked for in them since."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import json_value, maybe_ref, maybe_time, new_id, ref, time
from storage.tables.states import RequestState

_STANDS = text("reopened_at IS NULL")
_IS_OPEN = text("state = 'open'")


class ClosedPeriod(SQLModel, table=True):
    """A period that was closed, by its code and its days. `reopened_at` is set once it no longer is."""

    __tablename__ = "closed_period"
    __table_args__ = (
        Index("ix_closed_period_standing", "code", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: int | None = new_id()
    code: str
    first_day: date
    last_day: date
    reason: str = ""
    closed_by: int = ref("person.id")
    closed_at: datetime = time()
    reopened_by: int | None = maybe_ref("person.id")
    reopened_at: datetime | None = maybe_time()
    reopened_because: str = ""


class ChangeRequest(SQLModel, table=True):
    """A change in a closed period that somebody asks for. `kind` and `state` are a `RequestKind` and a `RequestState`.

    `deed` is what is asked for, as data: the answers of a report, a week, a reason. `interview_id` is the report that
    waits with it, while it is open. `open_key` says what is asked for, so that nobody asks for it twice; it is empty
    once the request is decided.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        Index("ix_change_request_open", "id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_change_request_open_key", "open_key", unique=True),
    )
    id: int | None = new_id()
    kind: str
    unit_id: int = ref("unit.id")
    person_id: int = ref("person.id", index=True)
    asked_at: datetime = time()
    period_id: int = ref("closed_period.id")
    interview_id: int | None = maybe_ref("interview.id", index=True)
    deed: dict[str, Any] = json_value()
    open_key: str | None = None
    state: str = RequestState.OPEN
    decided_by: int | None = maybe_ref("person.id")
    decided_at: datetime | None = maybe_time()
    reason: str = ""


class RequestedRecord(SQLModel, table=True):
    """A report that a request is about, at the revision that was seen."""

    __tablename__ = "requested_record"
    request_id: int = Field(primary_key=True, foreign_key="change_request.id", sa_type=Id)
    submission_id: int = Field(primary_key=True, foreign_key="submission.id", sa_type=Id, index=True)
    revision: int
