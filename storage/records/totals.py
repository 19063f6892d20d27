"""Keeps the weekly rollup in the transaction that changes a report, so that figures are read and never recomputed.

`weekly_total` says, for each week, unit, place, activity, kind, target group and review state, how many reports there
are and how many women, men and things they count. Code that stores, corrects, returns, approves or withdraws an
activity report calls `record` or `change`; they promise that the rollup equals the sums over `activity` at each commit.

Rows are touched in the sorted order of their keys, so that two PostgreSQL transactions never wait for one another.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, delete, except_, func, insert, select, union, update

from storage import tables as t
from storage.db.upsert import insert_or_change

KEY = ("week", "unit_id", "place_unit_id", "activity", "kind", "target_group", "state")
COUNTS = ("women", "men", "quantity")
Key = tuple[Any, ...]
Share = tuple[int, ...]
"""The columns that reports add to: their number, then the counts."""

_ADD = insert_or_change(
    t.weekly_total,
    KEY,
    lambda more: {name: t.weekly_total.c[name] + more[name] for name in ("reports", *COUNTS)},
)
_DEFAULTS = {name: field.default for name, field in t.Activity.model_fields.items() if not field.is_required()}


def record(db: Connection, values: Mapping[str, Any]) -> None:
    """Store a new report's typed facts (a row of `activity`; the table's defaults hold) and count them."""
    row = {**_DEFAULTS, **values}
    db.execute(insert(t.activity), row)
    _add(db, [(_key(row), _share(row))])


def change(db: Connection, submission_id: int, values: Mapping[str, Any] | None, state: str) -> None:
    """Give a report another state and, unless `values` is None, other facts; the rollup moves along.

    Nothing happens if the submission has no typed facts: other forms have none.
    """
    mine = t.activity.c.submission_id == submission_id
    stored = db.execute(select(t.activity).where(mine).with_for_update()).one_or_none()
    if stored is None:
        return
    old = stored._asdict()
    new = {**old, **(values or {}), "submission_id": submission_id, "state": state}
    db.execute(update(t.activity).where(mine).values(new))
    _add(db, [(_key(old), tuple(-value for value in _share(old))), (_key(new), _share(new))])


def strays(db: Connection) -> int:
    """Count rows of the rollup that are wrong, missing or left over; there should never be any. Reads every report."""
    columns = [t.activity.c[name] for name in KEY]
    sums = [func.sum(t.activity.c[name]).label(name) for name in COUNTS]
    anew = select(*columns, func.count().label("reports"), *sums).group_by(*columns).subquery()
    names = (*KEY, "reports", *COUNTS)
    true, kept = select(*(anew.c[name] for name in names)), select(*(t.weekly_total.c[name] for name in names))
    differing = [except_(kept, true).subquery(), except_(true, kept).subquery()]
    keys = union(*(select(*(rows.c[name] for name in KEY)) for rows in differing)).subquery()
    return int(db.execute(select(func.count()).select_from(keys)).scalar_one())


def _key(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in KEY)


def _share(row: Mapping[str, Any]) -> Share:
    return (1, *(row[name] for name in COUNTS))


def _add(db: Connection, deltas: Iterable[tuple[Key, Share]]) -> None:
    merged: dict[Key, Share] = {}
    for key, share in deltas:
        before = merged.get(key, (0,) * len(share))
        merged[key] = tuple(a + b for a, b in zip(before, share, strict=True))
    for key in sorted(merged):
        if any(merged[key]):
            _add_to_row(db, key, merged[key])


def _add_to_row(db: Connection, key: Key, share: Share) -> None:
    where = dict(zip(KEY, key, strict=True))
    db.execute(_ADD.on(db), where | dict(zip(("reports", *COUNTS), share, strict=True)))
    if share[0] < 0:
        this = and_(*(t.weekly_total.c[name] == value for name, value in where.items()))
        db.execute(delete(t.weekly_total).where(this, t.weekly_total.c.reports == 0))
