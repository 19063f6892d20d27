"""Closes a period's figures and opens them again: the secretariat's alone. Also says what a closed period refuses.

From then on, whatever would change a figure of the period becomes a request (`services.requests`); nothing is refused
for its age alone.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.period import Period
from rules.closing import Standing, days_changed, nil_days
from services import access
from services.viewer import Viewer
from storage.records import change_requests, closed_periods
from storage.records.closed_periods import Closed


class ClosingOutcome(StrEnum):
    """The outcomes of closing a period."""

    CLOSED = "closed"
    KNOWN = "known"
    """It is closed already."""
    NOT_OVER = "not_over"
    """Its last day is still to come, so nobody could report it in time."""


@dataclass(frozen=True, slots=True)
class ClosingResult:
    """What became of closing a period; `closed` is how it stands, if it is closed."""

    outcome: ClosingOutcome
    closed: Closed | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A period is open again. `still` is another one, closed as well, that holds days of it."""

    closed: Closed
    still: Closed | None
    waiting: int
    """How many requests wait for the secretariat, whatever period they are about."""


def close(db: Connection, viewer: Viewer, period: Period, reason: str, now: datetime) -> ClosingResult | None:
    """Close a period that is over. `None` if the person may not."""
    if not access.may_close(viewer):
        return None
    if period.last > viewer.today:
        return ClosingResult(ClosingOutcome.NOT_OVER)
    closed_periods.hold(db, to_close=True)
    is_new = closed_periods.close(db, period, viewer.person_id, reason, now)
    closed = closed_periods.find_standing(db, period.code)
    return ClosingResult(ClosingOutcome.CLOSED if is_new else ClosingOutcome.KNOWN, closed)


def reopen(db: Connection, viewer: Viewer, closed_id: int, reason: str, now: datetime) -> Reopened | None:
    """Open a closed period again, for a reason. `None` if the person may not, gives no reason, or if it is open.

    A closing that is over never comes back (the period is closed anew), so its row is its revision.
    """
    if not access.may_close(viewer) or not reason.strip():
        return None
    closed_periods.hold(db, to_close=True)
    if not closed_periods.reopen(db, closed_id, viewer.person_id, reason.strip(), now):
        return None
    closed = closed_periods.find(db, closed_id)
    assert closed is not None  # noqa: S101 (it was just opened)
    still = closed_periods.overlapping(db, closed.first, closed.last)
    return Reopened(closed, next(iter(still), None), change_requests.count_waiting(db))


def closed_ones(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[Closed]:
    """List the closed periods, the latest first."""
    return closed_periods.standing(db, offset=offset, limit=limit) if access.may_close(viewer) else []


def find_closed(db: Connection, viewer: Viewer, closed_id: int) -> Closed | None:
    """Find a period that is closed."""
    closed = closed_periods.find(db, closed_id) if access.may_close(viewer) else None
    return closed if closed is not None and closed.reopened_at is None else None


def find_by_code(db: Connection, viewer: Viewer, code: str) -> Closed | None:
    """Find the same by the period's code."""
    return closed_periods.find_standing(db, code) if access.may_close(viewer) else None


def refusing(
    db: Connection, before: Standing | None, after: Standing | None, others: AbstractSet[date] = frozenset()
) -> Closed | None:
    """Find the closed period whose figures a change of a report would touch.

    `before` and `after` are what figures see of it (`None`: nothing); `others` are the days of the other reports of its
    set, of which another one may count then. Until the commit nobody closes another period.
    """
    days = days_changed(before, after)
    return _covering(db, days | others) if days else None


def refusing_days(db: Connection, days: AbstractSet[date]) -> Closed | None:
    """Find the closed period that holds one of some days, whose figures a link between reports would touch."""
    return _covering(db, days)


def refusing_nil(db: Connection, week: str) -> Closed | None:
    """Find the closed period in which a week's completeness counts."""
    return _covering(db, nil_days(week))


def _covering(db: Connection, days: AbstractSet[date]) -> Closed | None:
    closed_periods.hold(db)
    return closed_periods.covering(db, days)
