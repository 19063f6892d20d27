"""Declares weeks free of reports (Tết, a flood), and lets them be owed again: for the secretariat alone.

In a free week nobody is expected to report and nobody is asked to. What is reported all the same counts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services import access, closing
from services.limits import LONGEST_REASON
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.records import free_weeks
from storage.records.closed_periods import Closed
from storage.records.free_weeks import FreeWeek


@dataclass(frozen=True, slots=True)
class WeekSet:
    """A week as it is now. `changed`: this made it so; else it was so before."""

    week: str
    is_free: bool
    changed: bool


def declared(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[FreeWeek] | Refused:
    """List the free weeks, the latest first."""
    if not access.may_declare_free(viewer):
        return Refused(Refusal.UNKNOWN)
    return free_weeks.listed(db, offset=offset, limit=limit)


def free_among(db: Connection, viewer: Viewer, weeks: Collection[str]) -> set[str] | Refused:
    """Which of these weeks are free."""
    return free_weeks.among(db, weeks) if access.may_declare_free(viewer) else Refused(Refusal.UNKNOWN)


def declare(db: Connection, viewer: Viewer, week: str, reason: str, now: datetime) -> WeekSet | Closed | Refused:
    """Declare a week free; nobody owes it from now on. Nothing is done in a closed period, which is returned then."""
    if not access.may_declare_free(viewer):
        return Refused(Refusal.UNKNOWN)
    if closed := closing.refusing_nil(db, week):
        return closed
    return WeekSet(week, True, free_weeks.declare(db, week, reason[:LONGEST_REASON], viewer.person_id, now))


def revoke(db: Connection, viewer: Viewer, week: str) -> WeekSet | Closed | Refused:
    """Let a week be owed again; the same holds of closed periods."""
    if not access.may_declare_free(viewer):
        return Refused(Refusal.UNKNOWN)
    if closed := closing.refusing_nil(db, week):
        return closed
    return WeekSet(week, False, free_weeks.revoke(db, week))
