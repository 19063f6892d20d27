"""The few statements behind figures.

Sums of whole weeks are read from the rollup by its key, so they cost the same at ten thousand reports and at ten
million; only a period's days outside its whole weeks are read from the reports themselves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, func, or_, select

from periods.period import Period, week_period, whole_weeks
from rules.states import COUNTED
from storage import tables as t

_KINDS = ("event", "service")
"""The kinds whose women and men count: those of events are visits, those of services are people helped."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a unit's reports on one activity for one target group add up to.

    `women` and `men` are visits, to events alone; `helped_women` and `helped_men` are those whom services helped.
    """

    unit_id: int
    activity: str
    target_group: str
    reports: int
    women: int
    men: int
    helped_women: int
    helped_men: int


def totals(db: Connection, period: Period, units: Collection[int]) -> list[Total]:
    """The counted reports of these units in a period, wherever the events took place.

    A unit's activity and group may have two rows: its whole weeks, and the days at the period's ends.
    """
    return [
        Total(unit, activity, group, *map(int, sums))
        for query in _sums(period, units)
        for unit, activity, group, *sums in db.execute(query)
    ]


def _sums(period: Period, units: Collection[int]) -> Iterator[Select[Any]]:
    weeks, day = whole_weeks(period), t.activity.c.event_date
    inside = day.between(period.first, period.last)
    if weeks is None:
        yield _grouped(t.activity, func.count(), inside, units)
        return
    first, last = (week_period(week) for week in weeks)
    total = t.weekly_total.c
    yield _grouped(t.weekly_total, func.sum(total.reports), total.week.between(*weeks), units)
    if (first.first, last.last) != (period.first, period.last):
        yield _grouped(t.activity, func.count(), inside & ~day.between(first.first, last.last), units)


def _grouped(
    facts: FromClause, reports: ColumnElement[int], inside: ColumnElement[bool], units: Collection[int]
) -> Select[Any]:
    row = facts.c
    key = (row.unit_id, row.activity, row.target_group)
    by_kind = [
        func.sum(case((row.kind == kind, count), else_=0)) for kind, count in product(_KINDS, (row.women, row.men))
    ]
    counted = (inside, row.unit_id.in_(units), row.state.in_(COUNTED))
    return select(*key, reports, *by_kind).where(*counted).group_by(*key)


def reported(db: Connection, weeks: Collection[str], units: Collection[int]) -> set[tuple[str, int]]:
    """The weeks in which these units have a counted report."""
    row = t.weekly_total.c
    counted = (row.week.in_(weeks), row.unit_id.in_(units), row.state.in_(COUNTED), row.reports > 0)
    return {(week, unit) for week, unit in db.execute(select(row.week, row.unit_id).where(*counted).distinct())}


def said_nil(db: Connection, weeks: Collection[str], units: Collection[int]) -> set[tuple[str, int]]:
    """The weeks of which these units said "no activity"."""
    row = t.nil_report.c
    said = select(row.week, row.unit_id).where(row.week.in_(weeks), row.unit_id.in_(units))
    return {(week, unit) for week, unit in db.execute(said)}


def has_samples(db: Connection, period: Period, weeks: Collection[str], units: Collection[int]) -> bool:
    """Whether these units have sample reports in a period, or nil reports of its weeks by sample people."""
    facts, nil = t.activity.c, t.nil_report.c
    of_reports = (
        select(facts.submission_id)
        .join_from(t.activity, t.submission)
        .where(facts.event_date.between(period.first, period.last), facts.unit_id.in_(units))
        .where(facts.state.in_(COUNTED), t.submission.c.sample)
    )
    of_nils = (
        select(nil.unit_id)
        .join_from(t.nil_report, t.person)
        .where(nil.week.in_(weeks), nil.unit_id.in_(units), t.person.c.is_sample)
    )
    return bool(db.scalar(select(or_(of_reports.exists(), of_nils.exists()))))
