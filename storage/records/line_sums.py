"""What lines of reports add up to, in Python and in SQL: the counts that both rollups keep."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, func

from storage import tables as t

Key: TypeAlias = tuple[Any, ...]
"""Of a row of a rollup."""
SUMMED = ("women", "men", "unsorted", "quantity", "violations", "handled")


def share_of_line(line: Mapping[str, Any]) -> dict[str, int]:
    """What one line adds to each of the counts."""
    is_asked = line["first_women"] is not None or line["first_men"] is not None
    return {
        "lines": 1,
        "reports": int(line["position"] == 0),
        "group_reports": line["opens_group"],
        "item_reports": line["opens_item"],
        "first_women": line["first_women"] or 0,
        "first_men": line["first_men"] or 0,
        "asked_women": line["women"] if is_asked else 0,
        "asked_men": line["men"] if is_asked else 0,
        **{name: line[name] for name in SUMMED},
    }


def totals_of_lines() -> dict[str, ColumnElement[Any]]:
    """What lines add up to, each of the counts as an expression over `activity_line`."""
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
        **{name: func.sum(line[name]) for name in SUMMED},
    }


def added_up(shares: Iterable[tuple[Key, Sequence[int]]]) -> list[tuple[Key, Sequence[int]]]:
    """What shares of one key add up to, in the sorted order of the keys, without what comes to nothing."""
    merged: dict[Key, Sequence[int]] = {}
    for key, share in shares:
        before = merged.get(key)
        merged[key] = share if before is None else [a + b for a, b in zip(before, share, strict=True)]
    return [(key, merged[key]) for key in sorted(merged) if any(merged[key])]


def drop_empty(db: Connection, rollup: Table, where: Mapping[str, Any]) -> None:
    """Drop a row of a rollup of which no line is left."""
    this = and_(*(rollup.c[name] == value for name, value in where.items()))
    db.execute(delete(rollup).where(this, rollup.c.lines == 0))
