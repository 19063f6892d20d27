"""What stands beside the figures of a period: those of the period before, and of a year earlier."""

from dataclasses import dataclass

from sqlalchemy import Connection

from periods.days import local_day
from periods.neighbours import year_earlier
from periods.period import Period, before
from plan.model import Plan
from reports.figures import Figures
from reports.scope import UnknownUnitError
from reports.series import Point, point_with_reports


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures of a period that is over, and earlier ones; `None` where there are no reports of that time."""

    now: Point
    before: Point | None
    year_earlier: Point | None


def beside_of(db: Connection, plan: Plan, figures: Figures, *, with_year_earlier: bool = True) -> Beside | None:
    """Read what figures are compared with; `None` while their period is not over: it would always have fewer."""
    period = figures.period
    if local_day(figures.as_of) <= period.last:
        return None
    now = Point(period, figures.reports, figures.people, figures.helped, figures.not_approved, figures.completeness)
    earlier = _point(db, plan, figures, year_earlier(period)) if with_year_earlier else None
    return Beside(now, _point(db, plan, figures, before(period)), earlier)


def _point(db: Connection, plan: Plan, figures: Figures, period: Period) -> Point | None:
    try:
        return point_with_reports(db, plan, figures.unit, period, only=figures.only)
    except UnknownUnitError:
        return None
