"""Keeps the rollups in the transaction that changes a report, so that figures are read and never recomputed.

`weekly_total` says, for each week, unit, place, activity, kind, target group, item, mode and review state, what the
lines of the reports that count add up to; `storage.records.branch_totals` keeps the sums of larger units beside it.
`storage.records.activities` calls `add` with each change; they promise that both rollups equal the sums over `activity`
and `activity_line` at each commit.

Rows are touched in the sorted order of their keys, so that two PostgreSQL transactions never wait for one another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Subquery,
    Table,
    except_,
    func,
    literal_column,
    select,
    union,
)

from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_change
from storage.records import branch_totals
from storage.records.line_sums import Key, added_up, drop_empty, share_of_line, totals_of_lines

_OF_REPORT = ("week", "unit_id", "place", "place_unit_id", "activity", "kind")
_OF_LINE = ("target_group", "item", "mode")
KEY = (*_OF_REPORT, *_OF_LINE, "state")
COUNTS = tuple(column.name for column in t.weekly_total.c if column.name not in KEY)
Share = tuple[int, ...]
"""What lines add up to, in the order of `COUNTS`."""
Delta = tuple[Mapping[str, Any], Share]
"""A line with the facts of its report, and what it adds or takes away."""

_ADD = insert_or_change(
    t.weekly_total, KEY, lambda more: {name: t.weekly_total.c[name] + more[name] for name in COUNTS}
)
_ADDING = _ADD.prepared((*KEY, *COUNTS))


def shares(activity: Mapping[str, Any], lines: Iterable[Mapping[str, Any]], sign: int = 1) -> list[Delta]:
    """What a report adds to the rollup, or takes away with a `sign` of -1; nothing if it does not count."""
    if not activity["counts"]:
        return []
    report = {**activity, "place_unit_id": activity["place_unit_id"] or 0}
    return [({**report, **line}, _share(line, sign)) for line in lines]


def _share(line: Mapping[str, Any], sign: int) -> Share:
    counts = share_of_line(line)
    return tuple(sign * counts[name] for name in COUNTS)


def _key(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in KEY)


def add(db: Connection, deltas: Iterable[Delta]) -> None:
    """Move both rollups by what reports add and take away."""
    deltas = list(deltas)
    for key, share in added_up((_key(line), share) for line, share in deltas):
        where = dict(zip(KEY, key, strict=True))
        _ADDING.run(db, **where, **dict(zip(COUNTS, share, strict=True)))
        if share[COUNTS.index("lines")] < 0:
            drop_empty(db, t.weekly_total, where)
    branch_totals.add(db, deltas)


def strays(db: Connection) -> int:
    """Count rows of the rollups that are wrong, missing or left over; there should never be any. Reads every report."""
    return sum(row[0] for row in (count.first(db) for count in _strays()) if row)


@cache
def _strays() -> tuple[Prepared, ...]:
    wrong = (_wrong(*rollup).subquery() for rollup in _anew())
    return tuple(Prepared(select(func.count()).select_from(keys)) for keys in wrong)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a rollup that is not what the reports add up to: its key in words, and each count that differs.

    `counts` has what is kept and what is true, by the count's name; a row that is missing or left over is all zeros on
    one side.
    """

    rollup: str
    key: str
    counts: Mapping[str, tuple[int, int]]


def differences(db: Connection, limit: int) -> list[Difference]:
    """Name the rows that `strays` counts, at most `limit` of each rollup. Reads every report."""
    found = []
    for table, key, anew in _anew():
        for wrong in db.execute(_wrong(table, key, anew).limit(limit)).all():
            kept, true = (
                db.execute(select(*(rows.c[name] for name in COUNTS)).where(*_same(rows, key, wrong))).first()
                for rows in (table, anew)
            )
            pairs = zip(COUNTS, kept or _NOTHING, true or _NOTHING, strict=True)
            counts = {name: (int(was), int(is_true)) for name, was, is_true in pairs if was != is_true}
            found.append(Difference(table.name, " ".join(str(part) for part in wrong if part), counts))
    return found


_NOTHING = (0,) * len(COUNTS)


def _same(rows: FromClause, key: Sequence[str], values: Sequence[Any]) -> Iterator[ColumnElement[bool]]:
    return (rows.c[name] == value for name, value in zip(key, values, strict=True))


def _anew() -> Iterator[tuple[Table, Sequence[str], Subquery]]:
    yield t.weekly_total, KEY, _recomputed().subquery()
    yield t.branch_total, branch_totals.KEY, branch_totals.all_recomputed().subquery()


def _wrong(table: Table, key: Sequence[str], anew: Subquery) -> CompoundSelect[Any]:
    names = (*key, *COUNTS)
    true, kept = select(*(anew.c[name] for name in names)), select(*(table.c[name] for name in names))
    differing = [except_(kept, true).subquery(), except_(true, kept).subquery()]
    return union(*(select(*(rows.c[name] for name in key)) for rows in differing))


def _recomputed() -> Select[Any]:
    facts, line = t.activity.c, t.activity_line.c
    place = func.coalesce(facts.place_unit_id, literal_column("0"))
    key = {
        **{name: place if name == "place_unit_id" else facts[name] for name in _OF_REPORT},
        **{name: line[name] for name in _OF_LINE},
        "state": facts.state,
    }
    columns = [value.label(name) for name, value in (key | totals_of_lines()).items()]
    joined = t.activity.join(t.activity_line, line.submission_id == facts.submission_id)
    return select(*columns).select_from(joined).where(facts.counts).group_by(*key.values())
