"""Who owes a week, with the people who answer for it, and a word to them on behalf of somebody above."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from locales import Say
from messages import Outgoing
from periods.days import local_day
from periods.period import Period, week_period
from plan.model import Plan
from rules.roles import Role
from rules.times_of_day import is_decent, next_morning
from services import figures
from services.nudging import Nudge, NudgeOutcome, nudge
from services.results import Refused
from services.viewer import Viewer
from storage.delivery import planned_nudges
from storage.delivery.planned_nudges import PlannedNudge
from storage.directory import staff
from storage.directory.staff import Member
from storage.directory.units import Unit, unit_tree
from storage.records import unit_weeks


@dataclass(frozen=True, slots=True)
class Late:
    """A unit that owes a week, and the people who answer for it; nobody takes part where there are none."""

    unit: Unit
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks a unit for: its report of a week. `title` is the unit as people read it."""

    by: str
    unit: Unit
    title: str
    week: Period


Worded = Callable[[Say, Request], Outgoing]
"""Words a request in the language of whoever is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of asking, unit by unit. With `on_day` they are asked in the morning of that day."""

    told: tuple[Late, ...]
    already: tuple[Late, ...]
    """They were asked that day already, or are going to be."""
    unreached: tuple[Late, ...]
    """Nothing can reach their people, or these have not agreed yet."""
    vacant: tuple[Late, ...]
    """Nobody takes part there."""
    on_day: date | None = None


def late(
    db: Connection, viewer: Viewer, plan: Plan, *, unit: str, week: Period, language: str
) -> tuple[Late, ...] | Refused:
    """List the units in one that owe a week, with their people: for those above."""
    seen = figures.missing(db, viewer, plan, unit=unit, week=week, language=language)
    if isinstance(seen, Refused):
        return seen
    owing = (viewer.tree.find(each.code) for each in seen.completeness.missing.units or ())
    return tuple(_with_people(db, viewer, [there for there in owing if there is not None]))


def _with_people(db: Connection, viewer: Viewer, units: Sequence[Unit]) -> Iterator[Late]:
    members = staff.in_units(db, [unit.id for unit in units], viewer.now)
    for unit in units:
        yield Late(unit, tuple(member for member in members if member.unit_id == unit.id))


def ask(
    db: Connection, viewer: Viewer, plan: Plan, worded: Worded, *, unit: str, week: Period, language: str
) -> Asked | Refused:
    """Ask the people of a unit, and of all in it, for the week that they owe: now, or at night in the morning."""
    owing = late(db, viewer, plan, unit=unit, week=week, language=language)
    if isinstance(owing, Refused):
        return owing
    on_day = None if is_decent(viewer.now) else next_morning(viewer.now)
    became: dict[NudgeOutcome, list[Late]] = {outcome: [] for outcome in NudgeOutcome}
    for each in owing:
        if each.members:
            became[_ask(db, viewer, each, week, on_day, worded)].append(each)
    told, already, unreached = (
        tuple(became[outcome]) for outcome in (NudgeOutcome.SENT, NudgeOutcome.TODAY_ALREADY, NudgeOutcome.NOBODY)
    )
    return Asked(told, already, unreached, tuple(each for each in owing if not each.members), on_day)


def _ask(
    db: Connection, viewer: Viewer, there: Late, week: Period, on_day: date | None, worded: Worded
) -> NudgeOutcome:
    if on_day is None:
        request = Request(viewer.name, there.unit, viewer.tree.title_of(there.unit.id), week)
        return nudge(db, _nudge(request, worded), viewer.person_id, viewer.now).outcome
    planned = PlannedNudge(there.unit.id, week.code, viewer.person_id, on_day)
    is_new = planned_nudges.plan(db, planned, viewer.now)
    return NudgeOutcome.SENT if is_new else NudgeOutcome.TODAY_ALREADY


def _nudge(request: Request, worded: Worded) -> Nudge:
    """A unit is asked for a report once a day, for whichever week."""
    about = f"week_of:{request.unit.code}"
    return Nudge(about, request.unit.id, (Role.PROPAGANDIST,), lambda say: worded(say, request))


def ask_as_planned(db: Connection, planned: PlannedNudge, name: str, worded: Worded, now: datetime) -> None:
    """Ask in the morning, in the name of who wanted it, unless the unit has reported meanwhile or the day is over."""
    judged = unit_weeks.owed(db, [planned.week], [planned.unit_id]).get((planned.week, planned.unit_id))
    if judged is None or judged.received or planned.local_day != local_day(now):
        return
    units = unit_tree(db).on(planned.local_day)
    unit = units.unit(planned.unit_id)
    request = Request(name, unit, units.title_of(unit.id), week_period(planned.week))
    nudge(db, _nudge(request, worded), planned.person_id, now)
