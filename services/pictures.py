"""Pictures of a unit and a period, for people who may see what they show."""

from sqlalchemy import Connection

from messages.outgoing import Picture
from periods.period import Period
from plan.model import Plan
from reports.pictures.asked import Asked, PictureKind, picture_of
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer


def may_see_picture(viewer: Viewer, kind: PictureKind, unit: str) -> bool:
    """See figures as a picture; who has not reported is for those above alone."""
    may = access.may_see_reports if kind is PictureKind.CALENDAR else access.may_see_figures
    return may(viewer, unit)


def picture(
    db: Connection, viewer: Viewer, plan: Plan, kind: PictureKind, *, unit: str, period: Period, language: str
) -> Picture | Refused | None:
    """Make the recipe of a picture; `None` where there is nothing to draw."""
    if not may_see_picture(viewer, kind, unit):
        return Refused(Refusal.UNKNOWN)
    return picture_of(kind, Asked(db, plan, unit, period, viewer.now, language))
