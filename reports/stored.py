"""The few statements behind figures.

Sums of whole weeks are read from the rollup by its key, so they cost the same at ten thousand reports and at ten
million; only a period's days outside its whole weeks are read from the reports themselves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select, true

from periods.period import Period, week_period, whole_weeks
from rules.kinds import ActivityKind
from rules.states import COUNTED
from storage import tables as t
from storage.records.totals import totals_of_lines


@dataclass(frozen=True, slots=True)
class Total:
    """What the counted lines of a unit add up to, that have this activity, kind, group, item, mode and state.

    `reports` counts each report once, at its first line; `group_reports` and `item_reports` once in each group or item.
    """

    unit_id: int
    activity: str
    kind: str
    target_group: str
    item: str
    mode: str
    state: str
    reports: int
    group_reports: int
    item_reports: int
    women: int
    men: int
    unsorted: int
    first_women: int
    first_men: int
    asked_women: int
    asked_men: int
    quantity: int
    violations: int
    handled: int


_OF_REPORT = ("unit_id", "activity", "kind")
_OF_LINE = ("target_group", "item", "mode")


def totals(
    db: Connection, period: Period, units: Collection[int], kinds: Collection[str] = tuple(ActivityKind)
) -> list[Total]:
    """The counted reports of these units in a period, wherever the events took place; of some kinds, or of all.

    What a key adds up to may stand in two rows: the whole weeks, and the days at the period's ends.
    """
    return [
        Total(*key, *map(int, sums))
        for query in _sums(period, units, kinds)
        for *key, sums in ((*row[:_KEY_LENGTH], row[_KEY_LENGTH:]) for row in db.execute(query))
    ]


_KEY_LENGTH = len(_OF_REPORT) + len(_OF_LINE) + 1


def _sums(period: Period, units: Collection[int], kinds: Collection[str]) -> Iterator[Select[Any]]:
    total, facts = _of_kinds(t.weekly_total, kinds), _of_kinds(t.activity, kinds)
    weeks, day = whole_weeks(period), t.activity.c.last_day
    inside = day.between(period.first, period.last)
    if weeks is None:
        yield _of_reports(inside & facts, units)
        return
    first, last = (week_period(week) for week in weeks)
    yield _of_weeks(*weeks, units).where(total)
    if (first.first, last.last) != (period.first, period.last):
        yield _of_reports(inside & facts & ~day.between(first.first, last.last), units)


def _of_kinds(table: Table, kinds: Collection[str]) -> ColumnElement[bool]:
    return table.c.kind.in_(kinds) if len(kinds) < len(ActivityKind) else true()


def _of_weeks(first: str, last: str, units: Collection[int]) -> Select[Any]:
    total = t.weekly_total.c
    key = [total[name] for name in (*_OF_REPORT, *_OF_LINE, "state")]
    sums = [func.sum(total[name]) for name in Total.__slots__[_KEY_LENGTH:]]
    return select(*key, *sums).where(total.week.between(first, last), total.unit_id.in_(units)).group_by(*key)


def _of_reports(inside: ColumnElement[bool], units: Collection[int]) -> Select[Any]:
    facts, line = t.activity.c, t.activity_line.c
    key = (*(facts[name] for name in _OF_REPORT), *(line[name] for name in _OF_LINE), facts.state)
    sums = totals_of_lines()
    joined = t.activity.join(t.activity_line, line.submission_id == facts.submission_id)
    counted = (inside, facts.unit_id.in_(units), facts.counts)
    return (
        select(*key, *(sums[name] for name in Total.__slots__[_KEY_LENGTH:]))
        .select_from(joined)
        .where(*counted)
        .group_by(*key)
    )


def has_samples(db: Connection, period: Period, weeks: Collection[str], units: Collection[int]) -> bool:
    """Whether these units have sample reports in a period, or nil reports of its weeks by sample people."""
    facts, nil = t.activity.c, t.unit_week.c
    of_reports = (
        select(facts.submission_id)
        .join_from(t.activity, t.submission)
        .where(facts.last_day.between(period.first, period.last), facts.unit_id.in_(units))
        .where(facts.state.in_(COUNTED), t.submission.c.sample)
    )
    of_nils = (
        select(nil.unit_id)
        .join(t.person, t.person.c.id == nil.nil_by)
        .where(nil.week.in_(weeks), nil.unit_id.in_(units), t.person.c.is_sample)
    )
    return bool(db.scalar(select(or_(of_reports.exists(), of_nils.exists()))))
