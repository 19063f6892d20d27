"""Reads sets of reports of one event: their members, who looks like one, and where somebody has to decide."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, or_, select, text

from rules.states import COUNTED, ReportState
from storage import tables as t
from storage.db.prepared import Prepared
from storage.records.submissions import REPORT, Report, reports_of
from storage.tables.states import written_out


@dataclass(frozen=True, slots=True)
class EventSet:
    """A set; `reason` and `decider` say why and who chose `chosen_id`, if somebody did."""

    id: int
    chosen_id: int | None
    reason: str
    decider: str | None
    decided_at: datetime | None
    parted_id: int | None
    disputed: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A counted report of the same activity on some of the same days."""

    id: int
    person_id: int
    unit_id: int
    first_day: date
    last_day: date
    place: str
    place_unit_id: int | None
    event_set_id: int | None
    counts: bool


_FACT, _SET = t.activity.c, t.event_set.c
_ALIKE = Prepared(
    select(
        _FACT.submission_id,
        t.submission.c.person_id,
        *(_FACT[name] for name in Alike.__slots__ if name in _FACT),
    )
    .join(t.submission, t.submission.c.id == _FACT.submission_id)
    .where(
        _FACT.activity == bindparam("wanted"),
        _FACT.last_day >= bindparam("first"),
        _FACT.first_day <= bindparam("last"),
        or_(*(_FACT.state == written_out(state) for state in COUNTED)),
    )
    .order_by(_FACT.sent_at, _FACT.submission_id)
)


_DISPUTED = Prepared(select(_SET.id).where(text("disputed")))
"""The condition is the very word of the index: without it SQLite does not see that the index fits."""


def alike(db: Connection, activity: str, first: date, last: date) -> list[Alike]:
    """List the counted reports of an activity on some of these days, the earliest sent first."""
    return [Alike(*row) for row in _ALIKE.all(db, wanted=activity, first=first, last=last)]


def find(db: Connection, set_id: int) -> EventSet:
    """Read a set, which exists."""
    decider = t.person.c.name.label("decider")
    columns = (decider if name == "decider" else _SET[name] for name in EventSet.__slots__)
    joined = t.event_set.outerjoin(t.person, t.person.c.id == _SET.decided_by)
    return EventSet(*db.execute(select(*columns).select_from(joined).where(_SET.id == set_id)).one())


def members(db: Connection, set_id: int) -> list[Report]:
    """List the reports of a set, the earliest first; those that were withdrawn are no members any more."""
    mine = (_FACT.event_set_id == set_id, t.submission.c.state != ReportState.WITHDRAWN)
    return reports_of(db, db.execute(REPORT.where(*mine).order_by(t.submission.c.id)))


def reports(db: Connection, submission_ids: Collection[int]) -> list[Report]:
    """Read some reports, the earliest first."""
    mine = t.submission.c.id.in_(submission_ids)
    return reports_of(db, db.execute(REPORT.where(mine).order_by(t.submission.c.id)))


def companions(db: Connection, submission_ids: Collection[int]) -> set[int]:
    """List all reports of the sets in which some reports are, these included, but for those that were withdrawn."""
    sets = select(_FACT.event_set_id).where(_FACT.submission_id.in_(submission_ids), _FACT.event_set_id.is_not(None))
    standing = (_FACT.event_set_id.in_(sets), _FACT.state != ReportState.WITHDRAWN)
    return set(db.scalars(select(_FACT.submission_id).where(*standing)))


def disputed(db: Connection, unit_ids: Collection[int], *, offset: int, limit: int) -> list[int]:
    """List the sets with a report of some units in which somebody has to decide, the newest first."""
    sets = {set_id for set_id, _, _ in _in_dispute(db, unit_ids)}
    return sorted(sets, reverse=True)[offset : offset + limit]


def count_disputed(db: Connection, unit_ids: Collection[int], first: date, last: date) -> int:
    """Count those whose counting report is of these units, with its last day in a period."""
    return sum(counts and first <= last_day <= last for _, counts, last_day in _in_dispute(db, unit_ids))


def _in_dispute(db: Connection, unit_ids: Collection[int]) -> Iterator[tuple[int, bool, date]]:
    """The set, whether it counts, and the last day of each report of these units in such a set.

    There are few such sets, so they come first: by units and days the database would look through all reports.
    """
    sets, wanted = [row[0] for row in _DISPUTED.all(db)], frozenset(unit_ids)
    if not sets:
        return
    columns = (_FACT.event_set_id, _FACT.counts, _FACT.last_day, _FACT.unit_id)
    for set_id, counts, last_day, unit_id in db.execute(select(*columns).where(_FACT.event_set_id.in_(sets))):
        if unit_id in wanted:
            yield set_id, counts, last_day
