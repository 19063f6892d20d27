""" "No activity this week", said for a neighbourhood by who reports for it. A report of that week wins over it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.weeks import week_of
from rules.weeks import open_for_nil
from services import access
from services.viewer import Viewer
from storage.directory.roles import HeldRole
from storage.records import unit_weeks


class NilOutcome(StrEnum):
    """What became of the word that nothing took place."""

    NOTED = "noted"
    KNOWN = "known"
    """It was noted before."""
    REPORTED = "reported"
    """The week has reports: there is nothing to add."""


@dataclass(frozen=True, slots=True)
class NilResult:
    """The week as it stands now for a unit that the person reports for."""

    unit: HeldRole
    week: str
    said: NilOutcome


def neighbourhoods(viewer: Viewer) -> dict[str, HeldRole]:
    """The neighbourhoods that a person may say it for, by their codes."""
    return {held.unit: held for held in viewer.roles if access.may_say_nil(viewer, held.unit)}


def say_nil(db: Connection, viewer: Viewer, unit: str, week: str, now: datetime) -> NilResult | None:
    """Note it; `None` if it is not theirs to say, or of a week that is over or has not begun."""
    held, open_week = neighbourhoods(viewer).get(unit), open_for_nil(week, week_of(viewer.today))
    if held is None or open_week is None:
        return None
    if unit_weeks.reports_in_week(db, held.unit_id, open_week):
        return NilResult(held, open_week, NilOutcome.REPORTED)
    is_new = unit_weeks.store_nil(db, held.unit_id, open_week, viewer.person_id, now)
    return NilResult(held, open_week, NilOutcome.NOTED if is_new else NilOutcome.KNOWN)
