"""Lists what is due (the week's report, and what units owe by a deadline), and notes that it was handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection

from periods.weeks import week_of
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
    return held.role == Role.PROPAGANDIST and not unit_weeks.is_reported(db, held.unit_id, week_of(viewer.today))


def weeks(db: Connection, viewer: Viewer) -> list[HeldRole]:
    """List the roles in which the person still owes this week's report."""
    return [held for held in viewer.roles if owes_week(db, viewer, held)]


def duties(db: Connection, viewer: Viewer) -> list[Duty]:
    """List what the person's units owe or have handed in lately, the soonest first."""
    rows = obligations.of_units(db, list(_units(viewer)), viewer.today - SHOWN_SINCE)
    alike = sorted(rows, key=lambda owed: (owed.due_on, owed.kind))
    grouped = groupby(alike, key=lambda owed: (owed.due_on, owed.kind))
    return [Duty(kind, due_on, tuple(owed)) for (due_on, kind), owed in grouped]


def _units(viewer: Viewer) -> Iterator[int]:
    """Return the ids of the units whose obligations the person answers for; for the secretariat those of all."""
    for held in viewer.roles if viewer.agreed else ():
        if held.role in access.ANSWERABLE:
            yield held.unit_id
        elif held.role == Role.SECRETARIAT:
            yield from viewer.tree.inside(held.unit)


def mark_done(db: Connection, viewer: Viewer, obligation_id: int, seen: int, now: datetime) -> HandedIn | NotHandedIn:
    """Note that an obligation was handed in, if it is open and as the person saw it."""
    owed = obligations.find(db, obligation_id)
    if owed is None or not access.may_hand_in(viewer, owed):
        return NotHandedIn(Refusal.UNKNOWN)
    if not obligations.mark_done(db, owed.id, seen, viewer.person_id, now):
        return NotHandedIn(Refusal.MOVED_ON, obligations.find(db, owed.id))
    return HandedIn(owed)
