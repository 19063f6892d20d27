"""Reads what waits for approval: reports that were sent, and that the reader did not write, the doubtful ones first.

The order is that of the queue: what has a warning, what was mended after a return, then what came in first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select

from rules.roles import Role
from rules.states import COUNTED, ReportState
from storage import tables as t
from storage.directory.holders import chairs_above, holders
from storage.directory.units import UnitsOfDay
from storage.records import revisions
from storage.records.submissions import REPORT, Report, reports_of
from storage.tables.states import written_out

_REPORT, _VERSION = t.submission.c, t.submission_revision.c
_MENDED = revisions.was_returned(_REPORT.id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for approval, at its revision; `version` is the row of that: later ones are newer."""

    id: int
    revision: int
    version: int
    warned: bool
    mended: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """The units whose reports somebody approves. Of those in `chairs` (who they are) only what all these wrote."""

    units: frozenset[int] = frozenset()
    chairs: Mapping[int, frozenset[int]] = field(default_factory=dict)


def scope(db: Connection, tree: UnitsOfDay, held: Iterable[tuple[str, str]], now: datetime) -> Scope:
    """Find what somebody with these roles (role, unit) approves.

    A chair what lies in their unit; the secretariat what no chair can approve.
    """
    roles = list(held)
    own = {unit for role, unit in roles if role == Role.WARD_CHAIR}
    theirs = frozenset(unit.id for unit in tree.units if own.intersection(tree.codes_above(unit.code)))
    if all(role != Role.SECRETARIAT for role, _ in roles):
        return Scope(theirs)
    chairs = holders(db, [Role.WARD_CHAIR], now, now)
    held_by = {unit.id: chairs_above(tree, chairs, unit.code) for unit in tree.units}
    free = frozenset(unit_id for unit_id, people in held_by.items() if not people)
    return Scope(theirs | free, {unit: people for unit, people in held_by.items() if people and unit not in theirs})


@dataclass(frozen=True, slots=True)
class InHand:
    """All that is in hand anywhere, by unit, read once for many people: see `in_hand`."""

    authors: Mapping[int, frozenset[int]]
    """By unit the authors of what waits for approval."""
    correctors: frozenset[int]
    """Who corrected something of it that somebody else wrote."""
    returned: frozenset[int]
    """The units with something that was returned."""


def in_hand(db: Connection, before: datetime) -> InHand:
    """Read what waits for approval, and what was returned before a moment and has not been mended."""
    is_sent = _REPORT.state == written_out(ReportState.SENT)
    present = (_VERSION.submission_id == _REPORT.id) & (_VERSION.revision == _REPORT.revision)
    authors: dict[int, set[int]] = {}
    sent = select(_REPORT.unit_id, _REPORT.person_id).join(t.submission_revision, present).where(is_sent).distinct()
    for unit_id, person_id in db.execute(sent):
        authors.setdefault(unit_id, set()).add(person_id)
    wrote = select(_VERSION.person_id).join(t.submission, _VERSION.submission_id == _REPORT.id)
    theirs = wrote.where(is_sent, _VERSION.action.in_(revisions.WRITING), _VERSION.person_id != _REPORT.person_id)
    is_returned = (_REPORT.state == written_out(ReportState.RETURNED), _REPORT.updated_at <= before)
    return InHand(
        {unit_id: frozenset(people) for unit_id, people in authors.items()},
        frozenset(db.scalars(theirs.distinct())) if authors else frozenset(),
        frozenset(db.scalars(select(_REPORT.unit_id).where(*is_returned).distinct())),
    )


def has_any(db: Connection, of: Scope, person_id: int, there: InHand) -> bool:
    """Whether something waits for a person or was returned there: whether `waiting` or `returned` would list any."""
    if not there.returned.isdisjoint(of.units):
        return True
    mine = of.units & there.authors.keys()
    if any(there.authors[unit_id] != {person_id} for unit_id in mine) and person_id not in there.correctors:
        return True
    return bool(mine or of.chairs.keys() & there.authors.keys()) and bool(waiting(db, of, person_id))


def waiting(db: Connection, of: Scope, person_id: int) -> list[Waiting]:
    """List all that wait for a person, in the queue's order."""
    in_place = and_(_REPORT.unit_id.in_(of.chairs), _REPORT.by_unit_id.is_not(None))
    query = (
        select(_REPORT.id, _REPORT.revision, _VERSION.id, _REPORT.warned, _MENDED, _REPORT.updated_at, _REPORT.unit_id)
        .join(t.submission_revision, (_VERSION.submission_id == _REPORT.id) & (_VERSION.revision == _REPORT.revision))
        .where(_REPORT.state == written_out(ReportState.SENT), or_(_REPORT.unit_id.in_(of.units), in_place))
        .where(_REPORT.person_id != person_id, ~revisions.wrote(_REPORT.id, person_id))
        .order_by(_REPORT.warned.desc(), case((_MENDED, 0), else_=1), _REPORT.created_at, _REPORT.id)
    )
    return list(_theirs(db, of, db.execute(query).all()))


def _theirs(db: Connection, of: Scope, rows: Iterable[Sequence[Any]]) -> Iterator[Waiting]:
    found = [(Waiting(*values), unit_id) for *values, unit_id in rows]
    wrote = revisions.writers_of(db, [one.id for one, unit_id in found if unit_id not in of.units])
    for one, unit_id in found:
        if unit_id in of.units or not of.chairs[unit_id] - wrote[one.id]:
            yield one


def reports(db: Connection, ids: Sequence[int]) -> list[Report]:
    """Read some reports, in the order of their ids here."""
    found = {report.id: report for report in reports_of(db, db.execute(REPORT.where(_REPORT.id.in_(ids))))}
    return [found[one] for one in ids if one in found]


def returned(db: Connection, unit_ids: Collection[int], before: datetime) -> list[Report]:
    """List the reports of some units that were returned before a moment and have not been mended, the oldest first."""
    since = _REPORT.updated_at <= before
    query = REPORT.where(_REPORT.state == written_out(ReportState.RETURNED), _REPORT.unit_id.in_(unit_ids), since)
    return reports_of(db, db.execute(query.order_by(_REPORT.updated_at, _REPORT.id)))


def earlier(db: Connection, report: Report, most: int) -> list[Report]:
    """List what else a report's unit reported up to its day and that counts, the newest day first."""
    query = REPORT.where(
        _REPORT.unit_id == report.unit_id,
        _REPORT.form_id == report.form_id,
        _REPORT.id != report.id,
        _REPORT.day <= report.day,
        _REPORT.state.in_(COUNTED),
    )
    return reports_of(db, db.execute(query.order_by(_REPORT.day.desc(), _REPORT.id.desc()).limit(most)))


def with_photos(db: Connection, ids: Collection[int]) -> frozenset[int]:
    """Tell which reports have a photo."""
    kept = t.attachment.c
    found = select(kept.submission_id).where(kept.submission_id.in_(ids), kept.is_image).distinct()
    return frozenset(row for row in db.scalars(found) if row is not None)
