"""The few statements behind figures, unit by unit; `reports.branches` has those of whole branches.

Sums of whole weeks are read from the rollup by its key; only a period's days outside its whole weeks are read from the
reports themselves.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, or_, select

from periods.period import Period, week_period, whole_weeks
from reports.filtering import ALL, Filter
from rules.states import COUNTED, ReportState
from storage import tables as t
from storage.records.held import Held
from storage.records.line_sums import totals_of_lines


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


@dataclass(frozen=True, slots=True)
class PlaceTotal:
    """What the counted lines of a kind add up to that took place there; `place_unit_id` is 0 where that is no unit."""

    place: str
    place_unit_id: int
    kind: str
    reports: int
    women: int
    men: int
    unsorted: int


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The same of a day."""

    day: date
    kind: str
    reports: int
    women: int
    men: int
    unsorted: int


_KEY = ("unit_id", "activity", "kind", "target_group", "item", "mode", "state")
COUNTS = tuple(name for name in Total.__slots__ if name not in _KEY)
_PLACE_KEY = ("place", "place_unit_id", "kind")
VISITS = ("reports", "women", "men", "unsorted")
_Which: TypeAlias = tuple[Filter, Held | None]
"""Which reports, and where they took place."""


def totals(
    db: Connection, period: Period, units: Collection[int], only: Filter = ALL, held: Held | None = None
) -> list[Total]:
    """The counted reports of these units in a period, wherever the events took place unless `held` says where.

    What a key adds up to may stand in two rows: the whole weeks, and the days at the period's ends.
    """
    return [Total(*key, *sums) for key, sums in _added_up(db, period, units, (only, held), _KEY, COUNTS)]


def places(
    db: Connection, period: Period, units: Collection[int], only: Filter = ALL, held: Held | None = None
) -> list[PlaceTotal]:
    """The counted reports of these units in a period by where they took place, in rows as above."""
    return [PlaceTotal(*key, *sums) for key, sums in _added_up(db, period, units, (only, held), _PLACE_KEY, VISITS)]


def days(
    db: Connection, period: Period, units: Collection[int], only: Filter = ALL, held: Held | None = None
) -> list[DayTotal]:
    """The counted reports of these units on each day of a period; reads the reports themselves."""
    inside = t.activity.c.last_day.between(period.first, period.last)
    query = _of_reports(inside, units, (only, held), ("last_day", "kind"), VISITS)
    return [DayTotal(day, kind, *map(int, sums)) for day, kind, *sums in db.execute(query)]


def _added_up(
    db: Connection,
    period: Period,
    units: Collection[int],
    which: _Which,
    key: Sequence[str],
    counts: Sequence[str],
) -> Iterator[tuple[tuple[Any, ...], Iterator[int]]]:
    for query in _sums(period, units, which, key, counts):
        for row in db.execute(query):
            yield row[: len(key)], map(int, row[len(key) :])


def _sums(
    period: Period, units: Collection[int], which: _Which, key: Sequence[str], counts: Sequence[str]
) -> Iterator[Select[Any]]:
    weeks, day = whole_weeks(period), t.activity.c.last_day
    inside = day.between(period.first, period.last)
    if weeks is None:
        yield _of_reports(inside, units, which, key, counts)
        return
    first, last = (week_period(week) for week in weeks)
    yield _of_weeks(*weeks, units, which, key, counts)
    if (first.first, last.last) != (period.first, period.last):
        yield _of_reports(inside & ~day.between(first.first, last.last), units, which, key, counts)


def _of_weeks(
    first: str, last: str, units: Collection[int], which: _Which, key: Sequence[str], counts: Sequence[str]
) -> Select[Any]:
    total = t.weekly_total.c
    columns = [total[name] for name in key]
    sums = [func.sum(total[which[0].counted if name == "reports" else name]) for name in counts]
    inside = (total.week.between(first, last), total.unit_id.in_(units), *_chosen(which, dict(total.items())))
    return select(*columns, *sums).where(*inside).group_by(*columns)


def _of_reports(
    inside: ColumnElement[bool], units: Collection[int], which: _Which, key: Sequence[str], counts: Sequence[str]
) -> Select[Any]:
    facts, line = t.activity.c, t.activity_line.c
    place: ColumnElement[Any] = func.coalesce(facts.place_unit_id, literal_column("0"))
    known = {**dict(line.items()), **dict(facts.items()), "place_unit_id": place}
    sums = totals_of_lines()
    joined = t.activity.join(t.activity_line, line.submission_id == facts.submission_id)
    columns = [known[name] for name in key]
    return (
        select(*columns, *(sums[which[0].counted if name == "reports" else name] for name in counts))
        .select_from(joined)
        .where(inside, facts.unit_id.in_(units), facts.counts, *_chosen(which, known))
        .group_by(*columns)
    )


def _chosen(which: _Which, columns: Mapping[str, ColumnElement[Any]]) -> Iterator[ColumnElement[bool]]:
    only, held = which
    named = {"kind": only.kind, "activity": only.activity, "target_group": only.group, "item": only.item}
    if only.approved_only:
        named["state"] = ReportState.APPROVED
    yield from (columns[name] == value for name, value in named.items() if value)
    if held is not None:
        yield held.on(columns["place"], columns["place_unit_id"])


def has_samples(db: Connection, period: Period, weeks: Collection[str], units: Collection[int]) -> bool:
    """Whether these units have sample reports in a period, or nil reports of its weeks by sample people."""
    if not db.scalar(select(t.submission.c.id).where(t.submission.c.sample).limit(1)) and not db.scalar(
        select(t.person.c.id).where(t.person.c.is_sample).limit(1)
    ):
        return False  # no real bot has any: the index of samples is empty
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
