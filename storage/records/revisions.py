"""Reads what became of one report: every version with who made it, when, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from rules.states import Deed
from storage import tables as t

WRITING = (Deed.SEND, Deed.CORRECT)
"""The deeds that make answers."""
_ROW = t.submission_revision.c
_ANY = t.submission_revision.alias("any_revision").c
"""Any version of a report, in conditions on statements that read one of them."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of a report. `deed` made it; `reason` is a code or somebody's own words."""

    revision: int
    deed: str
    person_id: int
    person: str
    at: datetime
    reason: str
    concerns: tuple[str, ...]
    answers: Mapping[str, Any]


_REVISIONS = select(
    _ROW.revision,
    _ROW.action,
    _ROW.person_id,
    t.person.c.name,
    _ROW.at,
    _ROW.reason,
    _ROW.concerns,
    _ROW.answers,
).join(t.person, t.person.c.id == _ROW.person_id)


def history(db: Connection, submission_id: int) -> list[Revision]:
    """List all versions of a report, the first one first."""
    rows = db.execute(_REVISIONS.where(_ROW.submission_id == submission_id).order_by(_ROW.revision))
    return [Revision(*row[:6], tuple(row[6] or ()), row[7]) for row in rows]


def wrote(submission: ColumnElement[int] | int, person_id: int) -> ColumnElement[bool]:
    """A condition: the person sent or corrected a report."""
    return exists().where(_ANY.submission_id == submission, _ANY.person_id == person_id, _ANY.action.in_(WRITING))


def writers(db: Connection, submission_id: int) -> frozenset[int]:
    """List the people who sent or corrected a report."""
    return writers_of(db, [submission_id])[submission_id]


def writers_of(db: Connection, submission_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """List them for some reports, by report."""
    found: dict[int, set[int]] = {each: set() for each in submission_ids}
    theirs = select(_ROW.submission_id, _ROW.person_id)
    theirs = theirs.where(_ROW.submission_id.in_(submission_ids), _ROW.action.in_(WRITING))
    for report, person in db.execute(theirs) if found else ():
        found[report].add(person)
    return {report: frozenset(people) for report, people in found.items()}


def was_returned(submission: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition: a report was returned once."""
    return exists().where(_ANY.submission_id == submission, _ANY.action == Deed.RETURN)


def last_return(db: Connection, submission_id: int) -> Revision | None:
    """Find why, by whom and for which questions a report was returned last."""
    returned = _REVISIONS.where(_ROW.submission_id == submission_id, _ROW.action == Deed.RETURN)
    row = db.execute(returned.order_by(_ROW.revision.desc()).limit(1)).first()
    return Revision(*row[:6], tuple(row[6] or ()), row[7]) if row else None


def last_written(db: Connection, submission_id: int) -> Revision:
    """Find the version by which a report got its present answers."""
    written = _REVISIONS.where(_ROW.submission_id == submission_id, _ROW.action.in_(WRITING))
    row = db.execute(written.order_by(_ROW.revision.desc()).limit(1)).one()
    return Revision(*row[:6], tuple(row[6] or ()), row[7])


def since(db: Connection, submission_id: int) -> datetime:
    """Find when a report became what it is."""
    row = db.execute(_LATEST.where(_ROW.submission_id == submission_id)).one()
    at: datetime = row[0]
    return at


_LATEST = select(_ROW.at).order_by(_ROW.revision.desc()).limit(1)
