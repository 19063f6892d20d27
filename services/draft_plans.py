"""Compares draft plans as they come in, lets people answer what may overlap, and adds budgets up (V.1, V.2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from plan.form_names import PLAN_DRAFT
from plan.model import Plan
from reports.drafts import Budgets, budgets_of, of_row
from rules.drafts import Answer, Planned, overlap
from rules.roles import Role
from services import access, reports
from services.ad_hoc import people_of
from services.results import Refusal
from services.viewer import Viewer
from storage.directory.holders import holders
from storage.directory.units import unit_tree
from storage.records import drafts
from storage.records.drafts import Overlap, StoredRow
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class SeenOverlap:
    """An overlap with both planned activities."""

    overlap: Overlap
    first: StoredRow
    second: StoredRow


@dataclass(frozen=True, slots=True)
class FoundOverlap:
    """An overlap that has just been found, and the people to tell: those of both units, and the secretariat."""

    seen: SeenOverlap
    told: tuple[int, ...]


def compare(db: Connection, plan: Plan, report: Report, now: datetime) -> list[FoundOverlap]:
    """Compare a draft with the others of its year, note what may overlap, and return what is new."""
    if report.form_id != PLAN_DRAFT:
        return []
    mine = drafts.rows_of(db, report.id)
    if not mine:
        return []
    rows = drafts.standing(db, mine[0].year)
    units = unit_tree(db).on(report.day)
    planned = [of_row(row, plan, units) for row in rows]
    own = [row for row in planned if row.draft == report.id]
    others = [row for row in planned if row.draft != report.id]
    found = {_pair(one, other): reason for one in own for other in others if (reason := overlap(one, other))}
    new = drafts.note_overlaps(db, report.id, found, now)
    by_place = {(row.submission_id, row.position): row for row in rows}
    return [_found(db, SeenOverlap(each, by_place[each.first], by_place[each.second]), now) for each in new]


def _pair(one: Planned, other: Planned) -> tuple[tuple[int, int], tuple[int, int]]:
    """The earlier draft comes first, so that a pair is one pair whichever draft is compared."""
    first, second = sorted(((one.draft, one.row), (other.draft, other.row)))
    return first, second


def _found(db: Connection, seen: SeenOverlap, now: datetime) -> FoundOverlap:
    people = {person for person, _ in people_of(db, {seen.first.unit_id, seen.second.unit_id}, now)}
    above = {each.person_id for each in holders(db, (Role.SECRETARIAT,), now, now)}
    return FoundOverlap(seen, tuple(sorted(people | {person for person in above if person is not None})))


def see_overlap(db: Connection, viewer: Viewer, overlap_id: int) -> SeenOverlap | None:
    """Show an overlap to those of both units, and to those above them."""
    found = drafts.find_overlap(db, overlap_id)
    return _seen(db, viewer, found) if found else None


def _seen(db: Connection, viewer: Viewer, found: Overlap) -> SeenOverlap | None:
    first, second = drafts.row_at(db, *found.first), drafts.row_at(db, *found.second)
    if first is None or second is None or not (first.stands and second.stands):
        return None
    if not access.may_answer_overlap(viewer, (first.unit_id, second.unit_id)):
        return None
    return SeenOverlap(found, first, second)


def answer_overlap(
    db: Connection, viewer: Viewer, overlap_id: int, seen: int, said: Answer, now: datetime
) -> FoundOverlap | Refusal:
    """Note what was decided, and whom to tell of it."""
    known = see_overlap(db, viewer, overlap_id)
    if known is None:
        return Refusal.UNKNOWN
    if not drafts.answer(db, overlap_id, seen, said, viewer.person_id, now):
        return Refusal.MOVED_ON
    after = see_overlap(db, viewer, overlap_id)
    assert after is not None  # noqa: S101 (it was seen in this very transaction)
    told = _found(db, after, now).told
    return FoundOverlap(after, tuple(person for person in told if person != viewer.person_id))


def open_overlaps(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[SeenOverlap]:
    """List to the secretariat what may overlap and nobody has answered."""
    if not access.may_ask_for(viewer):
        return []
    found = (_seen(db, viewer, each) for each in drafts.open_overlaps(db, offset=offset, limit=limit))
    return [seen for seen in found if seen is not None]


def budgets(db: Connection, viewer: Viewer, plan: Plan, year: int) -> Budgets | None:
    """The budgets of a year's drafts, for the secretariat; `None` for others."""
    return budgets_of(db, plan, year, viewer.tree) if access.may_ask_for(viewer) else None


def overlaps_of(db: Connection, viewer: Viewer, draft: int) -> list[SeenOverlap]:
    """List what may overlap in a draft, to those who may answer it."""
    found = (_seen(db, viewer, each) for each in drafts.overlaps_of(db, draft))
    return [seen for seen in found if seen is not None]


def may_have_file(db: Connection, viewer: Viewer, draft: int) -> bool:
    """Whether somebody may have a draft as a workbook: who may see it; all of a year (0) only the secretariat."""
    return reports.find(db, viewer, draft) is not None if draft else access.may_ask_for(viewer)
