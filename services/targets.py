"""How far a unit is with the plan's targets, for people who may see its figures."""

from sqlalchemy import Connection

from periods.period import Period
from plan.model import Plan
from reports.progress import Targets
from reports.targets import targets_of
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer


def targets(
    db: Connection, viewer: Viewer, plan: Plan, *, unit: str, period: Period | None, language: str
) -> Targets | Refused:
    """Reckon the targets of a unit, in their own period unless one is given."""
    if not access.may_see_figures(viewer, unit):
        return Refused(Refusal.UNKNOWN)
    return targets_of(db, plan, unit, viewer.now, period, language)
