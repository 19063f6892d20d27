"""Stores submissions of any form: one an interview, with every version of every answer, and typed facts beside it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from rules.states import Deed, ReportState
from rules.warnings import NO_REMARKS, Remarks, ReportWarning, warning_of
from storage import tables as t
from storage.db.prepared import Prepared
from storage.records import activities, drafts, unit_weeks
from storage.records.activities import FACTS, Facts, Line, Projection
from storage.records.drafts import DraftFacts


@dataclass(frozen=True, slots=True)
class Report:
    """A submission as people see it. `day` is the day that it is about; `facts` is set only if its form has facts.

    `by_unit` is set where somebody of that unit reported in this one's place. `warnings` are what deserves a look in
    these answers; `reason` is what was said with the last deed: by the author about the warnings, or by a chair.
    """

    id: int
    form_id: str
    form_version: str
    person_id: int
    person: str
    unit_id: int
    unit: str
    by_unit: str | None
    state: str
    revision: int
    day: date
    sent_at: datetime
    answers: Mapping[str, Any]
    warnings: tuple[ReportWarning, ...]
    reason: str
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class Projected:
    """The values read from a form's answers: the (last) day that they are about, and the facts, if its form has any.

    A form has facts of what took place (`activity`) or of what is planned (`draft`), or none.
    """

    day: date
    activity: Projection | None = None
    draft: DraftFacts | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a submission was changed: a code or somebody's own words, and the paths of the questions concerned."""

    reason: str = ""
    concerns: tuple[str, ...] = ()


NO_REASON = Why()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a submission: its author and its `Deed`."""

    action: str
    person: str


_AUTHOR = t.person.alias("author")
_BY = t.unit.alias("by")
REPORT = (
    select(
        t.submission.c.id,
        t.submission.c.form_id,
        t.submission.c.form_version,
        t.submission.c.person_id,
        _AUTHOR.c.name.label("person"),
        t.submission.c.unit_id,
        t.unit.c.code.label("unit"),
        _BY.c.code.label("by_unit"),
        t.submission.c.state,
        t.submission.c.revision,
        t.submission.c.day,
        t.submission.c.created_at,
        t.submission_revision.c.answers,
        t.submission_revision.c.warnings,
        t.submission_revision.c.reason,
        *FACTS,
    )
    .join(_AUTHOR, _AUTHOR.c.id == t.submission.c.person_id)
    .join(t.unit, t.unit.c.id == t.submission.c.unit_id)
    .join(
        t.submission_revision,
        (t.submission_revision.c.submission_id == t.submission.c.id)
        & (t.submission_revision.c.revision == t.submission.c.revision),
    )
    .outerjoin(_BY, _BY.c.id == t.submission.c.by_unit_id)
    .outerjoin(t.activity, t.activity.c.submission_id == t.submission.c.id)
)


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
        "warned",
        "created_at",
        "updated_at",
    ),
)
_REVISE = Prepared(
    insert(t.submission_revision),
    ("submission_id", "revision", "answers", "person_id", "at", "action", "warnings", "reason", "concerns"),
)
_FIND = Prepared(REPORT.where(t.submission.c.id == bindparam("row")))


def reports_of(db: Connection, rows: Iterable[Sequence[Any]]) -> list[Report]:
    """Make reports of rows of `REPORT`, with their lines."""
    known = list(rows)
    with_facts = [row[0] for row in known if row[-len(FACTS)] is not None]
    lines = activities.lines_of(db, with_facts) if with_facts else {}
    return [_report(row, lines.get(row[0])) for row in known]


def _report(row: Sequence[Any], lines: tuple[Line, ...] | None) -> Report:
    *said, warnings, reason = row[: -len(FACTS)]
    facts = None if lines is None else _facts(*row[-len(FACTS) :], lines)
    values = (*said, tuple(map(warning_of, warnings)), reason, facts)
    return Report(*values)


def _facts(*values: Any) -> Facts:
    return Facts(*values)


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
    remarks: Remarks = NO_REMARKS,
) -> int:
    """Store a finished interview as a submission with its first revision and what is read out of it; return its id."""
    whose = {"form_id": form[0], "form_version": form[1], "person_id": person_id, "unit_id": unit_id}
    values = {
        **whose,
        "interview_id": interview_id,
        "state": ReportState.SENT,
        "revision": 1,
        "day": projected.day,
        "sample": False,
        "warned": bool(remarks.warnings),
        "created_at": now,
        "updated_at": now,
    }
    return _store(db, values, answers, projected, remarks)


def store_sample(
    db: Connection,
    *,
    form: tuple[str, str],
    person_id: int,
    unit_id: int,
    answers: Mapping[str, Any],
    projected: Projected,
    sent_at: datetime,
    approved_at: datetime | None = None,
) -> int:
    """Store a sample report; one that its author has approved already with both revisions, and counted once."""
    whose = {"form_id": form[0], "form_version": form[1], "person_id": person_id, "unit_id": unit_id}
    values = {
        **whose,
        "interview_id": None,
        "state": ReportState.APPROVED if approved_at else ReportState.SENT,
        "revision": 2 if approved_at else 1,
        "day": projected.day,
        "sample": True,
        "warned": False,
        "created_at": sent_at,
        "updated_at": approved_at or sent_at,
    }
    return _store(db, values, answers, projected)


def _store(
    db: Connection,
    values: Mapping[str, Any],
    answers: Mapping[str, Any],
    projected: Projected,
    remarks: Remarks = NO_REMARKS,
) -> int:
    inserted = _SUBMIT.first(db, **values)
    assert inserted is not None  # noqa: S101 (RETURNING)
    submission_id, person_id, sent_at = int(inserted[0]), values["person_id"], values["created_at"]
    _revise(db, submission_id, 1, answers=answers, person_id=person_id, deed=Deed.SEND, now=sent_at, remarks=remarks)
    if values["state"] == ReportState.APPROVED:
        at = values["updated_at"]
        _revise(db, submission_id, 2, answers=answers, person_id=person_id, deed=Deed.APPROVE, now=at)
    if projected.activity is not None:
        activities.record(db, submission_id, projected.activity, sent_at, values["state"])
        unit_weeks.keep(db, submission_id, sent_at)
    if projected.draft is not None:
        drafts.record(db, submission_id, projected.draft)
    return submission_id


def note_place_taken(db: Connection, submission_id: int, by_unit_id: int) -> None:
    """Note that somebody of another unit reported in the place of the unit."""
    db.execute(update(t.submission).where(t.submission.c.id == submission_id).values(by_unit_id=by_unit_id))


def correct(
    db: Connection,
    report: Report,
    *,
    person_id: int,
    answers: Mapping[str, Any],
    projected: Projected,
    now: datetime,
    remarks: Remarks = NO_REMARKS,
) -> None:
    """Replace a submission's answers by a new revision. It counts as sent again, since its first time of sending."""
    revision, warned = report.revision + 1, bool(remarks.warnings)
    _revise(db, report.id, revision, answers=answers, person_id=person_id, deed=Deed.CORRECT, now=now, remarks=remarks)
    _set(db, report.id, now, state=ReportState.SENT, revision=revision, day=projected.day, warned=warned)
    activities.change(db, report.id, projected.activity, ReportState.SENT)
    if projected.draft is not None:
        drafts.record(db, report.id, projected.draft)
    unit_weeks.keep(db, report.id, now)


def remark(db: Connection, submission_id: int, revision: int, remarks: Remarks) -> None:
    """Keep what was found to deserve a look in a stored version, and what was said about that."""
    version, report = t.submission_revision.c, t.submission.c
    mine = (version.submission_id == submission_id, version.revision == revision)
    warnings = [warning.as_json() for warning in remarks.warnings]
    db.execute(update(t.submission_revision).where(*mine).values(warnings=warnings, reason=remarks.reason))
    db.execute(update(t.submission).where(report.id == submission_id).values(warned=bool(warnings)))


def set_state(
    db: Connection,
    report: Report,
    *,
    state: ReportState,
    person_id: int,
    deed: Deed,
    now: datetime,
    why: Why = NO_REASON,
) -> None:
    """Withdraw, approve or return a submission: the same answers in a revision that says who did it, when and why."""
    revision, same = report.revision + 1, Remarks(report.warnings, why.reason)
    _revise(
        db,
        report.id,
        revision,
        answers=report.answers,
        person_id=person_id,
        deed=deed,
        now=now,
        remarks=same,
        concerns=why.concerns,
    )
    _set(db, report.id, now, state=state, revision=revision)
    activities.change(db, report.id, None, state)
    unit_weeks.keep(db, report.id, now)


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
    remarks: Remarks = NO_REMARKS,
    concerns: Sequence[str] = (),
) -> None:
    row = {"submission_id": submission_id, "revision": revision, "person_id": person_id, "at": now, "action": deed}
    said = {"warnings": [warning.as_json() for warning in remarks.warnings], "reason": remarks.reason}
    _REVISE.run(db, **row, answers=dict(answers), **said, concerns=list(concerns) or None)


def find(db: Connection, submission_id: int) -> Report | None:
    """Find a submission with its present answers."""
    row = _FIND.first(db, row=submission_id)
    return reports_of(db, [row])[0] if row else None


def lock(db: Connection, submission_id: int) -> None:
    """Let nobody else change a submission until this turn is committed, so that what is read next is what is changed.

    This is a statement of its own: one that waits for a row would see other rows as they were before. On SQLite turns
    exclude each other anyway.
    """
    if db.dialect.name == "postgresql":
        db.execute(select(t.submission.c.id).where(t.submission.c.id == submission_id).with_for_update(key_share=True))


def revision_of(db: Connection, submission_id: int) -> int:
    """Return a submission's revision; 0 if there is none."""
    return db.scalar(select(t.submission.c.revision).where(t.submission.c.id == submission_id)) or 0


def last_change(db: Connection, submission_id: int) -> Change:
    """Find who did what to a submission last."""
    version = t.submission_revision.c
    changes = select(version.action, t.person.c.name).join(t.person, t.person.c.id == version.person_id)
    row = db.execute(changes.where(version.submission_id == submission_id).order_by(version.revision.desc())).first()
    assert row is not None  # noqa: S101 (every submission begins with a revision)
    return Change(*row)


def authors_reason(db: Connection, submission_id: int) -> str:
    """Read what was said about the warnings when the present answers were sent."""
    version = t.submission_revision.c
    written = (version.submission_id == submission_id, version.action.in_((Deed.SEND, Deed.CORRECT)))
    return db.scalar(select(version.reason).where(*written).order_by(version.revision.desc()).limit(1)) or ""


def is_corrected_since(db: Connection, submission_id: int, revision: int | None) -> bool:
    """Whether the answers have changed since a revision; approving or returning a report leaves them as they are."""
    version = t.submission_revision.c
    later = (version.submission_id == submission_id, version.revision > (revision or 0), version.action == Deed.CORRECT)
    return bool(db.scalar(select(exists().where(*later))))


def is_changed_since(db: Connection, submission_id: int, revision: int, *, but: Collection[Deed] = ()) -> bool:
    """Whether anything was done to a report since a revision, but for some deeds."""
    version = t.submission_revision.c
    later = (version.submission_id == submission_id, version.revision > revision, version.action.not_in(but))
    return bool(db.scalar(select(exists().where(*later))))
