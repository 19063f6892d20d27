"""Tables of what units did about their weeks: two histories, a cache of what they say, and the weeks that are free."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import maybe_ref, maybe_time, ref, time


class ReportWeek(SQLModel, table=True):
    """A week that a version of a report touched, and since when the report first lay in it.

    `state` is the report's `ReportState`; it is empty once a correction has moved the report out of the week.
    """

    __tablename__ = "report_week"
    __table_args__ = (Index("ix_report_week_unit_week", "unit_id", "week"),)
    submission_id: int = Field(primary_key=True, foreign_key="submission.id", sa_type=Id)
    week: str = Field(primary_key=True)
    unit_id: int = ref("unit.id")
    since: datetime = time()
    state: str


class NilWord(SQLModel, table=True):
    """Somebody said of a unit's week that nothing took place, or took that back; the `revision`-th word about it."""

    __tablename__ = "nil_word"
    week: str = Field(primary_key=True)
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    revision: int = Field(primary_key=True)
    given: bool
    person_id: int = ref("person.id")
    at: datetime = time()


class UnitWeek(SQLModel, table=True):
    """What a unit's own history says of a week: a cache of `report_week` and `nil_word`, kept in each transaction.

    `reported` counts the reports that are sent or approved, `returned` those that were returned, and `first_at` is when
    the first of these lay in the week. A nil report that was not taken back stands since `nil_since`, and was last said
    at `nil_said_at` by `nil_by`; `nil_revision` counts what was said.
    """

    __tablename__ = "unit_week"
    week: str = Field(primary_key=True)
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    reported: int = 0
    returned: int = 0
    first_at: datetime | None = maybe_time()
    nil_since: datetime | None = maybe_time()
    nil_said_at: datetime | None = maybe_time()
    nil_by: int | None = maybe_ref("person.id")
    nil_revision: int = 0


class FreeWeek(SQLModel, table=True):
    """A week of which nobody owes a report, since the secretariat declared it free."""

    __tablename__ = "free_week"
    week: str = Field(primary_key=True)
    reason: str = ""
    declared_by: int = ref("person.id")
    declared_at: datetime = time()
