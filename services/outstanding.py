"""Who has not handed in what, reminding them by hand, and how much came in time: for those who look after units."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from locales import Say
from messages import Outgoing
from periods.days import local_day
from periods.period import Period
from rules.handing import Completeness, completeness
from rules.levels import Level
from rules.roles import ABOVE, Role
from services import access
from services.nudging import Matter, Nudged, NudgeOutcome, nudge_together, nudged_today
from services.viewer import Viewer
from storage.directory.units import UnitsOfDay
from storage.records import obligations
from storage.records.obligations import Owed

MOST_OWN = 50
"""Obligations of a person's own units: a dozen a year."""


class NotReminded(StrEnum):
    """The reasons why nobody could be reminded."""

    UNKNOWN = "unknown"
    """It is not there, or not for this person to chase."""
    DONE = "done"
    """It was handed in meanwhile."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What became of a reminder by hand."""

    owed: Owed
    nudged: Nudged


Worded = Callable[[Sequence[Owed], Say], Outgoing]
"""Words what units owe, for one person who is reminded of it."""


@dataclass(frozen=True, slots=True)
class UnitRates:
    """How a unit stands at the end of a period."""

    unit: str
    rates: Completeness


def listed(db: Connection, viewer: Viewer, *, offset: int, limit: int) -> list[Owed]:
    """List what the units below have not handed in, what was due first first."""
    return obligations.open_ones(db, _below(viewer), offset=offset, limit=limit)


def own(db: Connection, viewer: Viewer) -> list[Owed]:
    """List what a ward's chair has still to hand in for the ward: that of others is looked for beside it."""
    chaired = [held for held in viewer.roles if held.role == Role.WARD_CHAIR] if viewer.agreed else []
    mine = sorted({unit for held in chaired for unit in _with_predecessors(viewer, held.unit_id)})
    return obligations.open_ones(db, mine, offset=0, limit=MOST_OWN) if mine else []


def remind(
    db: Connection, viewer: Viewer, obligation_ids: Sequence[int], message: Worded, now: datetime
) -> list[Reminded | NotReminded]:
    """Remind units' people by hand of what these owe: by day, once a day an obligation, with one message a person."""
    found = [obligations.find(db, obligation_id) for obligation_id in dict.fromkeys(obligation_ids)]
    judged = [_to_remind(viewer, owed) for owed in found]
    owing = [owed for owed in judged if isinstance(owed, Owed)]
    matters = [Matter(obligations.subject(owed.id), _owing_unit(viewer, owed), tuple(Role)) for owed in owing]
    became = nudge_together(
        db, matters, lambda places, say: message([owing[place] for place in places], say), viewer.person_id, now
    )
    for owed, nudged in zip(owing, became, strict=True):
        if nudged.outcome is NudgeOutcome.SENT:
            obligations.note_reminder(db, owed.id, viewer.person_id, now)
    each = iter(became)
    return [Reminded(owed, next(each)) if isinstance(owed, Owed) else owed for owed in judged]


def _owing_unit(viewer: Viewer, owed: Owed) -> int:
    """Whose people are told: of a unit that has ended, those of the one as which it goes on."""
    after = viewer.tree.successors(owed.unit_id)
    return after[0].id if len(after) == 1 else owed.unit_id


def _to_remind(viewer: Viewer, owed: Owed | None) -> Owed | NotReminded:
    if owed is None or not access.may_chase(viewer, owed):
        return NotReminded.UNKNOWN
    return NotReminded.DONE if owed.done_at is not None else owed


def reminded_today(db: Connection, owed: Collection[Owed], now: datetime) -> set[int]:
    """Which of some obligations their units were reminded of today."""
    given = nudged_today(db, [obligations.subject(each.id) for each in owed], now)
    return {each.id for each in owed if obligations.subject(each.id) in given}


def rates(db: Connection, viewer: Viewer, period: Period) -> list[UnitRates]:
    """How much of what the units below owed by a day of a period came, and how much in time, unit by unit, wards first.

    For the secretariat a ward stands for all that lies in it; a chair sees the ward's neighbourhoods.
    """
    below = obligations.due_between(db, _below(viewer), period.first, period.last)
    return rates_of(below, viewer.tree, viewer.today, by_ward=viewer.holds(Role.SECRETARIAT))


def rates_of(owed: Iterable[Owed], units: UnitsOfDay, today: date, *, by_ward: bool) -> list[UnitRates]:
    """The same of what some units owed: by wards, with what lies in them, and agencies; or each unit by itself."""
    counted: dict[str, Completeness] = {}
    for each in owed:
        ward = units.ward_of(each.unit) if by_ward and each.unit in units else None
        unit = ward.code if ward else each.unit
        day = (each.due_on, local_day(each.done_at) if each.done_at else None)
        counted[unit] = counted.get(unit, Completeness()) + completeness([day], today)
    in_order = sorted(counted.items(), key=lambda each: (_is_agency(units, each[0]), each[0]))
    return [UnitRates(unit, sums) for unit, sums in in_order]


def _is_agency(units: UnitsOfDay, code: str) -> bool:
    unit = units.find(code)
    return unit is not None and unit.level is Level.AGENCY


def _below(viewer: Viewer) -> list[int]:
    """The units whose obligations the person looks after: the secretariat all, a chair what lies in the ward."""
    inside: set[int] = set()
    for held in viewer.roles if viewer.agreed else ():
        if held.role in ABOVE:
            inside |= set(viewer.tree.inside(held.unit))
            if held.role != Role.SECRETARIAT:
                inside -= _with_predecessors(viewer, held.unit_id)
    return sorted(inside)


def _with_predecessors(viewer: Viewer, unit_id: int) -> set[int]:
    """A unit with those that go on as it: what these owed when they ended, it has to hand in."""
    return {unit_id, *viewer.tree.predecessors(unit_id)}
