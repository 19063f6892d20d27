"""Tables of what units owe by a day, how it was handed in, and what their draft plans say."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.types import Id
from storage.tables.columns import key_ref, maybe_ref, maybe_time, new_id, ref, time


class AdHoc(SQLModel, table=True):
    """Something that the secretariat asks of units besides what the plan asks; `takes` is a `rules.handing.Takes`."""

    __tablename__ = "ad_hoc"
    id: int | None = new_id()
    title: str
    takes: str
    due_on: date
    created_by: int = ref("person.id")
    created_at: datetime = time()


class Obligation(SQLModel, table=True):
    """Something that a unit owes; `due_on` is the last day. `revision` moves with every change.

    `kind` is a duty's id of the calendar, or that of what was asked for besides, whose row `ad_hoc_id` names. `how` it
    was done is a `rules.handing.How`; `submission_id` is what was handed in, if that came through the bot.
    """

    __table_args__ = (UniqueConstraint("unit_id", "kind", "due_on"),)
    id: int | None = new_id()
    unit_id: int = ref("unit.id")
    kind: str
    due_on: date
    done_at: datetime | None = maybe_time()
    done_by: int | None = maybe_ref("person.id")
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    ad_hoc_id: int | None = maybe_ref("ad_hoc.id")
    submission_id: int | None = maybe_ref("submission.id")
    how: str = Field(default="", sa_column_kwargs={"server_default": ""})
    note: str = Field(default="", sa_column_kwargs={"server_default": ""})


class DraftRow(SQLModel, table=True):
    """An activity that a draft plan plans for `year`. It is no fact: no figure of what took place reads it.

    Where only a month is known, `first_day` and `last_day` are its first and last, and `by_month` is set. `site` is the
    school, enterprise or other place that is named. `lead_unit_id` leads it (*chủ trì*), `partners` are the codes of
    those that take part (*phối hợp*), separated by spaces. `stands`: its draft was not withdrawn or returned.
    """

    __tablename__ = "draft_row"
    submission_id: int = key_ref("submission.id")
    position: int = Field(primary_key=True)
    unit_id: int = ref("unit.id")
    year: int
    content: str
    activity: str
    target_group: str
    form: str
    sessions: int
    women: int
    men: int
    first_day: date
    last_day: date
    by_month: bool
    place_unit_id: int | None = maybe_ref("unit.id")
    site: str
    lead_unit_id: int | None = maybe_ref("unit.id")
    partners: str
    note: str
    stands: bool


class BudgetLine(SQLModel, table=True):
    """What a planned activity costs: `amount` is `quantity` times `rate`, in đồng, and is reckoned, never typed."""

    __tablename__ = "budget_line"
    submission_id: int = key_ref("submission.id")
    position: int = Field(primary_key=True)
    row: int
    """The `position` of the activity in the draft."""
    item: str
    measure: str
    quantity: int = Field(sa_type=Id)
    rate: int = Field(sa_type=Id)
    amount: int = Field(sa_type=Id)
    basis: str
    source: str
    """A `rules.drafts.Source`."""


class DraftOverlap(SQLModel, table=True):
    """Two planned activities that may be the same work done twice; the earlier draft's comes first.

    `reason` is a `rules.drafts.Reason`, or empty once they overlap no more; `answer` is a `rules.drafts.Answer`, or
    empty while nobody has answered.
    """

    __tablename__ = "draft_overlap"
    __table_args__ = (UniqueConstraint("first_id", "first_row", "second_id", "second_row"),)
    id: int | None = new_id()
    first_id: int = ref("submission.id")
    first_row: int
    second_id: int = ref("submission.id", index=True)
    second_row: int
    reason: str
    answer: str = ""
    answered_by: int | None = maybe_ref("person.id")
    answered_at: datetime | None = maybe_time()
    created_at: datetime = time()
    revision: int = 1
