"""Keeps what people write into letters, each part version by version, with who and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from periods.period import Period
from rules.states import COUNTED
from storage import tables as t
from storage.db.upsert import insert_or_keep

PROPOSALS = "proposals"
"""The part of a letter, and the question of a report on results, that say what a unit proposes."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that somebody writes into, about the period of a code."""

    id: int
    kind: str
    unit_id: int
    period: str


@dataclass(frozen=True, slots=True)
class Written:
    """The newest version of a part of a letter, which an empty text takes back."""

    letter_id: int
    unit_id: int
    part: str
    version: int
    text: str
    person: str
    at: datetime


def open_letter(db: Connection, kind: str, unit_id: int, period: Period, now: datetime) -> LetterRow:
    """Find the letter of a kind, unit and period; it begins now if it has not yet."""
    values = {"kind": kind, "unit_id": unit_id, "period": period.code, "created_at": now}
    db.execute(_BEGIN.on(db).values(values))
    row = t.letter.c
    found = (row.kind == kind, row.unit_id == unit_id, row.period == period.code)
    return LetterRow(int(db.execute(select(row.id).where(*found)).scalar_one()), kind, unit_id, period.code)


def find_letter(db: Connection, letter_id: int) -> LetterRow | None:
    """Find a letter that was begun."""
    row = t.letter.c
    found = db.execute(select(row.id, row.kind, row.unit_id, row.period).where(row.id == letter_id)).one_or_none()
    return LetterRow(*found) if found else None


def written_by(db: Connection, kind: str, period: Period, units: Collection[int]) -> list[Written]:
    """The newest versions of all parts that these units wrote into their letters of a kind and period."""
    row = t.letter.c
    query = _newest_parts().where(row.kind == kind, row.period == period.code, row.unit_id.in_(units))
    return [
        Written(letter, unit, part, version, text, person or "", at)
        for letter, unit, part, version, text, person, at in db.execute(query)
    ]


def proposed_in(db: Connection, form: str, period: Period, units: Collection[int]) -> list[Written]:
    """The proposals that these units handed in with their reports on results of a period, by their form's id.

    They read like a part that nobody has written into a letter yet: version 0.
    """
    report, version, person = t.submission.c, t.submission_revision.c, t.person.c
    newest = and_(version.submission_id == report.id, version.revision == report.revision)
    rows = (
        select(report.unit_id, version.answers, person.name, version.at)
        .join_from(t.submission, t.submission_revision, newest)
        .outerjoin(t.person, person.id == version.person_id)
        .where(report.form_id == form, report.state.in_(COUNTED), report.unit_id.in_(units))
        .order_by(report.id)
    )
    return [
        Written(0, unit, PROPOSALS, 0, answers["proposals"], name or "", at)
        for unit, answers, name, at in db.execute(rows)
        if answers.get("period") == period.code and answers.get("proposals")
    ]


def write(
    db: Connection, letter_id: int, part: str, text: str, *, seen: int, person_id: int | None, now: datetime
) -> bool:
    """Add a version to a part, if the newest is still the one that was `seen` (0: none). False if it is not."""
    values = {"letter_id": letter_id, "part": part, "version": seen + 1, "text": text}
    row = t.letter_part.c
    newest = db.scalar(select(func.max(row.version)).where(row.letter_id == letter_id, row.part == part)) or 0
    added = _ADD.on(db).values(**values, person_id=person_id, at=now).returning(row.id)
    return newest == seen and db.scalar(added) is not None


def _newest_parts() -> Select[Any]:
    newer = t.letter_part.alias("newer")
    row, later = t.letter_part.c, newer.c
    superseded = select(later.id).where(
        later.letter_id == row.letter_id, later.part == row.part, later.version > row.version
    )
    return (
        select(row.letter_id, t.letter.c.unit_id, row.part, row.version, row.text, t.person.c.name, row.at)
        .join_from(t.letter_part, t.letter)
        .join(t.person, t.person.c.id == row.person_id, isouter=True)
        .where(~superseded.exists())
        .order_by(row.id)
    )


_BEGIN = insert_or_keep(t.letter)
_ADD = insert_or_keep(t.letter_part)
