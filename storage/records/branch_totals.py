"""Keeps the second rollup: by week and by month, for each unit that answers for reports, once in each breakdown.

A branch is the unit in which a neighbourhood lies; every other unit is a branch of its own. `branch_total` has few
rows, however many reports there are: one for each activity, one for each group, item and mode, and one for each place
of a branch. A report stands under the branch of its last day; whoever changes where units lie calls `follow` in the
same transaction.

`storage.records.totals` keeps it together with the first rollup, and `strays` of both looks for what is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal_column,
    select,
    union_all,
)

from periods.weeks import week_of
from rules.levels import Level
from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.types import Id
from storage.db.upsert import insert_or_change
from storage.directory.units import UnitTree, unit_tree
from storage.records.line_sums import added_up, drop_empty, totals_of_lines

_TOTAL, _LINE = t.branch_total.c, t.activity_line.c
KEY = (
    *("bucket", "part", "branch_id", "level", "kind", "activity", "target_group", "item", "mode", "place"),
    *("place_unit_id", "state"),
)
COUNTS = tuple(column.name for column in _TOTAL if column.name not in KEY)
PARTS: Mapping[str, tuple[str, ...]] = {
    "activity": ("activity",),
    "line": ("target_group", "item", "mode"),
    "place": ("place", "place_unit_id"),
}
"""The breakdowns, and the columns that each of them is by; it leaves the others empty."""
_NOTHING: Mapping[str, Any] = {**{name: "" for part in PARTS.values() for name in part}, "place_unit_id": 0}
_NO_CODES: Mapping[str, ColumnElement[Any]] = {
    name: literal_column("0" if name == "place_unit_id" else "''") for name in _NOTHING
}
_ADD = insert_or_change(t.branch_total, KEY, lambda more: {name: _TOTAL[name] + more[name] for name in COUNTS})
_ADDING = _ADD.prepared((*KEY, *COUNTS))
_A_DAY = timedelta(days=1)


def branch_of(tree: UnitTree, unit_id: int, day: date) -> tuple[int, Level]:
    """The branch under which a unit's report of a day stands, and the unit's level."""
    unit = tree.as_of(unit_id, day)
    is_below = unit.level is Level.NEIGHBOURHOOD and unit.parent_id is not None
    return (unit.parent_id if is_below and unit.parent_id else unit.id), unit.level


def month_of(day: date) -> str:
    """The bucket of a day's month."""
    return f"{day.year:04}-{day.month:02}"


def add(db: Connection, deltas: Iterable[tuple[Mapping[str, Any], Sequence[int]]]) -> None:
    """Move the rollup by what lines add or take away: their values and those of their reports, and `COUNTS`."""
    tree = unit_tree(db)
    rows = added_up((key, share) for line, share in deltas for key in _keys(tree, line))
    _ADDING.run_each(db, (dict(zip((*KEY, *COUNTS), (*key, *share), strict=True)) for key, share in rows))
    for key, share in rows:
        if share[COUNTS.index("lines")] < 0:
            drop_empty(db, t.branch_total, dict(zip(KEY, key, strict=True)))


def _keys(tree: UnitTree, line: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    day: date = line["last_day"]
    branch, level = branch_of(tree, line["unit_id"], day)
    for part, columns in PARTS.items():
        own = {**_NOTHING, **{name: line[name] for name in columns}}
        row = {**own, "part": part, "branch_id": branch, "level": level, "kind": line["kind"], "state": line["state"]}
        for bucket in (week_of(day), month_of(day)):
            yield tuple(bucket if name == "bucket" else row[name] for name in KEY)


def follow(db: Connection, before: UnitTree) -> None:
    """Count reports under the branches of the units as they are now; `before` is the tree by which they were counted.

    Reads all reports of the units that lie elsewhere on any day, and nothing of the others.
    """
    after = unit_tree(db)
    kept, now = _spans(before), _spans(after)
    for unit_id in sorted(kept.keys() | now.keys()):
        was, will_be = kept.get(unit_id, []), now.get(unit_id, [])
        if was and will_be and was != will_be:
            for sign, spans in ((-1, was), (1, will_be)):
                for branch, level, first, last in spans:
                    span = {"unit": unit_id, "first": first, "last": last, "branch": branch, "level": level.value}
                    for adding in _of_a_span():
                        adding.run(db, sign=sign, **span)
    db.execute(delete(t.branch_total).where(_TOTAL.lines == 0))


@cache
def _of_a_span() -> tuple[Prepared, ...]:
    """Add what a unit's reports of a span of days come to, or take it away: thousands of spans change at once."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    own = (t.activity.c.unit_id == bindparam("unit", type_=Id), t.activity.c.last_day.between(first, last))
    place = (bindparam("branch", type_=Id), bindparam("level", type_=String))
    queries = recomputed(*place, own, bindparam("sign", type_=Integer))
    return tuple(_ADD.prepared_from((*KEY, *COUNTS), query) for query in queries)


def _spans(tree: UnitTree) -> dict[int, list[tuple[int, Level, date, date]]]:
    """For each unit its branches, each with the first and the last day of which reports stand under it."""
    found = {}
    for unit in tree.units:
        begins = [date.min, *(version.since for version in tree.versions(unit.id)[1:]), date.max]
        spans: list[tuple[int, Level, date, date]] = []
        for first, end in pairwise(begins):
            branch = branch_of(tree, unit.id, first)
            since = spans.pop()[2] if spans and spans[-1][:2] == branch else first
            spans.append((*branch, since, end - _A_DAY if end < date.max else end))
        found[unit.id] = spans
    return found


def recomputed(
    branch: ColumnElement[Any],
    level: ColumnElement[Any],
    own: Sequence[ColumnElement[bool]] = (),
    sign: ColumnElement[int] | None = None,
) -> Iterator[Select[Any]]:
    """What the reports that count add up to, as rows of the rollup: one statement for each breakdown and bucket."""
    facts = t.activity.c
    sums = {name: value if sign is None else value * sign for name, value in totals_of_lines().items()}
    for bucket in (facts.week, func.substr(cast(facts.last_day, String), literal_column("1"), literal_column("7"))):
        labelled = {
            "bucket": bucket,
            "branch_id": branch,
            "level": level,
            "place_unit_id": func.coalesce(facts.place_unit_id, literal_column("0")),
            **{name: facts[name] for name in ("submission_id", "kind", "state", "activity", "place")},
        }
        reports = select(*(value.label(name) for name, value in labelled.items())).where(facts.counts, *own).subquery()
        known = {**dict(_LINE.items()), **dict(reports.c.items())}
        for part, columns in PARTS.items():
            by = {name: known[name] for name in ("bucket", "branch_id", "level", "kind", "state", *columns)}
            constant = {**_NO_CODES, "part": literal_column(f"'{part}'")}
            key = [by[name] if name in by else constant[name] for name in KEY]
            yield (
                select(*(value.label(name) for name, value in zip(KEY, key, strict=True)))
                .add_columns(*(sums[name].label(name) for name in COUNTS))
                .select_from(reports.join(t.activity_line, _LINE.submission_id == reports.c.submission_id))
                .group_by(*by.values())
            )


def in_tables() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The branch and the level of a row of `activity`, as expressions over the tables of units."""
    report, begun, that = t.activity.c, t.unit_version.alias("begun"), t.unit_version.alias("that")
    mine = begun.c.unit_id == report.unit_id
    newest = select(func.max(begun.c.valid_from)).where(mine, begun.c.valid_from <= report.last_day)
    oldest = select(func.min(begun.c.valid_from)).where(mine)
    of_day = func.coalesce(*(one.correlate(t.activity).scalar_subquery() for one in (newest, oldest)))
    parent = select(that.c.parent_id).where(that.c.unit_id == report.unit_id, that.c.valid_from == of_day)
    level = select(t.unit.c.level).where(t.unit.c.id == report.unit_id).correlate(t.activity).scalar_subquery()
    above = parent.correlate(t.activity).scalar_subquery()
    is_below = and_(level == literal_column(f"'{Level.NEIGHBOURHOOD}'"), above.is_not(None))
    return case((is_below, above), else_=report.unit_id), level


def all_recomputed() -> CompoundSelect[Any]:
    """Every row of the rollup as it should be. Reads every report."""
    return union_all(*recomputed(*in_tables()))
