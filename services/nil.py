"""Notes "no activity this week" for a neighbourhood, said by its reporter, and takes it back.

It is void beside any report of the week that was not withdrawn, so it is refused while one stands. What is said before
the week's Thursday is noted and asked about once more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from periods.days import local_day
from periods.weeks import monday_of, shift, sunday_of, touched, week_of
from rules.nil import begun, is_early
from rules.weeks import lineage
from services import access, closing, requests
from services.requests import Wish
from services.results import Requested
from services.viewer import Viewer
from storage.directory.roles import HeldRole
from storage.directory.units import unit_tree
from storage.records import unit_weeks
from storage.records.closed_periods import Closed
from storage.records.submissions import Report
from storage.records.unit_weeks import HeldWeek
from storage.tables.states import RequestKind


class NilOutcome(StrEnum):
    """The outcomes of saying that nothing took place, or of taking it back."""

    NOTED = "noted"
    NOTED_EARLY = "noted_early"
    """It was noted, and is asked about once more on Friday."""
    KNOWN = "known"
    """It was noted before."""
    REPORTED = "reported"
    """A report of the week stands."""
    TAKEN_BACK = "taken_back"
    NOT_SAID = "not_said"
    """Nothing stands that could be taken back, or not what the person saw."""


@dataclass(frozen=True, slots=True)
class NilResult:
    """The week as it stands now for a unit that the person reports for.

    `revision` counts what was said of it; `reports` are the reports that stand in it, by id, the newest first.
    """

    unit: HeldRole
    week: str
    said: NilOutcome
    revision: int
    reports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A word that nothing took place in a week of a report, the `revision`-th about it.

    It holds if no report of the week stands, and is void otherwise.
    """

    week: str
    revision: int
    holds: bool


def neighbourhoods(viewer: Viewer) -> dict[str, HeldRole]:
    """Return the neighbourhoods for which a person may say it, by their codes."""
    return {held.unit: held for held in viewer.roles if access.may_say_nil(viewer, held.unit)}


def say_nil(db: Connection, viewer: Viewer, unit: str, week: str, now: datetime) -> NilResult | Requested | None:
    """Note it, or ask for that if the week's figures are closed.

    `None` if the person may not say it, or if the week has not begun or the unit was not there.
    """
    role, begun_week = _role(viewer, unit), begun(week, viewer.today)
    if role is None or begun_week is None or not _was_there(db, role.unit_id, begun_week):
        return None
    closed, held = _hold(db, role.unit_id, begun_week)
    reports = _standing(db, held)
    if reports:
        return NilResult(role, begun_week, NilOutcome.REPORTED, held.nil_revision, reports)
    early, stands = is_early(begun_week, viewer.today), held.history.nil
    if stands and (early or not is_early(begun_week, local_day(stands.said_at))):
        return NilResult(role, begun_week, NilOutcome.KNOWN, held.nil_revision)
    if closed is not None:
        return _ask(db, viewer, RequestKind.NIL, held, closed, now)
    revision = unit_weeks.say_nil(db, held, viewer.person_id, now)
    return NilResult(role, begun_week, NilOutcome.NOTED_EARLY if early else NilOutcome.NOTED, revision)


def take_back(
    db: Connection, viewer: Viewer, unit: str, week: str, seen: int, now: datetime
) -> NilResult | Requested | None:
    """Take it back, if what stands is what the person saw, or ask for that if the week's figures are closed.

    `None` if they may not say anything of the unit's week.
    """
    role, begun_week = _role(viewer, unit), begun(week, viewer.today)
    if role is None or begun_week is None:
        return None
    closed, held = _hold(db, role.unit_id, begun_week)
    if held.history.nil is None or held.nil_revision != seen:
        return NilResult(role, begun_week, NilOutcome.NOT_SAID, held.nil_revision, _standing(db, held))
    if closed is not None:
        return _ask(db, viewer, RequestKind.TAKE_BACK_NIL, held, closed, now)
    revision = unit_weeks.take_back_nil(db, held, viewer.person_id, now)
    return NilResult(role, begun_week, NilOutcome.TAKEN_BACK, revision, _standing(db, held))


def note(db: Connection, unit_id: int, week: str, person_id: int, now: datetime) -> None:
    """Note in a person's name that nothing took place; a report that stands makes it void, and it waits."""
    unit_weeks.say_nil(db, unit_weeks.hold(db, unit_id, week), person_id, now)


def note_taken_back(db: Connection, unit_id: int, week: str, person_id: int, now: datetime) -> None:
    """Take it back in a person's name, if it stands."""
    held = unit_weeks.hold(db, unit_id, week)
    if held.history.nil:
        unit_weeks.take_back_nil(db, held, person_id, now)


def _role(viewer: Viewer, unit: str) -> HeldRole | None:
    """The role in which a person says something of a unit; one that has ended is theirs to finish for a while."""
    held = (role for role in (*viewer.roles, *viewer.former) if role.unit == unit)
    return next(held, None) if access.may_say_nil(viewer, unit) else None


def _hold(db: Connection, unit_id: int, week: str) -> tuple[Closed | None, HeldWeek]:
    """Lock what is closed and then the week, as whoever sends a report does; find the closed period that holds it."""
    return closing.refusing_nil(db, week), unit_weeks.hold(db, unit_id, week)


def _ask(db: Connection, viewer: Viewer, kind: RequestKind, held: HeldWeek, closed: Closed, now: datetime) -> Requested:
    """Ask for a change of a week whose figures are closed."""
    wish = Wish(kind, held.unit_id, f"{held.unit_id}:{held.week}", {"week": held.week})
    return requests.ask(db, viewer, wish, closed, now)


def standing(db: Connection, viewer: Viewer) -> list[NilResult]:
    """List what the person could take back in words: the nil reports of their units of this week, else of last week."""
    this_week = week_of(viewer.today)
    for week in (this_week, shift(this_week, -1)):
        if said := list(_said(db, viewer, week)):
            return said
    return []


def beside(db: Connection, report: Report) -> list[Beside]:
    """List the weeks of a report for which its unit said that nothing took place, and how that stands beside it now."""
    if report.facts is None:
        return []
    weeks = touched(report.facts.first_day, report.facts.last_day)
    known = (unit_weeks.find(db, report.unit_id, week) for week in weeks)
    return [
        Beside(held.week, held.nil_revision, holds=not held.history.stands)
        for held in known
        if held is not None and held.history.nil
    ]


def _said(db: Connection, viewer: Viewer, week: str) -> Iterator[NilResult]:
    for role in neighbourhoods(viewer).values():
        known = unit_weeks.find(db, role.unit_id, week)
        if known is not None and known.history.nil:
            yield NilResult(role, week, NilOutcome.KNOWN, known.nil_revision)


def _was_there(db: Connection, unit_id: int, week: str) -> bool:
    monday, sunday = monday_of(week), sunday_of(week)
    return unit_tree(db).as_of(unit_id, sunday).valid_within(monday, sunday)


def _standing(db: Connection, held: HeldWeek) -> tuple[int, ...]:
    units = lineage(held.week, held.unit_id, unit_tree(db).origins)
    return tuple(unit_weeks.standing_in(db, units, held.week))
