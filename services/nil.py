"""Notes "no activity this week" for a neighbourhood, said by its reporter. A report of that week wins over it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.weeks import week_of
from rules.weeks import open_for_nil
from services import access, closing, requests
from services.requests import Wish
from services.results import Requested
from services.viewer import Viewer
from storage.directory.roles import HeldRole
from storage.records import unit_weeks
from storage.tables.states import RequestKind


class NilOutcome(StrEnum):
    """The outcomes of saying that nothing took place."""

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
    """Return the neighbourhoods for which a person may say it, by their codes."""
    return {held.unit: held for held in viewer.roles if access.may_say_nil(viewer, held.unit)}


def say_nil(db: Connection, viewer: Viewer, unit: str, week: str, now: datetime) -> NilResult | Requested | None:
    """Note it, or ask for that if the week's figures are closed.

    `None` if the person may not say it, or if the week is over or has not begun.
    """
    held, open_week = neighbourhoods(viewer).get(unit), open_for_nil(week, week_of(viewer.today))
    if held is None or open_week is None:
        return None
    if unit_weeks.reports_in_week(db, held.unit_id, open_week):
        return NilResult(held, open_week, NilOutcome.REPORTED)
    if unit_weeks.has_nil(db, held.unit_id, open_week):
        return NilResult(held, open_week, NilOutcome.KNOWN)
    closed = closing.refusing_nil(db, open_week)
    if closed is not None:
        wish = Wish(RequestKind.NIL, held.unit_id, f"{held.unit_id}:{open_week}", {"week": open_week})
        return requests.ask(db, viewer, wish, closed, now)
    is_new = note(db, held.unit_id, open_week, viewer.person_id, now)
    return NilResult(held, open_week, NilOutcome.NOTED if is_new else NilOutcome.KNOWN)


def note(db: Connection, unit_id: int, week: str, person_id: int, now: datetime) -> bool:
    """Note it in a person's name. False if it was said already, even by somebody else at this moment."""
    return unit_weeks.store_nil(db, unit_id, week, person_id, now)
