"""A unit's figures in a week or any other period, for whoever may see them; and the reports behind them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from periods.period import Length, Period, after, before, week_around
from plan.model import Plan
from reports.figures import Figures
from reports.reckoning import figures_of
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.records import lists
from storage.records.submissions import Report


@dataclass(frozen=True, slots=True)
class Overview:
    """A unit's figures, and what the person may look at from there."""

    figures: Figures
    before: Period
    after: Period | None
    """`None` while it has not begun."""
    is_above: bool
    """Whether they look after the unit: they see which reports came in, and who has not reported."""


def period_for(viewer: Viewer, wanted: Period | None) -> Period:
    """A period that has begun; this week where none is wanted."""
    return wanted if wanted and wanted.first <= viewer.today else week_around(viewer.today)


def week_for(viewer: Viewer, wanted: Period | None) -> Period:
    """A week, this one at the latest, and where no week is wanted."""
    return period_for(viewer, wanted if wanted and wanted.length is Length.WEEK else None)


def overview(
    db: Connection, viewer: Viewer, plan: Plan, *, unit: str, period: Period, language: str
) -> Overview | Refused:
    """What a unit's reports of a period add up to."""
    if not access.may_see_figures(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    figures, following = figures_of(db, plan, unit, period, viewer.now, language), after(period)
    is_above = access.may_see_reports(viewer, unit)
    return Overview(figures, before(period), following if following.first <= viewer.today else None, is_above)


def missing(db: Connection, viewer: Viewer, plan: Plan, *, unit: str, week: Period, language: str) -> Figures | Refused:
    """A week's figures, whose `completeness.missing` names who owes it: for those above alone."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return figures_of(db, plan, unit, week, viewer.now, language)


def reports_in(
    db: Connection, viewer: Viewer, unit: str, period: Period, *, offset: int, limit: int
) -> list[Report] | Refused:
    """What came in from a unit and all that lies in it, the newest day first: for those above alone."""
    if not access.may_see_reports(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return lists.in_units(db, viewer.tree.inside(unit), period, offset=offset, limit=limit)


def own_reports(db: Connection, viewer: Viewer, *, since: date | None, offset: int, limit: int) -> list[Report]:
    """The person's own reports, and what was returned to a unit of theirs; the newest day first."""
    if not viewer.agreed:
        return []
    units = [held.unit_id for held in viewer.roles]
    return lists.by_person(db, viewer.person_id, units, since=since, offset=offset, limit=limit)
