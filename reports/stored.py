"""The few statements behind a week's figures.

Sums are read from the rollup by its key and never from the reports, so a week costs the same at ten thousand reports
and at ten million.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection, case, func, or_, select

from storage import tables as t
from storage.records.totals import COUNTED

_KINDS = ("event", "service")
"""Whose women and men are visits, and whose are people helped."""


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


def totals(db: Connection, week: str, units: Collection[int]) -> list[Total]:
    """The counted reports of these units in `week`, wherever the events took place."""
    row = t.weekly_total.c
    key = (row.unit_id, row.activity, row.target_group)
    by_kind = [
        func.sum(case((row.kind == kind, count), else_=0)) for kind, count in product(_KINDS, (row.women, row.men))
    ]
    sums = (func.sum(row.reports), *by_kind)
    query = select(*key, *sums).where(row.week == week, row.unit_id.in_(units), row.state.in_(COUNTED)).group_by(*key)
    return [Total(unit, activity, group, *map(int, sums)) for unit, activity, group, *sums in db.execute(query)]


def nil_units(db: Connection, week: str, units: Collection[int]) -> set[int]:
    """Those of these units that said "no activity this week"."""
    row = t.nil_report.c
    return set(db.scalars(select(row.unit_id).where(row.week == week, row.unit_id.in_(units))))


def has_samples(db: Connection, week: str, units: Collection[int]) -> bool:
    """Whether sample reports, or nil reports by sample people, are among those of these units in `week`."""
    facts, nil = t.activity.c, t.nil_report.c
    of_reports = (
        select(facts.submission_id)
        .join_from(t.activity, t.submission)
        .where(facts.week == week, facts.unit_id.in_(units), facts.state.in_(COUNTED), t.submission.c.sample)
    )
    of_nils = (
        select(nil.unit_id)
        .join_from(t.nil_report, t.person)
        .where(nil.week == week, nil.unit_id.in_(units), t.person.c.is_sample)
    )
    return bool(db.scalar(select(or_(of_reports.exists(), of_nils.exists()))))
