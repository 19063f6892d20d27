"""Stores the typed facts of activity reports: what took place, its lines, and which report of one event counts.

Code that stores, corrects, returns, approves or withdraws a report calls `record` or `change`; code that links reports
of one event calls `recount`. Each moves the rollup along in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, false, func, insert, literal, or_, select, update

from rules.same_event import Count, Member, counting, disagree
from rules.states import COUNTED, ReportState
from storage import tables as t
from storage.db.prepared import Prepared
from storage.records import totals

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report; see `storage.tables.reporting.ActivityLine`."""

    target_group: str
    item: str
    mode: str
    women: int
    men: int
    unsorted: int
    first_women: int | None
    first_men: int | None
    quantity: int
    violations: int
    handled: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The typed facts of an activity report, which the figures read. A report has at least one line."""

    activity: str
    kind: str
    first_day: date
    last_day: date
    place: str
    place_unit_id: int | None
    organiser_unit_id: int | None
    event_set_id: int | None
    counts: bool
    sex_asked: int
    sex_unknown: bool
    lines: tuple[Line, ...] = ()

    @property
    def women(self) -> int:
        return sum(line.women for line in self.lines)

    @property
    def men(self) -> int:
        return sum(line.men for line in self.lines)

    @property
    def unsorted(self) -> int:
        return sum(line.unsorted for line in self.lines)

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Projection:
    """The facts that a report's answers say: columns of `activity` (but for submission, state and time), and lines."""

    facts: Row
    lines: tuple[Row, ...]


FACTS = tuple(t.activity.c[name] for name in Facts.__slots__ if name != "lines")
_LINE_COLUMNS = tuple(column.name for column in t.activity_line.c)
_LINE_DEFAULTS = {name: field.default for name, field in t.ActivityLine.model_fields.items() if not field.is_required()}
_DEFAULTS = {name: field.default for name, field in t.Activity.model_fields.items() if not field.is_required()}

_INSERT = Prepared(insert(t.activity), tuple(column.name for column in t.activity.c))
_INSERT_LINE = Prepared(insert(t.activity_line), _LINE_COLUMNS)
_LINE = t.activity_line.c
_LINES_OF_ONE = Prepared(
    select(*(_LINE[name] for name in Line.__slots__))
    .where(_LINE.submission_id == bindparam("row"))
    .order_by(_LINE.position)
)


def record(
    db: Connection,
    submission_id: int,
    projection: Projection,
    sent_at: datetime,
    state: ReportState = ReportState.SENT,
) -> None:
    """Store a new report's facts and lines (the tables' defaults hold) and count them."""
    activity = {**_DEFAULTS, "state": state, **projection.facts, "submission_id": submission_id, "sent_at": sent_at}
    activity["counts"] = activity["state"] in COUNTED
    _INSERT.run(db, **activity)
    lines = _store_lines(db, submission_id, projection.lines)
    totals.add(db, totals.shares(activity, lines))


def change(db: Connection, submission_id: int, projection: Projection | None, state: str) -> None:
    """Give a report another state and, unless `projection` is None, other facts.

    Nothing happens if the submission has no typed facts: other forms have none.
    """
    set_id = _lock_set_of(db, submission_id)
    stored = _lock(db, set_id, [submission_id])
    if submission_id not in stored:
        return
    old = stored[submission_id]
    deltas = totals.shares(old, lines_before(db, submission_id), -1)
    new = {**old, **(projection.facts if projection else {}), "state": state, "counts": state in COUNTED}
    if projection is not None:
        db.execute(delete(t.activity_line).where(_LINE.submission_id == submission_id))
        _store_lines(db, submission_id, projection.lines)
    if set_id is not None:
        new["counts"] = False  # until the set is counted anew
    db.execute(update(t.activity).where(t.activity.c.submission_id == submission_id).values(new))
    totals.add(db, [*deltas, *totals.shares(new, lines_before(db, submission_id))])
    if set_id is not None:
        recount(db, set_id)


def leave_set(db: Connection, submission_id: int) -> None:
    """Take a report out of its set, which is locked: it counts by itself again. The others are to be counted anew."""
    row = _lock(db, None, [submission_id])[submission_id]
    alone = {**row, "event_set_id": None, "organiser_unit_id": None, "counts": row["state"] in COUNTED}
    db.execute(update(t.activity).where(t.activity.c.submission_id == submission_id).values(alone))
    if alone["counts"] != row["counts"]:
        totals.add(db, totals.shares(alone, lines_before(db, submission_id)))


def recount(db: Connection, set_id: int) -> int | None:
    """Let one report of a set count: the one that `rules.same_event` names; return its submission.

    It also notes whether somebody has to decide, and moves the set's revision on.
    """
    chosen, members = members_of(db, set_id)
    counted = counting([member for member, _ in members], chosen)
    deltas = []
    for member, row in members:
        counts = member.id == counted
        if counts != row["counts"]:
            db.execute(update(t.activity).where(t.activity.c.submission_id == member.id).values(counts=counts))
            now = {**row, "counts": True}
            deltas += totals.shares(now, lines_before(db, member.id), 1 if counts else -1)
    totals.add(db, deltas)
    _judge(db, set_id, chosen, [member.id for member, _ in members if member.state in COUNTED])
    return counted


def _judge(db: Connection, set_id: int, chosen: int | None, standing: Sequence[int]) -> None:
    apart = disagree([_count(lines) for lines in lines_of(db, standing).values()]) and chosen not in standing
    mine = t.event_set.c
    is_parted = mine.parted_id.in_(standing if len(standing) > 1 else ())
    judged = {"disputed": or_(literal(apart), func.coalesce(is_parted, false())), "revision": mine.revision + 1}
    db.execute(update(t.event_set).where(mine.id == set_id).values(judged))


def _count(lines: Sequence[Line]) -> Count:
    total = sum(line.women + line.men + line.unsorted + line.quantity for line in lines)
    return Count(total, frozenset(line.target_group for line in lines))


def _lock_set_of(db: Connection, submission_id: int) -> int | None:
    """Lock the set of a report. Another turn may have joined it to another set meanwhile: it looks until none has."""
    mine = select(t.activity.c.event_set_id).where(t.activity.c.submission_id == submission_id)
    known: int | None = None
    while (set_id := db.scalar(mine)) != known:
        db.execute(select(t.event_set.c.id).where(t.event_set.c.id == set_id).with_for_update()).all()
        known = set_id
    return known


def members_of(db: Connection, set_id: int) -> tuple[int | None, list[tuple[Member, Row]]]:
    """Lock a set; return the submission that was chosen to count, and its members with their rows of `activity`."""
    stored = _lock(db, set_id, [])
    chosen = db.scalar(select(t.event_set.c.chosen_id).where(t.event_set.c.id == set_id))
    return chosen, [
        (Member(number, row["state"], row["organiser_unit_id"] == row["unit_id"], row["sent_at"]), row)
        for number, row in sorted(stored.items())
    ]


def _lock(db: Connection, set_id: int | None, submission_ids: Sequence[int]) -> dict[int, Row]:
    """Lock a set and then its members, or else these reports; the order keeps two turns from waiting for each other."""
    row = t.activity.c
    mine = row.submission_id.in_(submission_ids)
    if set_id is not None:
        db.execute(select(t.event_set.c.id).where(t.event_set.c.id == set_id).with_for_update()).all()
    members = mine if set_id is None else or_(mine, row.event_set_id == set_id)
    rows = db.execute(select(t.activity).where(members).order_by(t.activity.c.submission_id).with_for_update())
    return {row.submission_id: row._asdict() for row in rows}


def lines_before(db: Connection, submission_id: int) -> list[Row]:
    """A report's lines as they are stored."""
    mine = select(t.activity_line).where(_LINE.submission_id == submission_id).order_by(_LINE.position)
    return [row._asdict() for row in db.execute(mine)]


def as_lines(projection: Projection) -> tuple[Line, ...]:
    """The lines that a projection says, as a stored report has them."""
    rows = ({**_LINE_DEFAULTS, **line} for line in projection.lines)
    return tuple(Line(*(row[name] for name in Line.__slots__)) for row in rows)


def _store_lines(db: Connection, submission_id: int, lines: Iterable[Row]) -> list[Row]:
    rows: list[Row] = [
        {**_LINE_DEFAULTS, **line, "submission_id": submission_id, "position": position}
        for position, line in enumerate(lines)
    ]
    _INSERT_LINE.run_each(db, rows)
    return rows


def lines_of(db: Connection, submission_ids: Sequence[int]) -> dict[int, tuple[Line, ...]]:
    """The lines of some reports, by submission, in their order."""
    if len(submission_ids) == 1:
        (row,) = submission_ids
        return {row: tuple(Line(*values) for values in _LINES_OF_ONE.all(db, row=row))}
    columns = (_LINE.submission_id, *(_LINE[name] for name in Line.__slots__))
    query = select(*columns).where(_LINE.submission_id.in_(submission_ids))
    found: dict[int, tuple[Line, ...]] = {}
    for number, *values in db.execute(query.order_by(_LINE.submission_id, _LINE.position)):
        found[number] = (*found.get(number, ()), Line(*values))
    return found
