"""Lists reports: a person's own, those of some units, and what a person reports most."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from periods.period import Period
from rules.states import COUNTED, ReportState
from storage import tables as t
from storage.db.prepared import Prepared
from storage.records.held import Held
from storage.records.submissions import REPORT, Report, reports_of


def _favourites(field: Column[str]) -> Prepared:
    return Prepared(
        select(field)
        .select_from(t.activity.join(t.activity_line, t.activity_line.c.submission_id == t.activity.c.submission_id))
        .join(t.submission, t.submission.c.id == t.activity.c.submission_id)
        .where(t.submission.c.person_id == bindparam("person"), t.activity_line.c.position == 0, field != "")
        .group_by(field)
        .order_by(func.count().desc(), field)
        .limit(bindparam("most"))
    )


_FAVOURITES = {
    column.name: _favourites(column)
    for column in (t.activity.c.activity, t.activity.c.kind, t.activity_line.c.target_group)
}


def by_person(
    db: Connection,
    person_id: int,
    unit_ids: Sequence[int],
    before: Collection[tuple[int, int]] = (),
    *,
    since: date | None,
    offset: int,
    limit: int,
) -> list[Report]:
    """List a person's own reports that were not withdrawn, and those returned to their units, from `since` on.

    `before` are people who handed over to them, each with the unit: its reports count as their own. The newest day
    comes first.
    """
    row = t.submission.c
    returned = row.unit_id.in_(unit_ids) & (row.state == ReportState.RETURNED)
    taken_over = (and_(row.person_id == person, row.unit_id == unit) for person, unit in before)
    own = or_(row.person_id == person_id, *taken_over)
    query = REPORT.where(returned | own & (row.state != ReportState.WITHDRAWN))
    if since is not None:
        query = query.where(t.submission.c.day >= since)
    return _page(db, query, offset, limit)


@dataclass(frozen=True, slots=True)
class Having:
    """What a report says, or a line of it: each by its code, empty for anything; `held` is where it took place."""

    kind: str = ""
    activity: str = ""
    group: str = ""
    item: str = ""
    held: Held | None = None
    approved_only: bool = False


ANYTHING = Having()


def in_units(
    db: Connection, unit_ids: Sequence[int], period: Period, *, offset: int, limit: int, having: Having = ANYTHING
) -> list[Report]:
    """List the reports of some units in a period, the newest day first: all, or those of some activity, group, item."""
    inside = t.submission.c.day.between(period.first, period.last)
    query = REPORT.where(t.submission.c.unit_id.in_(unit_ids), inside, t.submission.c.state != ReportState.WITHDRAWN)
    return _page(db, query.where(*_says(having)), offset, limit)


def _says(having: Having) -> Iterator[ColumnElement[bool]]:
    facts, line = t.activity.c, t.activity_line.c
    named = (
        (facts.kind, having.kind),
        (facts.activity, having.activity),
        (line.target_group, having.group),
        (line.item, having.item),
    )
    wanted = [column == value for column, value in named if value]
    if having.held is not None:
        wanted.append(having.held.on(facts.place, func.coalesce(facts.place_unit_id, 0)))
    if wanted:
        joined = t.activity.join(t.activity_line, line.submission_id == facts.submission_id)
        lines = select(facts.submission_id).select_from(joined)
        yield t.submission.c.id.in_(lines.where(*wanted))
    if having.approved_only:
        yield t.submission.c.state == ReportState.APPROVED


def by_others(
    db: Connection, person_id: int, unit_ids: Sequence[int], period: Period, *, offset: int, limit: int
) -> list[Report]:
    """List the reports of some units in a period that others than this person sent, the newest day first."""
    row = t.submission.c
    theirs = (row.unit_id.in_(unit_ids), row.person_id != person_id, row.state != ReportState.WITHDRAWN)
    return _page(db, REPORT.where(*theirs, row.day.between(period.first, period.last)), offset, limit)


def _page(db: Connection, query: Select[Any], offset: int, limit: int) -> list[Report]:
    ordered = query.order_by(t.submission.c.day.desc(), t.submission.c.id.desc()).offset(offset).limit(limit)
    return reports_of(db, db.execute(ordered))


def last_of(db: Connection, person_ids: Collection[int], unit_id: int, form_id: str) -> Report | None:
    """Find some people's latest report for a unit by a form, which "same as last time" repeats."""
    query = REPORT.where(
        t.submission.c.person_id.in_(person_ids),
        t.submission.c.unit_id == unit_id,
        t.submission.c.form_id == form_id,
        t.submission.c.state.in_(COUNTED),
    )
    return next(iter(reports_of(db, db.execute(query.order_by(t.submission.c.id.desc()).limit(1)))), None)


def favourites(db: Connection, person_id: int, column: str, limit: int) -> tuple[str, ...]:
    """List what the person reports most: the column "activity", "kind" or "target_group"."""
    return tuple(row[0] for row in _FAVOURITES[column].all(db, person=person_id, most=limit))


def count_by_person(db: Connection, person_id: int) -> int:
    """Count all submissions that a person has sent."""
    return int(db.execute(select(func.count()).where(t.submission.c.person_id == person_id)).scalar_one())
