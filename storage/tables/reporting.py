"""Tables of reports with all their versions, and of the typed facts and totals that the figures read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from rules.states import Deed, ReportState
from storage.db.types import Id
from storage.tables.columns import json_value, maybe_ref, maybe_time, new_id, ref, time


class Submission(SQLModel, table=True):
    """A finished form. `state` is a `ReportState`; `revision` is the current one; `day` what it is about."""

    __table_args__ = (UniqueConstraint("interview_id"), Index("ix_submission_unit_day", "unit_id", "day"))
    id: int | None = new_id()
    form_id: str
    form_version: str
    person_id: int = ref("person.id", index=True)
    unit_id: int = ref("unit.id")
    interview_id: int | None = maybe_ref("interview.id")
    state: str = ReportState.SENT
    revision: int = 1
    day: date
    sample: bool = False
    created_at: datetime = time()
    updated_at: datetime = time()


class SubmissionRevision(SQLModel, table=True):
    """A version of a report's answers: who wrote it, when and why."""

    __tablename__ = "submission_revision"
    __table_args__ = (UniqueConstraint("submission_id", "revision"),)
    id: int | None = new_id()
    submission_id: int = ref("submission.id")
    revision: int
    answers: dict[str, Any] = json_value()
    person_id: int = ref("person.id")
    at: datetime = time()
    action: str = Deed.SEND
    """A `Deed`."""


class Activity(SQLModel, table=True):
    """The typed facts of an activity report, one row a submission, which the figures read.

    `women` and `men` are attendance (visits) of an event, people helped of a service: never one sum. `quantity` is the
    kind's own count: products, texts, surveys, things inspected.
    """

    __table_args__ = (Index("ix_activity_unit_date", "unit_id", "event_date"), Index("ix_activity_week", "week"))
    submission_id: int = Field(primary_key=True, foreign_key="submission.id", sa_type=Id)
    unit_id: int = ref("unit.id")
    place_unit_id: int = ref("unit.id")
    activity: str
    kind: str
    target_group: str = ""
    event_date: date = Field(index=True)
    week: str
    women: int = 0
    men: int = 0
    quantity: int = 0
    violations: int = 0
    handled: int = 0
    state: str = ReportState.SENT
    sent_at: datetime = time()


class WeeklyTotal(SQLModel, table=True):
    """The rollup by ISO week of the event date, kept in the transaction that changes a report.

    By kind, since it says what `women` and `men` are: see `Activity`.
    """

    __tablename__ = "weekly_total"
    week: str = Field(primary_key=True)
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    place_unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    activity: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    target_group: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    reports: int = 0
    women: int = 0
    men: int = 0
    quantity: int = 0


class NilReport(SQLModel, table=True):
    """ "No activity this week", once a unit and week."""

    __tablename__ = "nil_report"
    week: str = Field(primary_key=True)
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    person_id: int = ref("person.id")
    at: datetime = time()


class Attachment(SQLModel, table=True):
    """A photo or file: `pending` until its bytes are under the media folder by `sha256`, then `stored`, or `lost`."""

    __table_args__ = (
        Index("ix_attachment_person_created", "person_id", "created_at"),
        Index(
            "ix_attachment_unused",
            "created_at",
            sqlite_where=text("submission_id IS NULL"),
            postgresql_where=text("submission_id IS NULL"),
        ),
    )
    id: int | None = new_id()
    person_id: int = ref("person.id")
    account_id: int = ref("account.id", index=True)
    submission_id: int | None = maybe_ref("submission.id", index=True)
    state: str = Field(index=True)
    sha256: str = Field(default="", index=True)
    name: str = ""
    mime: str = ""
    size: int = 0
    is_image: bool = False
    remote: str = ""
    attempts: int = 0
    next_at: datetime | None = maybe_time()
    created_at: datetime = time()


class Obligation(SQLModel, table=True):
    """Something that a unit owes; `due_on` is the last day. `revision` moves with every change."""

    __table_args__ = (UniqueConstraint("unit_id", "kind", "due_on"),)
    id: int | None = new_id()
    unit_id: int = ref("unit.id")
    kind: str
    due_on: date
    done_at: datetime | None = maybe_time()
    done_by: int | None = maybe_ref("person.id")
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
