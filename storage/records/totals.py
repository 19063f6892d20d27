"""Keeps the weekly rollup in the transaction that changes a report, so that figures are read and never recomputed.

`weekly_total` says, for each week, unit, place, activity, kind, target group, item, mode and review state, what the
lines of the reports that count add up to. `storage.records.activities` calls `add` with each change; the two promise
that the rollup equals the sums over `activity` and `activity_line` at each commit.

Rows are touched in the sorted order of their keys, so that two PostgreSQL transactions never wait for one another.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    except_,
    func,
    literal_column,
    select,
    union,
)

from storage import tables as t
from storage.db.upsert import insert_or_change

_OF_REPORT = ("week", "unit_id", "place", "place_unit_id", "activity", "kind")
_OF_LINE = ("target_group", "item", "mode")
KEY = (*_OF_REPORT, *_OF_LINE, "state")
COUNTS = tuple(column.name for column in t.weekly_total.c if column.name not in KEY)
_SUMMED = ("women", "men", "unsorted", "quantity", "violations", "handled")
Key = tuple[Any, ...]
Share = tuple[int, ...]
"""What lines add up to, in the order of `COUNTS`."""

_ADD = insert_or_change(
    t.weekly_total, KEY, lambda more: {name: t.weekly_total.c[name] + more[name] for name in COUNTS}
)
_ADDING = _ADD.prepared((*KEY, *COUNTS))


def shares(activity: Mapping[str, Any], lines: Iterable[Mapping[str, Any]], sign: int = 1) -> list[tuple[Key, Share]]:
    """What a report adds to the rollup, or takes away with a `sign` of -1; nothing if it does not count."""
    if not activity["counts"]:
        return []
    report = {**activity, "place_unit_id": activity["place_unit_id"] or 0}
    return [(_key({**report, **line}), tuple(sign * count for count in _share(line))) for line in lines]


def _key(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in KEY)


def _share(line: Mapping[str, Any]) -> Share:
    is_asked = line["first_women"] is not None or line["first_men"] is not None
    counts = {
        "lines": 1,
        "reports": int(line["position"] == 0),
        "group_reports": line["opens_group"],
        "item_reports": line["opens_item"],
        "first_women": line["first_women"] or 0,
        "first_men": line["first_men"] or 0,
        "asked_women": line["women"] if is_asked else 0,
        "asked_men": line["men"] if is_asked else 0,
        **{name: line[name] for name in _SUMMED},
    }
    return tuple(counts[name] for name in COUNTS)


def add(db: Connection, deltas: Iterable[tuple[Key, Share]]) -> None:
    """Move the rollup by what reports add and take away."""
    merged: dict[Key, Share] = {}
    for key, share in deltas:
        before = merged.get(key, (0,) * len(share))
        merged[key] = tuple(a + b for a, b in zip(before, share, strict=True))
    for key in sorted(merged):
        if any(merged[key]):
            _add_to_row(db, key, merged[key])


def _add_to_row(db: Connection, key: Key, share: Share) -> None:
    where = dict(zip(KEY, key, strict=True))
    _ADDING.run(db, **where, **dict(zip(COUNTS, share, strict=True)))
    if share[COUNTS.index("lines")] < 0:
        this = and_(*(t.weekly_total.c[name] == value for name, value in where.items()))
        db.execute(delete(t.weekly_total).where(this, t.weekly_total.c.lines == 0))


def strays(db: Connection) -> int:
    """Count rows of the rollup that are wrong, missing or left over; there should never be any. Reads every report."""
    names = (*KEY, *COUNTS)
    anew = _recomputed().subquery()
    true, kept = select(*(anew.c[name] for name in names)), select(*(t.weekly_total.c[name] for name in names))
    differing = [except_(kept, true).subquery(), except_(true, kept).subquery()]
    keys = union(*(select(*(rows.c[name] for name in KEY)) for rows in differing)).subquery()
    return int(db.execute(select(func.count()).select_from(keys)).scalar_one())


def totals_of_lines() -> dict[str, ColumnElement[Any]]:
    """What lines add up to, each of `COUNTS` as an expression over `activity_line`."""
    line = t.activity_line.c
    is_asked = line.first_women.is_not(None) | line.first_men.is_not(None)
    return {
        "lines": func.count(),
        "reports": func.sum(case((line.position == 0, 1), else_=0)),
        "group_reports": func.sum(line.opens_group),
        "item_reports": func.sum(line.opens_item),
        "first_women": func.sum(func.coalesce(line.first_women, 0)),
        "first_men": func.sum(func.coalesce(line.first_men, 0)),
        "asked_women": func.sum(case((is_asked, line.women), else_=0)),
        "asked_men": func.sum(case((is_asked, line.men), else_=0)),
        **{name: func.sum(line[name]) for name in _SUMMED},
    }


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
