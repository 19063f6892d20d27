"""Finds the report that looks like one about to be sent, so that its author can say whether it is the same event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from rules.kinds import Place
from rules.same_event import GATHERINGS, Event, looks_same
from services import access
from services.projections import project
from services.viewer import Viewer
from storage.conversation.turns import OpenInterview
from storage.directory.units import UnitTree, unit_tree
from storage.records import activities, event_sets, submissions
from storage.records.activities import Projection
from storage.records.event_sets import Alike
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Seen:
    """A report of what may be the same event. Name and figures may be told only if `is_open` to the person."""

    report: Report
    is_open: bool


def look_alike(db: Connection, viewer: Viewer, opened: OpenInterview, answers: Mapping[str, Any]) -> Seen | None:
    """Find what looks like a new report: the likeliest one, by whomever it was reported.

    What is no gathering is asked about only if the same person says exactly the same again.
    """
    tree = unit_tree(db)
    said = project(opened.form_id, answers, tree.on(viewer.today).unit(opened.unit_id), tree, viewer.today).activity
    if said is None or opened.corrects is not None or not access.may_report(viewer, opened.unit_id):
        return None
    facts = said.facts
    near = event_sets.alike(db, facts["activity"], facts["first_day"], facts["last_day"])
    if not near:
        return None
    if facts["kind"] in GATHERINGS:
        mine = _event(tree, **facts)
        near = [row for row in near if looks_same(mine, _event_of(tree, facts["activity"], row))]
    else:
        near = _repeated(db, viewer, said, near)
    likeliest = min(near, key=lambda row: _rank(viewer, facts, row), default=None)
    found = submissions.find(db, likeliest.id) if likeliest else None
    return seen(viewer, found) if found else None


def seen(viewer: Viewer, report: Report) -> Seen:
    """A report as a person may see it beside their own."""
    return Seen(report, access.may_compare(viewer, report))


def event_of(tree: UnitTree, report: Report) -> Event:
    """What a report with facts says took place."""
    facts = report.facts
    assert facts is not None  # noqa: S101 (only such reports are compared)
    where = {"place": facts.place, "place_unit_id": facts.place_unit_id, "unit_id": report.unit_id}
    return _event(tree, facts.activity, first_day=facts.first_day, last_day=facts.last_day, **where)


def _event_of(tree: UnitTree, activity: str, row: Alike) -> Event:
    where = {"place": row.place, "place_unit_id": row.place_unit_id, "unit_id": row.unit_id}
    return _event(tree, activity, first_day=row.first_day, last_day=row.last_day, **where)


def _event(tree: UnitTree, activity: str, **said: Any) -> Event:
    """Where nobody said the place, the unit that reports stands for it."""
    unit_id, units = (
        said["place_unit_id"] if said["place"] == Place.UNIT else said["unit_id"],
        tree.on(said["last_day"]),
    )
    place = () if said["place"] == Place.OUTSIDE else tuple(unit.id for unit in units.upwards(units.unit(unit_id)))
    return Event(activity, said["first_day"], said["last_day"], place)


def _repeated(db: Connection, viewer: Viewer, said: Projection, near: Iterable[Alike]) -> list[Alike]:
    """Those in which the person said exactly the same of this unit before."""
    facts = said.facts
    same = ("unit_id", "first_day", "last_day", "place", "place_unit_id")
    own = [
        row
        for row in near
        if row.person_id == viewer.person_id and all(getattr(row, name) == facts[name] for name in same)
    ]
    lines = activities.lines_of(db, [row.id for row in own])
    return [row for row in own if lines[row.id] == activities.as_lines(said)]


def _rank(viewer: Viewer, facts: Mapping[str, Any], row: Alike) -> tuple[bool, ...]:
    """The likeliest first: of the same unit, by the same person, in the same place, counted."""
    same_place = (row.place, row.place_unit_id) == (facts["place"], facts["place_unit_id"])
    return row.unit_id != facts["unit_id"], row.person_id != viewer.person_id, not same_place, not row.counts
