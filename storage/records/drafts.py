"""Stores what draft plans plan, with their budgets, and which of it may overlap; no figure reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, insert, or_, select, update

from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.records import trail

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a draft's answers say: columns of `draft_row` and `budget_line`, but for submission, position and state."""

    rows: tuple[Values, ...]
    costs: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A planned activity as it is stored; see `storage.tables.obligations.DraftRow`."""

    submission_id: int
    position: int
    unit_id: int
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
    place_unit_id: int | None
    site: str
    lead_unit_id: int | None
    partners: str
    note: str
    stands: bool


@dataclass(frozen=True, slots=True)
class StoredCost:
    """A line of a budget as it is stored; see `storage.tables.obligations.BudgetLine`."""

    submission_id: int
    position: int
    row: int
    item: str
    measure: str
    quantity: int
    rate: int
    amount: int
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two planned activities that may overlap, by draft and row."""

    id: int
    first: tuple[int, int]
    second: tuple[int, int]
    reason: str
    answer: str
    answered_by: int | None
    revision: int


_ROW, _COST, _PAIR = t.draft_row.c, t.budget_line.c, t.draft_overlap.c
_SEEN_AS = ("content", "activity", "target_group", "first_day", "last_day", "place_unit_id", "site", "lead_unit_id")
"""What people go by who decide about an overlap."""
_ADD_PAIR = insert_or_keep(t.draft_overlap, ("first_id", "first_row", "second_id", "second_row"))


def record(db: Connection, submission_id: int, facts: DraftFacts) -> None:
    """Store what a draft says, in the place of what it said before.

    What was decided about an activity that is another one now, or none, was decided about something else.
    """
    said = {position: _what(values) for position, values in _numbered(facts.rows)}
    for before in rows_of(db, submission_id):
        if said.get(before.position) != _what(asdict(before)):
            _part(db, or_(_is_first(submission_id, before.position), _is_second(submission_id, before.position)))
    db.execute(delete(t.budget_line).where(_COST.submission_id == submission_id))
    db.execute(delete(t.draft_row).where(_ROW.submission_id == submission_id))
    rows = [
        {**row, "submission_id": submission_id, "position": at, "stands": True} for at, row in _numbered(facts.rows)
    ]
    costs = [{**cost, "submission_id": submission_id, "position": at} for at, cost in _numbered(facts.costs)]
    if rows:
        db.execute(insert(t.draft_row), rows)
    if costs:
        db.execute(insert(t.budget_line), costs)


def _what(values: Values) -> tuple[Any, ...]:
    return tuple(values[name] for name in _SEEN_AS)


def _is_first(draft: int, row: int) -> ColumnElement[bool]:
    return and_(_PAIR.first_id == draft, _PAIR.first_row == row)


def _is_second(draft: int, row: int) -> ColumnElement[bool]:
    return and_(_PAIR.second_id == draft, _PAIR.second_row == row)


def _part(db: Connection, which: ColumnElement[bool]) -> None:
    """Note that pairs overlap no more. They are kept: a button of a pair never acts on another one."""
    values = {"reason": "", "answer": "", "answered_by": None, "answered_at": None, "revision": _PAIR.revision + 1}
    db.execute(update(t.draft_overlap).where(which, _PAIR.reason != "").values(values))


def _numbered(values: Sequence[Values]) -> Sequence[tuple[int, Values]]:
    return list(enumerate(values, 1))


def let_stand(db: Connection, submission_id: int, *, stands: bool) -> None:
    """Note whether a draft stands: it does not once it was withdrawn or returned."""
    db.execute(update(t.draft_row).where(_ROW.submission_id == submission_id).values(stands=stands))


def standing(db: Connection, year: int) -> list[StoredRow]:
    """List what stands in the drafts of a year."""
    query = select(t.draft_row).where(_ROW.year == year, _ROW.stands)
    return [StoredRow(*row) for row in db.execute(query.order_by(_ROW.submission_id, _ROW.position))]


def rows_of(db: Connection, submission_id: int) -> list[StoredRow]:
    """List what one draft plans."""
    query = select(t.draft_row).where(_ROW.submission_id == submission_id).order_by(_ROW.position)
    return [StoredRow(*row) for row in db.execute(query)]


def row_at(db: Connection, draft: int, position: int) -> StoredRow | None:
    """Find one planned activity."""
    query = select(t.draft_row).where(_ROW.submission_id == draft, _ROW.position == position)
    row = db.execute(query).first()
    return StoredRow(*row) if row else None


def costs_of(db: Connection, submission_ids: Sequence[int]) -> list[StoredCost]:
    """List the lines of some drafts' budgets."""
    query = select(t.budget_line).where(_COST.submission_id.in_(submission_ids))
    return [StoredCost(*row) for row in db.execute(query.order_by(_COST.submission_id, _COST.position))]


def have_samples(db: Connection, submission_ids: Sequence[int]) -> bool:
    """Whether any of some drafts is a sample."""
    row = t.submission.c
    return bool(db.scalar(select(row.id).where(row.id.in_(submission_ids), row.sample).limit(1)))


def note_overlaps(
    db: Connection, draft: int, found: Mapping[tuple[tuple[int, int], tuple[int, int]], str], now: datetime
) -> list[Overlap]:
    """Keep exactly these overlaps of a draft, by pair with the reason; return those that are new.

    What was answered stays answered, as long as the pair overlaps.
    """
    known = {(pair.first, pair.second) for pair in overlaps_of(db, draft)}
    for first, second in known - found.keys():
        _part(db, and_(_is_first(*first), _is_second(*second)))
    new = [(first, second) for first, second in found if (first, second) not in known]
    for first, second in new:
        values = {"first_id": first[0], "first_row": first[1], "second_id": second[0], "second_row": second[1]}
        db.execute(_ADD_PAIR.on(db).values(**values, reason="", answer="", created_at=now, revision=0))
        again = {"reason": found[first, second], "created_at": now, "revision": _PAIR.revision + 1}
        db.execute(update(t.draft_overlap).where(_is_first(*first), _is_second(*second)).values(again))
    return [pair for pair in overlaps_of(db, draft) if (pair.first, pair.second) in new]


def overlaps_of(db: Connection, draft: int) -> list[Overlap]:
    """List the overlaps of a draft."""
    mine = or_(_PAIR.first_id == draft, _PAIR.second_id == draft)
    query = select(t.draft_overlap).where(mine, _PAIR.reason != "")
    return [_overlap(row) for row in db.execute(query.order_by(_PAIR.id))]


def open_overlaps(db: Connection, *, offset: int, limit: int) -> list[Overlap]:
    """List the overlaps of standing drafts that nobody has answered, the oldest first."""
    stand = [
        exists().where(_ROW.submission_id == draft, _ROW.position == row, _ROW.stands)
        for draft, row in ((_PAIR.first_id, _PAIR.first_row), (_PAIR.second_id, _PAIR.second_row))
    ]
    query = select(t.draft_overlap).where(_PAIR.answer == "", _PAIR.reason != "", *stand).order_by(_PAIR.id)
    return [_overlap(row) for row in db.execute(query.offset(offset).limit(limit))]


def find_overlap(db: Connection, overlap_id: int) -> Overlap | None:
    """Find an overlap; `None` if the two overlap no more."""
    row = db.execute(select(t.draft_overlap).where(_PAIR.id == overlap_id, _PAIR.reason != "")).first()
    return _overlap(row) if row else None


def answer(db: Connection, overlap_id: int, seen: int, said: str, person_id: int, now: datetime) -> bool:
    """Note what was decided about an overlap; false unless it is at the revision seen."""
    as_seen = (_PAIR.id == overlap_id, _PAIR.revision == seen)
    values = {"answer": said, "answered_by": person_id, "answered_at": now, "revision": _PAIR.revision + 1}
    if db.execute(update(t.draft_overlap).where(*as_seen).values(values)).rowcount != 1:
        return False
    trail.note(db, f"draft_overlap:{overlap_id}", said, person_id, now, {})
    return True


def _overlap(row: Row[Any]) -> Overlap:
    first, second = (row.first_id, row.first_row), (row.second_id, row.second_row)
    return Overlap(row.id, first, second, row.reason, row.answer, row.answered_by, row.revision)
