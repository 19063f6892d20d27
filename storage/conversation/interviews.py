"""Stores interviews: opening, putting aside, taking up again. Keeps the forms that they are pinned to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from interview import Form
from storage import tables as t
from storage.conversation.turns import IS_OPEN, OpenInterview
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_keep
from storage.tables.states import UNFINISHED, InterviewStatus

DRAFT_KEPT = timedelta(days=30)
"""A draft older than this is no longer offered."""


_OPEN = Prepared(
    insert(t.interview).returning(t.interview.c.id),
    (
        "person_id",
        "unit_id",
        "form_id",
        "form_version",
        "status",
        "revision",
        "state",
        "asks",
        "corrects",
        "corrects_revision",
        "created_at",
        "updated_at",
    ),
)
_HASH = Prepared(
    select(t.form.c.hash).where(t.form.c.form_id == bindparam("form_id"), t.form.c.version == bindparam("version"))
)
_PUBLISH = insert_or_keep(t.form, ("form_id", "version")).prepared(
    ("form_id", "version", "hash", "source", "csvs", "published_at")
)
_PUT_ASIDE = Prepared(
    update(t.interview)
    .where(t.interview.c.person_id == bindparam("person"), IS_OPEN)
    .values(status=InterviewStatus.DRAFT, updated_at=bindparam("now"))
)
_SET_STATUS = Prepared(
    update(t.interview)
    .where(t.interview.c.id == bindparam("row"))
    .values(status=bindparam("new_status"), updated_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview put aside, or still open."""

    id: int
    form_id: str
    form_version: str
    state: str
    updated_at: datetime
    status: str

    @property
    def is_open(self) -> bool:
        return self.status == InterviewStatus.OPEN


def open_interview(
    db: Connection,
    *,
    person_id: int,
    unit_id: int,
    form: tuple[str, str],
    state: str,
    revision: int,
    asks: str | None,
    corrects: tuple[int, int] | None,
    now: datetime,
) -> int:
    """Open an interview; one that was open is put aside as a draft.

    `asks` is the path of its question, `corrects` a submission at a revision.
    """
    put_aside_open(db, person_id, now)
    row = _OPEN.first(
        db,
        person_id=person_id,
        unit_id=unit_id,
        form_id=form[0],
        form_version=form[1],
        status=InterviewStatus.OPEN,
        revision=revision,
        state=state,
        asks=asks,
        corrects=corrects[0] if corrects else None,
        corrects_revision=corrects[1] if corrects else None,
        created_at=now,
        updated_at=now,
    )
    assert row is not None  # noqa: S101 (RETURNING)
    return int(row[0])


def put_aside_open(db: Connection, person_id: int, now: datetime) -> None:
    """Turn the person's open interview, if any, into a draft."""
    _PUT_ASIDE.run(db, person=person_id, now=now)


def set_status(db: Connection, interview_id: int, status: InterviewStatus, now: datetime) -> None:
    """Move an interview on."""
    _SET_STATUS.run(db, row=interview_id, new_status=status, now=now)


def unfinished(db: Connection, person_id: int, now: datetime, *, offset: int = 0, limit: int = 1) -> list[Draft]:
    """List what the person has open or put aside lately, newest first: the newest one, or a page."""
    rows = db.execute(
        select(
            t.interview.c.id,
            t.interview.c.form_id,
            t.interview.c.form_version,
            t.interview.c.state,
            t.interview.c.updated_at,
            t.interview.c.status,
        )
        .where(
            t.interview.c.person_id == person_id,
            t.interview.c.status.in_(UNFINISHED),
            t.interview.c.updated_at > now - DRAFT_KEPT,
        )
        .order_by(t.interview.c.updated_at.desc(), t.interview.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [Draft(*row) for row in rows]


def unfinished_reports(db: Connection, person_id: int, unit_id: int) -> list[Draft]:
    """List what a person has open or put aside for a unit, except corrections: those stay with their report."""
    row = t.interview.c
    columns = (row.id, row.form_id, row.form_version, row.state, row.updated_at, row.status)
    mine = (row.person_id == person_id, row.unit_id == unit_id, row.corrects.is_(None), row.status.in_(UNFINISHED))
    return [Draft(*found) for found in db.execute(select(*columns).where(*mine).order_by(row.id))]


def give_to(db: Connection, interview_id: int, unit_id: int, state: str, now: datetime) -> None:
    """Let an unfinished interview be another unit's."""
    here = t.interview.c.id == interview_id
    db.execute(update(t.interview).where(here).values(unit_id=unit_id, state=state, updated_at=now))


def take_up(db: Connection, person_id: int, interview_id: int, now: datetime) -> OpenInterview | None:
    """Open one of the person's drafts again; what was open becomes a draft. `None` if it is not theirs or over."""
    row = db.execute(
        select(t.interview).where(
            t.interview.c.id == interview_id,
            t.interview.c.person_id == person_id,
            t.interview.c.status.in_(UNFINISHED),
        )
    ).first()
    if row is None:
        return None
    if row.status == InterviewStatus.DRAFT:
        put_aside_open(db, person_id, now)
        set_status(db, interview_id, InterviewStatus.OPEN, now)
    return _opened(row)


def find_unfinished(db: Connection, person_id: int, interview_id: int) -> OpenInterview | None:
    """Read one interview that the person has open or put aside."""
    mine = t.interview.c
    theirs = (mine.id == interview_id, mine.person_id == person_id, mine.status.in_(UNFINISHED))
    row = db.execute(select(t.interview).where(*theirs)).first()
    return _opened(row) if row else None


def _opened(row: Any) -> OpenInterview:
    of_report = (row.corrects, row.corrects_revision)
    return OpenInterview(row.id, row.form_id, row.form_version, row.unit_id, *of_report, row.state)


def is_open(db: Connection, interview_id: int) -> bool:
    """Whether it is still open: somebody else's correction of the same report may have put it aside meanwhile."""
    return db.scalar(select(t.interview.c.status).where(t.interview.c.id == interview_id)) == InterviewStatus.OPEN


def catch_up(db: Connection, interview_id: int, revision: int) -> None:
    """Note that a correction's author has been shown the report as it is now; the correction changes that revision."""
    db.execute(update(t.interview).where(t.interview.c.id == interview_id).values(corrects_revision=revision))


def end_corrections(db: Connection, submission_id: int, now: datetime, person_id: int) -> None:
    """Cancel the person's own unfinished corrections of a report: they have just changed the report."""
    own = (t.interview.c.person_id == person_id, *_unfinished_corrections(submission_id))
    db.execute(update(t.interview).where(*own).values(status=InterviewStatus.CANCELLED, updated_at=now))


def put_aside_corrections(db: Connection, submission_id: int, now: datetime, person_id: int) -> list[tuple[int, int]]:
    """Make drafts of other people's unfinished corrections of a report; return the people and the interviews."""
    mine = t.interview.c
    others = (mine.person_id != person_id, *_unfinished_corrections(submission_id))
    aside = update(t.interview).where(*others).values(status=InterviewStatus.DRAFT, updated_at=now)
    return [(row[0], row[1]) for row in db.execute(aside.returning(mine.person_id, mine.id))]


def _unfinished_corrections(submission_id: int) -> tuple[ColumnElement[bool], ...]:
    return t.interview.c.corrects == submission_id, t.interview.c.status.in_(UNFINISHED)


def outcome(db: Connection, person_id: int, interview_id: int) -> tuple[str, int | None, str]:
    """Read an interview's status, the submission that it made or corrected, and its form; all empty if not theirs."""
    made = func.coalesce(t.submission.c.id, t.interview.c.corrects)
    row = db.execute(
        select(t.interview.c.status, made, t.interview.c.form_id)
        .outerjoin(t.submission, t.submission.c.interview_id == t.interview.c.id)
        .where(t.interview.c.id == interview_id, t.interview.c.person_id == person_id)
    ).first()
    return (row[0], row[1], row[2]) if row else ("", None, "")


class FormChanged(ValueError):
    """A published version of a form has other questions or choices now."""


def publish_form(db: Connection, form: Form, now: datetime) -> None:
    """Keep a form's version for the interviews pinned to it; the same version with other contents is refused."""
    published = _HASH.first(db, form_id=form.id, version=form.version)
    if published is None:
        values = {"hash": form.hash, "source": form.source, "csvs": dict(form.csvs), "published_at": now}
        _PUBLISH.run(db, form_id=form.id, version=form.version, **values)
    elif published[0] != form.hash:
        raise FormChanged(f"form {form.id} version {form.version} was published with other contents")


def form_source(db: Connection, form_id: str, version: str) -> tuple[str, dict[str, str]] | None:
    """Read a published form's XLSForm and its choice files."""
    row = db.execute(
        select(t.form.c.source, t.form.c.csvs).where(t.form.c.form_id == form_id, t.form.c.version == version)
    ).first()
    return (row.source, row.csvs) if row else None
