"""What lines of reports add up to, in Python and in SQL: the counts that both rollups keep."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func

from storage import tables as t

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
