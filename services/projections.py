"""Reads typed values out of a form's answers: one table, by the form's id.

A form need not be in it: its submissions are stored, listed, corrected and withdrawn all the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from periods.weeks import week_of
from plan.form_names import PLAN_DRAFT
from rules.kinds import ActivityKind, Mode, Place
from rules.levels import Level
from services import draft_facts
from storage.directory.units import Unit, UnitTree
from storage.records.activities import Projection
from storage.records.submissions import Projected

ACTIVITY_REPORT = "activity_report"
OUTSIDE = "outside"
"""The answer that the place lies outside the root; any other is a unit's code."""
IN_NEED = "in_need"
"""The target group of all services."""

Answers = Mapping[str, Any]
Line = Mapping[str, Any]


def project(form_id: str, answers: Answers, unit: Unit, tree: UnitTree, sent: date) -> Projected:
    """Read the values out of a unit's answers. They are about the day of sending if their form asks for no other."""
    if form_id in PLANS:
        return Projected(sent, draft=draft_facts.read(answers, unit, tree.on(sent)))
    projection = PROJECTIONS.get(form_id)
    return projection(answers, unit, tree) if projection else Projected(sent)


def _activity(answers: Answers, unit: Unit, tree: UnitTree) -> Projected:
    """Read an activity's facts and lines; what its kind does not ask is 0 or empty."""
    first, last = days_of(answers)
    place, place_unit = _place(answers.get("place_unit"), unit, tree, last)
    facts = {
        "unit_id": unit.id,
        "activity": answers["activity"],
        "kind": answers["kind"],
        "first_day": first,
        "last_day": last,
        "week": week_of(last),
        "place": place,
        "place_unit_id": place_unit,
    }
    return Projected(last, Projection(facts, tuple(_opening(_merged(_LINES[answers["kind"]](answers))))))


def days_of(answers: Answers) -> tuple[date, date]:
    """The first and the last day of an activity."""
    return date.fromisoformat(answers["date"]), date.fromisoformat(answers.get("last_date") or answers["date"])


def _place(said: str | None, unit: Unit, tree: UnitTree, day: date) -> tuple[Place, int | None]:
    """Where it took place. What a neighbourhood or ward does lies in it unless said; an agency's may be anywhere."""
    if said == OUTSIDE:
        return Place.OUTSIDE, None
    units = tree.on(day)
    if said is not None and said in units:
        return Place.UNIT, units[said].id
    return (Place.UNKNOWN, None) if unit.level is Level.AGENCY else (Place.UNIT, unit.id)


def _audiences(answers: Answers) -> Iterator[Line]:
    names = ("group", "women", "men", "unsorted", "first_women", "first_men")
    for said in _entries(answers, names):
        yield {
            "target_group": said.get("group") or "",
            **_people(said, "women", "men", "unsorted"),
            **_first(said, "first_women", "first_men"),
        }


def _help(answers: Answers) -> Iterator[Line]:
    names = ("service_kind", "helped_women", "helped_men", "helped_unsorted", "first_helped_women", "first_helped_men")
    for said in _entries(answers, names):
        yield {
            "target_group": IN_NEED,
            "item": said.get("service_kind") or "",
            **_people(said, "helped_women", "helped_men", "helped_unsorted"),
            **_first(said, "first_helped_women", "first_helped_men"),
        }


def _products(answers: Answers) -> Iterator[Line]:
    for said in _entries(answers, ("product", "mode", "quantity")):
        mode = said.get("mode") or Mode.GIVEN
        yield {"item": said.get("product") or "", "mode": mode, "quantity": _count(said, "quantity")}


def _inspection(answers: Answers) -> Iterator[Line]:
    """Version 2 of the form said `checked` for `inspected`."""
    yield {
        "quantity": _count(answers, "inspected", "checked"),
        "violations": _count(answers, "violations"),
        "handled": _count(answers, "handled"),
    }


def _number(answers: Answers) -> Iterator[Line]:
    yield {"quantity": _count(answers, "number")}


_LINES: Mapping[str, Callable[[Answers], Iterator[Line]]] = {
    ActivityKind.EVENT: _audiences,
    ActivityKind.SERVICE: _help,
    ActivityKind.MEDIA: _products,
    ActivityKind.INSPECTION: _inspection,
    ActivityKind.SURVEY: _number,
    ActivityKind.DOCUMENT: _number,
}


def _entries(answers: Answers, names: Iterable[str]) -> Iterator[Answers]:
    """The first line, then the further ones, whose questions are named alike with `more_` before."""
    yield answers
    for entry in answers.get("more_lines") or ():
        yield {name: entry.get(f"more_{name}") for name in names}


def _people(said: Answers, women: str, men: str, unsorted: str) -> Line:
    return {"women": _count(said, women), "men": _count(said, men), "unsorted": _count(said, unsorted)}


def _first(said: Answers, women: str, men: str) -> Line:
    """How many came for the first time this year; unknown, not 0, where nobody was asked."""
    if said.get(women) is None and said.get(men) is None:
        return {"first_women": None, "first_men": None}
    return {"first_women": _count(said, women), "first_men": _count(said, men)}


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """One line for each group, item and mode: what is said of it twice is added up."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for line in lines:
        known = merged.setdefault(tuple(line.get(name, "") for name in ("target_group", "item", "mode")), {})
        for name, value in line.items():
            is_sum = isinstance(value, int) and known.get(name) is not None
            known[name] = known[name] + value if is_sum else known.get(name) if value is None else value
    yield from merged.values()


def _opening(lines: Iterable[Line]) -> Iterator[Line]:
    """Mark the first line of each group and of each item, so that a report counts once in both."""
    groups: set[str] = set()
    items: set[str] = set()
    for line in lines:
        group, item = line.get("target_group", ""), line.get("item", "")
        yield {**line, "opens_group": int(group not in groups), "opens_item": int(item not in items)}
        groups.add(group)
        items.add(item)


def _count(answers: Answers, *names: str) -> int:
    return next((int(answers[name]) for name in names if answers.get(name) is not None), 0)


PROJECTIONS: Mapping[str, Callable[[Answers, Unit, UnitTree], Projected]] = {ACTIVITY_REPORT: _activity}
"""By form what figures read of it."""
PLANS = frozenset({PLAN_DRAFT})
"""The forms that plan, and write nothing into any figure."""
