"""Conditions on a unit's id: whether there is still something to say about it, for one message or for everybody.

They are written so that each unit costs a few look-ups by key, however many units there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from rules.states import COUNTED
from storage import tables as t

Condition = ColumnElement[bool]

_INSIDE = t.unit.alias("inside")
_VERSION = t.unit_version.alias("inside_version")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    id: int
    name: str
    ward_id: int


@dataclass(frozen=True, slots=True)
class Span:
    """Some weeks, with the first and the last day on which a unit must exist to be asked about them."""

    weeks: tuple[str, ...]
    first: date
    last: date


def has_reported(unit: ColumnElement[int], weeks: Sequence[str]) -> Condition:
    """A condition: the unit has a counted report or the nil report of one of the weeks."""
    total, nil = t.weekly_total.c, t.nil_report.c
    counted = exists().where(total.week.in_(weeks), total.unit_id == unit, total.state.in_(COUNTED), total.reports > 0)
    return or_(counted, exists().where(nil.week.in_(weeks), nil.unit_id == unit))


def _is_silent(span: Span) -> Condition:
    inside = _INSIDE.c
    ends = [or_(inside.valid_to.is_(None), inside.valid_to >= day) for day in (span.first, span.last)]
    begins = [inside.valid_from <= day for day in (span.first, span.last)]
    return and_(inside.level == "neighbourhood", *begins, *ends, ~has_reported(inside.id, span.weeks))


def _lies_in_on(last: date) -> Condition:
    """A condition that joins a neighbourhood with its ward of that day."""
    row = _VERSION.c
    return and_(row.unit_id == _INSIDE.c.id, row.valid_from <= last, or_(row.valid_to.is_(None), row.valid_to >= last))


def has_silent_inside(unit: ColumnElement[int], span: Span) -> Condition:
    """A condition: a neighbourhood in the unit reported nothing in all that time."""
    return exists().where(_VERSION.c.parent_id == unit, _lies_in_on(span.last), _is_silent(span))


def silent_inside(db: Connection, unit_ids: Collection[int], span: Span) -> list[Neighbourhood]:
    """List the silent neighbourhoods of some wards."""
    columns = (_INSIDE.c.id, _VERSION.c.name, _VERSION.c.parent_id)
    rows = select(*columns).where(_VERSION.c.parent_id.in_(unit_ids), _lies_in_on(span.last), _is_silent(span))
    return [Neighbourhood(*row) for row in db.execute(rows.order_by(_INSIDE.c.id))]


def has_open(unit: ColumnElement[int], kinds: Sequence[str], due_on: date) -> Condition:
    """A condition: the unit has not handed in all kinds. What is not written down (in a preview) is owed as well."""
    owed = t.obligation.c
    done = and_(owed.unit_id == unit, owed.due_on == due_on, owed.done_at.is_not(None))
    return or_(*(~exists().where(done, owed.kind == kind) for kind in kinds))


def units_where(db: Connection, unit_ids: Collection[int], condition: Condition) -> set[int]:
    """Find which of some units a condition on `unit.id` holds for."""
    return set(db.scalars(select(t.unit.c.id).where(t.unit.c.id.in_(unit_ids), condition)))
