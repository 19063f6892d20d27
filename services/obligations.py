"""Lists what is due (the week's report, and what units owe by a deadline), and notes that it was handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection

from periods.days import local_day
from periods.weeks import shift, sunday_of, week_of
from rules.nil import REMINDED_FOR
from rules.roles import Role
from services import access
from services.limits import SHOWN_SINCE
from services.results import Refusal
from services.viewer import Viewer
from storage.directory.roles import HeldRole
from storage.records import obligations, unit_weeks
from storage.records.obligations import Owed


@dataclass(frozen=True, slots=True)
class Duty:
    """The obligations of several units that are alike: of one kind, by one day."""

    kind: str
    due_on: date
    owed: tuple[Owed, ...]

    @property
    def waiting(self) -> tuple[Owed, ...]:
        """The obligations that were not handed in yet."""
        return tuple(obligation for obligation in self.owed if obligation.done_at is None)


@dataclass(frozen=True, slots=True)
class OwedWeek:
    """A week that is missing in a neighbourhood for which the person reports."""

    held: HeldRole
    week: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Something was noted as handed in; `owed` is the obligation before that."""

    owed: Owed


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """Nothing was noted; `owed` is the obligation as it is now, if it has moved on."""

    why: Refusal
    owed: Owed | None = None


def owes_week(db: Connection, viewer: Viewer, held: HeldRole) -> bool:
    """Whether a role still owes this week's report."""
    return any(owing.held == held and owing.week == week_of(viewer.today) for owing in weeks(db, viewer))


def weeks(db: Connection, viewer: Viewer) -> list[OwedWeek]:
    """List the weeks that are missing in the person's units, the earliest first: this one, and those before it.

    Those before it are weeks that people are still reminded of and that ended since the person holds the role; also
    in a unit that has ended since.
    """
    mine = [held for held in (*viewer.roles, *viewer.former) if held.level in viewer.owing]
    this_week = week_of(viewer.today)
    looked_at = [shift(this_week, -back) for back in range(REMINDED_FOR.days // 7, -1, -1)]
    done = unit_weeks.owed(db, looked_at, {held.unit_id for held in mine}) if mine else {}
    return [
        OwedWeek(held, week)
        for week in looked_at
        for held in mine
        if (owed := done.get((week, held.unit_id))) and not owed.received and sunday_of(week) >= local_day(held.since)
    ]


def duties(db: Connection, viewer: Viewer) -> list[Duty]:
    """List what the person's units owe or have handed in lately, the soonest first.

    What a unit owed when it ended is owed until it is handed in, by those as which it goes on, under its own name.
    """
    own = set(_units(viewer))
    before = {unit for each in own for unit in viewer.tree.predecessors(each)} - own
    rows = obligations.of_units(db, sorted(own | before), viewer.today - SHOWN_SINCE)
    shown = (owed for owed in rows if owed.unit_id in own or owed.done_at is None)
    alike = sorted(shown, key=lambda owed: (owed.due_on, owed.kind))
    grouped = groupby(alike, key=lambda owed: (owed.due_on, owed.kind))
    return [Duty(kind, due_on, tuple(owed)) for (due_on, kind), owed in grouped]


def _units(viewer: Viewer) -> Iterator[int]:
    """Return the ids of the units whose obligations the person answers for; for the secretariat those of all."""
    for held in viewer.roles if viewer.agreed else ():
        if held.role == Role.SECRETARIAT:
            yield from viewer.tree.inside(held.unit)
        else:
            yield held.unit_id


def mark_done(db: Connection, viewer: Viewer, obligation_id: int, seen: int, now: datetime) -> HandedIn | NotHandedIn:
    """Note that an obligation was handed in, if it is open and as the person saw it."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_hand_in(viewer, owed):
        return NotHandedIn(Refusal.UNKNOWN)
    if not obligations.mark_done(db, owed.id, seen, viewer.person_id, now):
        return NotHandedIn(Refusal.MOVED_ON, obligations.find(db, owed.id))
    return HandedIn(owed)
