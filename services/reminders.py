"""What became of reminders, and which are to come: for the secretariat everybody's, for a chair those of the ward."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from periods.days import ZONE
from plan.calendar import Calendar
from scheduler.upcoming import Planned, planned
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import told
from storage.delivery.told import ToldOccurrence, ToldPerson

SHOWN_BACK = timedelta(days=14)
"""So far back what became of reminders is shown."""


def lately(db: Connection, viewer: Viewer, calendar: Calendar, now: datetime) -> list[ToldOccurrence] | Refused:
    """Count what became of each reminder in the last two weeks, the latest first."""
    units = _looked_after(viewer)
    return Refused(Refusal.UNKNOWN) if units == () else told.lately(db, list(calendar), now - SHOWN_BACK, units)


def people(
    db: Connection, viewer: Viewer, rule: str, about: date, *, offset: int, limit: int
) -> list[ToldPerson] | Refused:
    """List what became of one, person by person."""
    units = _looked_after(viewer)
    if units == ():
        return Refused(Refusal.UNKNOWN)
    return told.people(db, rule, about, units=units, offset=offset, limit=limit)


def upcoming(
    db: Connection, viewer: Viewer, calendar: Calendar, first: date, days: int, now: datetime
) -> list[Planned] | Refused:
    """Count what will be sent on some days from `first` on, as things stand; nothing that fell due before now."""
    units = _looked_after(viewer)
    if units == ():
        return Refused(Refusal.UNKNOWN)
    begin = datetime.combine(first, time(), ZONE)
    return planned(db, calendar, max(now, begin), begin + timedelta(days=days), units)


def _looked_after(viewer: Viewer) -> Collection[int] | None:
    """The units whose people's reminders the person may look at: all for the secretariat, none for who has no staff."""
    if access.may_announce_to_all(viewer):
        return None
    inside = (viewer.tree.inside(held.unit) for held in viewer.roles if access.may_see_staff(viewer, held.unit))
    return tuple(sorted({unit for units in inside for unit in units}))
