"""Tables of reports with all their versions, and of the typed facts and totals that the figures read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from rules.kinds import Place
from rules.states import Deed, ReportState
from storage.db.types import Id
from storage.tables.columns import json_value, maybe_json, maybe_ref, maybe_time, new_id, ref, time


class Submission(SQLModel, table=True):
    """A finished form. `state` is a `ReportState`; `revision` is the current one; `day` what it is about.

    `by_unit_id` is set where somebody of another unit reported in this unit's place: a ward for a neighbourhood.
    """

    __table_args__ = (
        UniqueConstraint("interview_id"),
        Index("ix_submission_unit_day", "unit_id", "day"),
        Index(
            "ix_submission_sent",
            "unit_id",
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
        Index(
            "ix_submission_returned",
            "unit_id",
            sqlite_where=text("state = 'returned'"),
            postgresql_where=text("state = 'returned'"),
        ),
        Index("ix_submission_samples", "unit_id", sqlite_where=text("sample"), postgresql_where=text("sample")),
    )
    id: int | None = new_id()
    form_id: str
    form_version: str
    person_id: int = ref("person.id", index=True)
    unit_id: int = ref("unit.id")
    by_unit_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    interview_id: int | None = maybe_ref("interview.id")
    state: str = ReportState.SENT
    revision: int = 1
    day: date
    sample: bool = False
    warned: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether its present answers have warnings."""
    created_at: datetime = time()
    updated_at: datetime = time()


class SubmissionRevision(SQLModel, table=True):
    """A version of a report's answers: who wrote it, when and why.

    `warnings` are those of the answers (`rules.warnings`), and `reason` is what whoever did the deed said about it: the
    author about the warnings, a chair about what is to be mended, as a code or in words. `concerns` are the paths of
    the questions for which it was returned.
    """

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
    warnings: list[dict[str, Any]] = Field(default=[], sa_column=Column(JSON, nullable=False, server_default="[]"))
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    concerns: list[str] | None = maybe_json()


class Amendment(SQLModel, table=True):
    """A wish to change a report that its author may not change alone any more, or leave to do so.

    `state` is an `AmendmentState`. `seen` is the revision for which it was asked; `reason` says why the secretariat
    changes somebody's report. `open_key` makes an open or granted one unique for its report and person.
    """

    __table_args__ = (UniqueConstraint("open_key"),)
    id: int | None = new_id()
    submission_id: int = ref("submission.id", index=True)
    person_id: int = ref("person.id")
    seen: int
    asked_at: datetime = time()
    reason: str = ""
    state: str
    decided_by: int | None = maybe_ref("person.id")
    decided_at: datetime | None = maybe_time()
    open_key: str | None = None


class Activity(SQLModel, table=True):
    """The typed facts of an activity report, one row a submission; what it counts stands in its lines.

    `week` is that of the last day, by which a report is counted. `place` is a `Place`; `place_unit_id` is set for a
    unit, be it the root. `counts`: its state is counted, and among the reports of one event it is the one that counts.
    """

    __table_args__ = (
        Index("ix_activity_unit_last_day", "unit_id", "last_day"),
        Index("ix_activity_activity_days", "activity", "last_day", "first_day"),
        Index(
            "ix_activity_event_set",
            "event_set_id",
            sqlite_where=text("event_set_id IS NOT NULL"),
            postgresql_where=text("event_set_id IS NOT NULL"),
        ),
    )
    submission_id: int = Field(primary_key=True, foreign_key="submission.id", sa_type=Id)
    unit_id: int = ref("unit.id")
    activity: str
    kind: str
    first_day: date
    last_day: date = Field(index=True)
    week: str
    place: str = Place.UNKNOWN
    place_unit_id: int | None = maybe_ref("unit.id")
    organiser_unit_id: int | None = maybe_ref("unit.id")
    event_set_id: int | None = maybe_ref("event_set.id")
    state: str = ReportState.SENT
    counts: bool = True
    sex_asked: int = 0
    """How often the author was asked for the women and men among the unsorted."""
    sex_unknown: bool = False
    """The author said that nobody knows."""
    sent_at: datetime = time()


class ActivityLine(SQLModel, table=True):
    """One thing that a report counts: a target group that came, a kind of help, a product, or what was inspected.

    `item` is the product or kind of help; `mode` says whether a product was made or given out. `women`, `men` and
    `unsorted` are visits to an event or to a service: never one sum. `first_women` and `first_men` of them came for the
    first time this year; empty if nobody asked. `quantity` is the kind's own count. `opens_group` and `opens_item` are
    1 for the first line of its report with that group or item, so that summing them counts each report once.
    """

    __tablename__ = "activity_line"
    submission_id: int = Field(primary_key=True, foreign_key="submission.id", sa_type=Id)
    position: int = Field(primary_key=True)
    target_group: str = ""
    item: str = ""
    mode: str = ""
    women: int = 0
    men: int = 0
    unsorted: int = 0
    first_women: int | None = None
    first_men: int | None = None
    quantity: int = 0
    violations: int = 0
    handled: int = 0
    opens_group: int = 1
    opens_item: int = 1


class EventSet(SQLModel, table=True):
    """Reports of one event, of which one counts: `chosen_id` (a submission) if a chair decided so, with the reason.

    `parted_id` is the report that a correction made differ from another one in activity, day or place. `disputed`:
    somebody has to decide, since there is such a report or figures disagree, and nobody has decided. `revision` moves
    with everything that is done to the set.
    """

    __tablename__ = "event_set"
    __table_args__ = (
        Index("ix_event_set_disputed", "id", sqlite_where=text("disputed"), postgresql_where=text("disputed")),
    )
    id: int | None = new_id()
    chosen_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    reason: str = ""
    decided_by: int | None = maybe_ref("person.id")
    decided_at: datetime | None = maybe_time()
    created_by: int | None = maybe_ref("person.id")
    created_at: datetime = time()
    parted_id: int | None = Field(default=None, sa_type=Id, nullable=True)
    disputed: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class WeeklyTotal(SQLModel, table=True):
    """The rollup of the reports that count, by the ISO week of their last day, kept in the transaction of each change.

    By kind, since it says what `women` and `men` are: see `ActivityLine`. `reports` counts each report once, at its
    first line; `group_reports` and `item_reports` once in each group or item. `asked_women` and `asked_men` are the
    visits of lines that say how many came for the first time. `place_unit_id` is 0 where the place is no unit.
    """

    __tablename__ = "weekly_total"
    week: str = Field(primary_key=True)
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=Id)
    place: str = Field(primary_key=True)
    place_unit_id: int = Field(primary_key=True, sa_type=Id)
    activity: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    target_group: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    mode: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    lines: int = 0
    reports: int = 0
    group_reports: int = 0
    item_reports: int = 0
    women: int = 0
    men: int = 0
    unsorted: int = 0
    first_women: int = 0
    first_men: int = 0
    asked_women: int = 0
    asked_men: int = 0
    quantity: int = 0
    violations: int = 0
    handled: int = 0


class BranchTotal(SQLModel, table=True):
    """The second rollup of the reports that count, by week and by month, for each unit that answers for reports.

    `bucket` is the ISO week or the month ("2020-11") of a report's last day. `branch_id` is the unit in which a
    neighbourhood lay that day, or else the unit that reports, and `level` the level of that unit. A report stands in
    three parts: by activity, by target group, item and mode of its lines, by place; a part leaves the columns empty
    that it is not by. The counts are those of `WeeklyTotal`. No column refers to units: a unit may be taken back.
    """

    __tablename__ = "branch_total"
    __table_args__ = {"sqlite_with_rowid": False}
    bucket: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    branch_id: int = Field(primary_key=True, sa_type=Id)
    level: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    activity: str = Field(primary_key=True)
    target_group: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    mode: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    place_unit_id: int = Field(primary_key=True, sa_type=Id)
    state: str = Field(primary_key=True)
    lines: int = 0
    reports: int = 0
    group_reports: int = 0
    item_reports: int = 0
    women: int = 0
    men: int = 0
    unsorted: int = 0
    first_women: int = 0
    first_men: int = 0
    asked_women: int = 0
    asked_men: int = 0
    quantity: int = 0
    violations: int = 0
    handled: int = 0


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
    dhash: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What a photo looks like: 64 bits in 16 hexadecimal digits, or empty."""


class PhotoLook(SQLModel, table=True):
    """A quarter of what a photo looks like, with its place: photos that look alike share at least one of four."""

    __tablename__ = "photo_look"
    part: int = Field(primary_key=True)
    attachment_id: int = Field(
        primary_key=True, foreign_key="attachment.id", ondelete="CASCADE", sa_type=Id, index=True
    )
