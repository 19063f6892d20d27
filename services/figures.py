"""A unit's figures in a week or any other period, and the reports behind them, for people who may see them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from periods.period import Length, Period, after, before, week_around
from plan.model import Plan
from reports.beside import Beside, beside_of
from reports.figures import FigureRow, Figures
from reports.filtering import ALL, Filter
from reports.help import Services
from reports.places import held_of
from reports.published import published
from reports.reckoning import figures_of, rows_inside
from reports.stretches import stretches_of
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.directory.units import unit_tree
from storage.records import lists
from storage.records.lists import Having
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Overview:
    """A unit's figures, and what the person may look at next."""

    figures: Figures
    services: Services | None
    """What the person may see of services."""
    before: Period
    after: Period | None
    """The next period, `None` while it has not begun."""
    is_above: bool
    """Whether the person looks after the unit, and so may see its reports and who has not reported."""
    beside: Beside | None = None
    """What the figures are compared with, if that was wanted and the period is over."""


def period_for(viewer: Viewer, wanted: Period | None) -> Period:
    """Return a period that has begun; this week if none is wanted."""
    return wanted if wanted and wanted.first <= viewer.today else week_around(viewer.today)


def week_for(viewer: Viewer, wanted: Period | None) -> Period:
    """Return a week, this one at the latest, and this one if none is wanted."""
    return period_for(viewer, wanted if wanted and wanted.length is Length.WEEK else None)


def overview(
    db: Connection,
    viewer: Viewer,
    plan: Plan,
    *,
    unit: str,
    period: Period,
    language: str,
    only: Filter = ALL,
    compares: bool = False,
) -> Overview | Refused:
    """Add up a unit's reports of a period, all or some of them: these only for who may open them.

    With `compares` earlier periods stand beside them.
    """
    may_narrow = only == ALL or access.may_open_reports(viewer, unit)
    if not access.may_see_figures(viewer, unit) or not may_narrow:
        return Refused(Refusal.UNKNOWN)
    figures, following = figures_of(db, plan, unit, period, viewer.now, language, only=only), after(period)
    shown = published(db, plan, figures, opens=access.may_open_reports(viewer, unit))
    is_above = access.may_see_reports(viewer, unit)
    return Overview(
        shown.figures,
        shown.services,
        before(period),
        following if following.first <= viewer.today else None,
        is_above,
        beside_of(db, plan, figures) if compares else None,
    )


def rows_of(
    db: Connection, viewer: Viewer, plan: Plan, *, unit: str, period: Period, language: str
) -> tuple[FigureRow, ...] | Refused:
    """Add up a unit's reports of a period by the units directly below: of services only that they took place."""
    if not access.may_see_figures(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return rows_inside(db, plan, unit, period, language)


def missing(db: Connection, viewer: Viewer, plan: Plan, *, unit: str, week: Period, language: str) -> Figures | Refused:
    """Return a week's figures, whose `completeness` names who owes it and who is mending it: only for those above."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return figures_of(db, plan, unit, week, viewer.now, language)


def reports_in(
    db: Connection, viewer: Viewer, unit: str, period: Period, *, offset: int, limit: int, only: Filter = ALL
) -> list[Report] | Refused:
    """List the reports of a unit and all units in it, the newest day first: only for those above."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    units = viewer.tree.inside(unit)
    if only.level:
        units = [unit_id for unit_id in units if viewer.tree.unit(unit_id).level == only.level]
    tree = unit_tree(db)
    held = held_of(tree, stretches_of(tree, unit, period)[-1].scope, period, only.place) if only.place else None
    having = Having(only.kind, only.activity, only.group, only.item, held, only.approved_only)
    return lists.in_units(db, units, period, offset=offset, limit=limit, having=having)


def of_colleagues(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[Report]:
    """List what others reported for the person's own units this week, the newest day first."""
    if not viewer.agreed:
        return []
    units, week = [held.unit_id for held in viewer.roles], week_around(viewer.today)
    return lists.by_others(db, viewer.person_id, units, week, offset=offset, limit=limit)


def own_reports(db: Connection, viewer: Viewer, *, since: date | None, offset: int, limit: int) -> list[Report]:
    """List the person's own reports and those returned to a unit of theirs, the newest day first."""
    if not viewer.agreed:
        return []
    units = [unit for held in viewer.roles for unit in (held.unit_id, *viewer.tree.predecessors(held.unit_id))]
    return lists.by_person(db, viewer.person_id, units, viewer.before, since=since, offset=offset, limit=limit)
