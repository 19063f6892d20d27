"""Conditions on a unit's id: whether there is still something to say about it, for one message or for everybody.

They are written so that each unit costs a few look-ups by key, however many units there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, or_, select

from rules.kinds import ActivityKind
from rules.levels import Level
from rules.roles import BELOW_THE_ROOT, Role
from rules.states import ReportState
from storage import tables as t
from storage.records.free_weeks import is_free
from storage.tables.states import written_out

Condition = ColumnElement[bool]

_INSIDE = t.unit.alias("inside")
_VERSION = t.unit_version.alias("inside_version")
_ASKED = t.ad_hoc.alias("asked")


def may_owe(unit: ColumnElement[int], week: str, last_said: datetime) -> Condition:
    """A condition: no report of the unit's own stands in a week, and no nil report said at or after `last_said`.

    It holds for every unit that owes the week and hears of it. Whoever acts on it asks `unit_weeks.owed` as well, which
    knows the units that the unit comes from.
    """
    row = t.unit_week.c
    said = or_(row.first_at.is_not(None), row.nil_said_at >= last_said)
    return and_(~is_free(week), ~exists().where(row.week == week, row.unit_id == unit, said))


def has_silent_inside(unit: ColumnElement[int], weeks: Sequence[str]) -> Condition:
    """A condition: the unit has a neighbourhood inside of which nothing stands in all these weeks; see `may_owe`."""
    row, inside = t.unit_week.c, _INSIDE.c
    said = or_(row.first_at.is_not(None), row.nil_since.is_not(None))
    silent = ~exists().where(row.week.in_(weeks), row.unit_id == inside.id, said)
    return exists().where(_ever_lay_in(unit), inside.level == Level.NEIGHBOURHOOD, silent)


def has_nil_inside(unit: ColumnElement[int], week: str) -> Condition:
    """A condition: a neighbourhood inside, or one that became it, said that nothing took place in a week."""
    row, inside = t.unit_week.c, _INSIDE.c
    said = exists().where(row.week == week, row.unit_id == inside.id, row.nil_since.is_not(None))
    return exists().where(_ever_lay_in(unit), inside.level == Level.NEIGHBOURHOOD, said)


def has_vacant_inside(unit: ColumnElement[int], at: datetime) -> Condition:
    """A condition that holds at least for each unit with a neighbourhood inside in which nobody holds a role."""
    held, inside = t.assignment.c, _INSIDE.c
    taken = exists().where(held.unit_id == inside.id, held.since <= at, or_(held.until.is_(None), held.until > at))
    return exists().where(_ever_lay_in(unit), inside.level == Level.NEIGHBOURHOOD, ~taken)


def _ever_lay_in(unit: ColumnElement[int]) -> Condition:
    """A condition that joins a unit with each neighbourhood that ever lay straight in it."""
    return and_(_VERSION.c.unit_id == _INSIDE.c.id, _VERSION.c.parent_id == unit)


@dataclass(frozen=True, slots=True)
class Unwritten:
    """What units with some roles owe by a day, whether that is written down yet or not."""

    kind: str
    due_on: date
    roles: tuple[str, ...]


def has_open(
    unit: ColumnElement[int], days: Collection[date], at: datetime, unwritten: Collection[Unwritten] = ()
) -> Condition:
    """A condition: the unit has not handed in all that it owes by some days, and was asked for by `at`.

    Of `unwritten` what is not written down, as in a preview, is owed as well.
    """
    owed = t.obligation.c
    is_open = exists().where(owed.unit_id == unit, owed.due_on.in_(days), owed.done_at.is_(None), asked_by(at))
    return or_(is_open, *(and_(_has_role(unit, each.roles), ~_is_written(unit, each)) for each in unwritten))


def asked_by(at: datetime) -> Condition:
    """A condition on obligations: asked for by then. What the plan asks for always is."""
    besides, row = t.obligation.c.ad_hoc_id, _ASKED.c
    return or_(besides.is_(None), exists().where(row.id == besides, row.created_at <= at))


def _is_written(unit: ColumnElement[int], each: Unwritten) -> Condition:
    owed = t.obligation.c
    return exists().where(owed.unit_id == unit, owed.due_on == each.due_on, owed.kind == each.kind)


def _has_role(unit: ColumnElement[int], roles: Collection[str]) -> Condition:
    """A condition: the people of the unit have one of some roles; see `rules.roles`."""
    levels = [level for level, role in BELOW_THE_ROOT.items() if role in roles]
    lies_in_another = exists().where(_VERSION.c.unit_id == unit, _VERSION.c.parent_id.is_not(None))
    is_below = and_(is_of_level(unit, levels), lies_in_another)
    return or_(is_below, ~lies_in_another) if Role.SECRETARIAT in roles else is_below


def is_any_in_hand() -> Condition:
    """A condition: some report waits for its approval, or for being mended, whatever the unit."""
    row = t.submission.c
    sent, returned = (row.state == written_out(state) for state in (ReportState.SENT, ReportState.RETURNED))
    return or_(exists().where(sent), exists().where(returned))


def has_returned(unit: ColumnElement[int], before: datetime) -> Condition:
    """A condition: a report of the unit was returned before a moment and has not been mended."""
    row = t.submission.c
    is_returned = row.state == written_out(ReportState.RETURNED)
    return exists().where(is_returned, row.unit_id == unit, row.updated_at <= before)


def had_event(unit: ColumnElement[int], first: date, last: date) -> Condition:
    """A condition: a report of the unit's own about an event of these days counts."""
    row = t.activity.c
    days = row.last_day.between(first, last)
    return exists().where(row.unit_id == unit, days, row.kind == ActivityKind.EVENT, row.counts)


def is_of_level(unit: ColumnElement[int], levels: Collection[Level]) -> Condition:
    """A condition: the unit is of one of some levels."""
    return exists().where(_INSIDE.c.id == unit, _INSIDE.c.level.in_(levels))


@dataclass(frozen=True, slots=True)
class ObligationState:
    """Something that a unit owes; `is_done` once it was handed in."""

    id: int
    unit_id: int
    kind: str
    due_on: date
    is_done: bool
    revision: int
    title: str
    """What was asked for besides what the plan asks is called so."""


def obligations(
    db: Connection, unit_ids: Collection[int], days: Collection[date], at: datetime
) -> list[ObligationState]:
    """List what units owe by some days and were asked for by `at`, handed in or not."""
    owed = t.obligation.c
    title = func.coalesce(t.ad_hoc.c.title, "")
    columns = (owed.id, owed.unit_id, owed.kind, owed.due_on, owed.done_at.is_not(None), owed.revision, title)
    rows = select(*columns).outerjoin(t.ad_hoc, t.ad_hoc.c.id == owed.ad_hoc_id)
    mine = rows.where(owed.due_on.in_(days), owed.unit_id.in_(unit_ids), asked_by(at))
    return [ObligationState(*row) for row in db.execute(mine.order_by(owed.due_on, owed.id))]


@dataclass(frozen=True, slots=True)
class OwedBelow:
    """Something that is open, of a unit that lies straight below another one."""

    id: int
    unit_id: int
    kind: str
    due_on: date
    title: str
    revision: int


def _spoken_of(days: Collection[date], late: tuple[date, date] | None, at: datetime) -> Condition:
    """A condition on obligations: open, asked for by `at`, by one of these days or by one from `late`'s first until
    its second."""
    owed = t.obligation.c
    spoken: list[Condition] = [owed.due_on.in_(days)]
    if late is not None:
        spoken.append(and_(owed.due_on >= late[0], owed.due_on < late[1]))
    return and_(owed.done_at.is_(None), asked_by(at), or_(*spoken))


def has_open_below(
    unit: ColumnElement[int],
    days: Collection[date],
    late: tuple[date, date] | None,
    at: datetime,
    unwritten: Collection[Unwritten] = (),
) -> Condition:
    """A condition that holds at least for each unit of which `open_below` or `unwritten_below` finds something."""
    inside = _INSIDE.c
    written = exists().where(_ever_lay_in(unit), t.obligation.c.unit_id == inside.id, _spoken_of(days, late, at))
    theirs = (exists().where(_ever_lay_in(unit), *_owes_unwritten(_INSIDE, each)) for each in unwritten)
    return or_(written, *theirs)


def _owes_unwritten(unit: FromClause, each: Unwritten) -> tuple[Condition, Condition]:
    """Conditions: a unit below another one owes it by its level, and that is not written down."""
    levels = [level for level, role in BELOW_THE_ROOT.items() if role in each.roles]
    return unit.c.level.in_(levels), ~_is_written(unit.c.id, each)


def unwritten_below(db: Connection, unit_ids: Collection[int], unwritten: Collection[Unwritten]) -> list[OwedBelow]:
    """List what will be owed straight below some units, as far as it is not written down yet: without a number."""
    version, found = t.unit_version.c, list[OwedBelow]()
    lies_now = and_(version.unit_id == t.unit.c.id, version.valid_to.is_(None), version.parent_id.in_(unit_ids))
    for each in unwritten:
        rows = select(t.unit.c.id).join(t.unit_version, lies_now).where(*_owes_unwritten(t.unit, each))
        found += [OwedBelow(0, unit, each.kind, each.due_on, "", 0) for unit in db.scalars(rows)]
    return found


def open_below(
    db: Connection, unit_ids: Collection[int], days: Collection[date], late: tuple[date, date] | None, at: datetime
) -> list[OwedBelow]:
    """List what is open straight below some units: the longest due first, then by kind and unit."""
    owed, version = t.obligation.c, t.unit_version.c
    lies_now = and_(version.unit_id == owed.unit_id, version.valid_to.is_(None), version.parent_id.in_(unit_ids))
    title = func.coalesce(t.ad_hoc.c.title, "")
    rows = select(owed.id, owed.unit_id, owed.kind, owed.due_on, title, owed.revision).join(t.unit_version, lies_now)
    named = rows.outerjoin(t.ad_hoc, t.ad_hoc.c.id == owed.ad_hoc_id)
    ordered = named.where(_spoken_of(days, late, at)).order_by(owed.due_on, owed.kind, owed.unit_id)
    return [OwedBelow(*row) for row in db.execute(ordered)]


def units_where(db: Connection, unit_ids: Collection[int], condition: Condition) -> set[int]:
    """Find which of some units a condition on `unit.id` holds for."""
    return set(db.scalars(select(t.unit.c.id).where(t.unit.c.id.in_(unit_ids), condition)))
