"""Reads typed values out of a form's answers: one table, by the form's id.

A form need not be in it: its submissions are stored, listed, corrected and withdrawn all the same.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from periods.weeks import week_of
from storage.records.submissions import Projected

ACTIVITY_REPORT = "activity_report"

Answers = Mapping[str, Any]


def project(form_id: str, answers: Answers, unit_id: int, sent: date) -> Projected:
    """Read the values out of a unit's answers. They are about the day of sending if their form asks for no other."""
    projection = PROJECTIONS.get(form_id)
    return projection(answers, unit_id) if projection else Projected(sent)


def _activity(answers: Answers, unit_id: int) -> Projected:
    """Read an activity's facts; what its kind does not ask is 0 or empty. Version 2 said `checked` for `inspected`."""
    day = date.fromisoformat(answers["date"])
    facts = {
        "unit_id": unit_id,
        "place_unit_id": unit_id,
        "activity": answers["activity"],
        "kind": answers["kind"],
        "target_group": answers.get("group") or "",
        "event_date": day,
        "week": week_of(day),
        "women": _count(answers, "women", "helped_women"),
        "men": _count(answers, "men", "helped_men"),
        "quantity": _count(answers, "quantity", "inspected", "checked", "number"),
        "violations": _count(answers, "violations"),
        "handled": _count(answers, "handled"),
    }
    return Projected(day, facts)


def _count(answers: Answers, *names: str) -> int:
    return next((int(answers[name]) for name in names if answers.get(name) is not None), 0)


PROJECTIONS: Mapping[str, Callable[[Answers, int], Projected]] = {ACTIVITY_REPORT: _activity}
