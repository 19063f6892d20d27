"""Submissions of any form: stored once an interview, every version of every answer kept, typed facts beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, select, update

from periods.period import Period
from rules.states import COUNTED, Deed, ReportState
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_keep
from storage.records import totals


@dataclass(frozen=True, slots=True)
class Facts:
    """The typed facts of an activity report: what the figures read."""

    activity: str
    kind: str
    target_group: str
    women: int
    men: int
    quantity: int
    violations: int
    handled: int


@dataclass(frozen=True, slots=True)
class Report:
    """A submission as people see it. `day` is the day that it is about; `facts` only where its form has such."""

    id: int
    form_id: str
    form_version: str
    person_id: int
    person: str
    unit_id: int
    unit: str
    unit_name: str
    state: str
    revision: int
    day: date
    sent_at: datetime
    answers: Mapping[str, Any]
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class Projected:
    """What is read out of a form's answers: the day that they are about, and the typed facts if its form has such.

    `facts` are the columns of `activity` but for submission, state and time.
    """

    day: date
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to a submission: by a `Deed`."""

    action: str
    person: str


_AUTHOR = t.person.alias("author")
_FACTS = tuple(t.activity.c[name] for name in Facts.__slots__)
_REPORT = (
    select(
        t.submission.c.id,
        t.submission.c.form_id,
        t.submission.c.form_version,
        t.submission.c.person_id,
        _AUTHOR.c.name.label("person"),
        t.submission.c.unit_id,
        t.unit.c.code.label("unit"),
        t.unit.c.name.label("unit_name"),
        t.submission.c.state,
        t.submission.c.revision,
        t.submission.c.day,
        t.submission.c.created_at,
        t.submission_revision.c.answers,
        *_FACTS,
    )
    .join(_AUTHOR, _AUTHOR.c.id == t.submission.c.person_id)
    .join(t.unit, t.unit.c.id == t.submission.c.unit_id)
    .join(
        t.submission_revision,
        (t.submission_revision.c.submission_id == t.submission.c.id)
        & (t.submission_revision.c.revision == t.submission.c.revision),
    )
    .outerjoin(t.activity, t.activity.c.submission_id == t.submission.c.id)
)


def _favourites(column: str) -> Prepared:
    field = t.activity.c[column]
    return Prepared(
        select(field)
        .join(t.submission, t.submission.c.id == t.activity.c.submission_id)
        .where(t.submission.c.person_id == bindparam("person"), field != "")
        .group_by(field)
        .order_by(func.count().desc(), field)
        .limit(bindparam("most"))
    )


_FAVOURITES = {column: _favourites(column) for column in ("activity", "target_group", "kind")}
_SUBMIT = Prepared(
    insert(t.submission).returning(t.submission.c.id),
    (
        "form_id",
        "form_version",
        "person_id",
        "unit_id",
        "interview_id",
        "state",
        "revision",
        "day",
        "sample",
        "created_at",
        "updated_at",
    ),
)
_REVISE = Prepared(insert(t.submission_revision), ("submission_id", "revision", "answers", "person_id", "at", "action"))
_FIND = Prepared(_REPORT.where(t.submission.c.id == bindparam("row")))


def _report(row: Sequence[Any]) -> Report:
    columns, facts = row[: -len(_FACTS)], row[-len(_FACTS) :]
    values = (*columns, Facts(*facts) if facts[0] is not None else None)
    return Report(*values)


def store(
    db: Connection,
    *,
    form: tuple[str, str],
    person_id: int,
    unit_id: int,
    interview_id: int | None,
    answers: Mapping[str, Any],
    projected: Projected,
    now: datetime,
    sample: bool = False,
) -> int:
    """Store a finished interview as a submission with its first revision and what is read out of it; its id."""
    values = {
        "form_id": form[0],
        "form_version": form[1],
        "person_id": person_id,
        "unit_id": unit_id,
        "interview_id": interview_id,
        "state": ReportState.SENT,
        "revision": 1,
        "day": projected.day,
        "sample": sample,
        "created_at": now,
        "updated_at": now,
    }
    found = _SUBMIT.first(db, **values)
    assert found is not None  # noqa: S101 (RETURNING)
    submission_id = int(found[0])
    _revise(db, submission_id, 1, answers=answers, person_id=person_id, deed=Deed.SEND, now=now)
    if projected.facts is not None:
        totals.record(
            db, {**projected.facts, "submission_id": submission_id, "state": ReportState.SENT, "sent_at": now}
        )
    return submission_id


def correct(
    db: Connection,
    report: Report,
    *,
    person_id: int,
    answers: Mapping[str, Any],
    projected: Projected,
    now: datetime,
) -> None:
    """Replace a submission's answers by a new revision; it counts as sent again, from its first time of sending."""
    _revise(db, report.id, report.revision + 1, answers=answers, person_id=person_id, deed=Deed.CORRECT, now=now)
    _set(db, report.id, now, state=ReportState.SENT, revision=report.revision + 1, day=projected.day)
    totals.change(db, report.id, projected.facts, ReportState.SENT)


def set_state(db: Connection, report: Report, *, state: ReportState, person_id: int, deed: Deed, now: datetime) -> None:
    """Withdraw, approve or return a submission: the same answers in a revision that says who did it and when."""
    revision = report.revision + 1
    _revise(db, report.id, revision, answers=report.answers, person_id=person_id, deed=deed, now=now)
    _set(db, report.id, now, state=state, revision=revision)
    totals.change(db, report.id, None, state)


def _set(db: Connection, submission_id: int, now: datetime, **values: Any) -> None:
    db.execute(update(t.submission).where(t.submission.c.id == submission_id).values(updated_at=now, **values))


def _revise(
    db: Connection,
    submission_id: int,
    revision: int,
    *,
    answers: Mapping[str, Any],
    person_id: int,
    deed: Deed,
    now: datetime,
) -> None:
    row = {"submission_id": submission_id, "revision": revision, "person_id": person_id, "at": now, "action": deed}
    _REVISE.run(db, **row, answers=dict(answers))


def find(db: Connection, submission_id: int) -> Report | None:
    """One submission with its present answers."""
    row = _FIND.first(db, row=submission_id)
    return _report(row) if row else None


def lock(db: Connection, submission_id: int) -> None:
    """From now on nobody else changes a submission until this turn is committed: what is read then is what is changed.

    A statement of its own: one that waits for a row would see the others as they were before. On SQLite turns exclude
    each other anyway.
    """
    if db.dialect.name == "postgresql":
        db.execute(select(t.submission.c.id).where(t.submission.c.id == submission_id).with_for_update(key_share=True))


def revision_of(db: Connection, submission_id: int) -> int:
    """Where a submission stands; 0 if there is none."""
    return db.scalar(select(t.submission.c.revision).where(t.submission.c.id == submission_id)) or 0


def last_change(db: Connection, submission_id: int) -> Change:
    """Who did what to a submission last."""
    version = t.submission_revision.c
    changes = select(version.action, t.person.c.name).join(t.person, t.person.c.id == version.person_id)
    row = db.execute(changes.where(version.submission_id == submission_id).order_by(version.revision.desc())).first()
    assert row is not None  # noqa: S101 (every submission begins with a revision)
    return Change(*row)


def is_corrected_since(db: Connection, submission_id: int, revision: int | None) -> bool:
    """Whether the answers are others than at a revision: who approves or returns a report leaves them as they are."""
    version = t.submission_revision.c
    later = (version.submission_id == submission_id, version.revision > (revision or 0), version.action == Deed.CORRECT)
    return bool(db.scalar(select(exists().where(*later))))


def by_person(
    db: Connection, person_id: int, unit_ids: Sequence[int], *, since: date | None, offset: int, limit: int
) -> list[Report]:
    """A person's own reports that were not withdrawn, and what was returned to their units, from `since` on.

    The newest day comes first.
    """
    row = t.submission.c
    returned = row.unit_id.in_(unit_ids) & (row.state == ReportState.RETURNED)
    query = _REPORT.where(returned | (row.person_id == person_id) & (row.state != ReportState.WITHDRAWN))
    if since is not None:
        query = query.where(t.submission.c.day >= since)
    return _page(db, query, offset, limit)


def in_units(db: Connection, unit_ids: Sequence[int], period: Period, *, offset: int, limit: int) -> list[Report]:
    """The reports of some units in a period, the newest day first."""
    inside = t.submission.c.day.between(period.first, period.last)
    query = _REPORT.where(t.submission.c.unit_id.in_(unit_ids), inside, t.submission.c.state != ReportState.WITHDRAWN)
    return _page(db, query, offset, limit)


def _page(db: Connection, query: Select[Any], offset: int, limit: int) -> list[Report]:
    ordered = query.order_by(t.submission.c.day.desc(), t.submission.c.id.desc()).offset(offset).limit(limit)
    return [_report(row) for row in db.execute(ordered)]


def last_of(db: Connection, person_id: int, unit_id: int, form_id: str) -> Report | None:
    """The person's latest report for a unit by a form: what "same as last time" repeats."""
    query = _REPORT.where(
        t.submission.c.person_id == person_id,
        t.submission.c.unit_id == unit_id,
        t.submission.c.form_id == form_id,
        t.submission.c.state.in_(COUNTED),
    )
    row = db.execute(query.order_by(t.submission.c.id.desc()).limit(1)).first()
    return _report(row) if row else None


def favourites(db: Connection, person_id: int, column: str, limit: int) -> tuple[str, ...]:
    """What the person reports most, by a column of `activity` ("activity", "target_group", "kind")."""
    return tuple(row[0] for row in _FAVOURITES[column].all(db, person=person_id, most=limit))


_SAY_NIL = insert_or_keep(t.nil_report, ["unit_id", "week"])


def store_nil(db: Connection, unit_id: int, week: str, person_id: int, now: datetime) -> bool:
    """Record "no activity this week"; false if that was said already, also by somebody else at this moment."""
    row = _SAY_NIL.on(db).values(unit_id=unit_id, week=week, person_id=person_id, at=now)
    return db.scalar(row.returning(t.nil_report.c.week)) is not None


def reports_in_week(db: Connection, unit_id: int, week: str) -> int:
    """How many counted reports a unit has in a week."""
    return int(
        db.execute(
            select(func.count()).where(
                t.activity.c.unit_id == unit_id,
                t.activity.c.week == week,
                t.activity.c.state.in_(COUNTED),
            )
        ).scalar_one()
    )


def add_attachment(db: Connection, values: Mapping[str, Any]) -> int:
    """A photo or file that a person sent; its id is what an interview's answer holds."""
    return int(db.execute(insert(t.attachment).values(**values).returning(t.attachment.c.id)).scalar_one())


def attach(db: Connection, submission_id: int, attachment_ids: Sequence[int]) -> None:
    """Make these the submission's attachments, and no others: what a correction took out is kept for a while only."""
    row = t.attachment.c
    taken_out = (row.submission_id == submission_id) & row.id.not_in(attachment_ids)
    db.execute(update(t.attachment).where(taken_out).values(submission_id=None))
    db.execute(update(t.attachment).where(row.id.in_(attachment_ids)).values(submission_id=submission_id))


def has_nil(db: Connection, unit_id: int, week: str) -> bool:
    """Whether "no activity this week" was said."""
    query = select(func.count()).where(t.nil_report.c.unit_id == unit_id, t.nil_report.c.week == week)
    return bool(db.execute(query).scalar())


def is_reported(db: Connection, unit_id: int, week: str) -> bool:
    """Whether a unit owes nothing more for a week: a counted report, or the nil report."""
    return reports_in_week(db, unit_id, week) > 0 or has_nil(db, unit_id, week)


def count_by_person(db: Connection, person_id: int) -> int:
    """How many submissions a person has sent in all."""
    return int(db.execute(select(func.count()).where(t.submission.c.person_id == person_id)).scalar_one())


def photos_of(db: Connection, submission_id: int) -> list[str]:
    """The stored photos of a submission, by their hashes."""
    rows = db.execute(
        select(t.attachment.c.sha256)
        .where(
            t.attachment.c.submission_id == submission_id,
            t.attachment.c.is_image.is_(True),
            t.attachment.c.sha256 != "",
        )
        .order_by(t.attachment.c.id)
    )
    return [row[0] for row in rows]
