"""Reads what became of reminders: sent, waiting, failed, or not owed any more, by occurrence and by person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from storage import tables as t
from storage.tables.states import DueState, OutboxState


class Fate(StrEnum):
    """What became of a reminder for one person."""

    SENT = "sent"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    """It may have arrived: the platform's answer was lost."""
    FAILED = "failed"
    DONE = "done"
    """Nothing was owed any more when it was to be said."""
    STOPPED = "stopped"
    """Its author had second thoughts before it went."""


@dataclass(frozen=True, slots=True)
class ToldOccurrence:
    """What became of an occurrence, in numbers of people."""

    rule: str
    about: date
    at: datetime
    counts: dict[Fate, int]


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """What became of it for one person; `reason` says why it failed."""

    name: str
    fate: Fate
    reason: str


_DIGEST = t.outbox.alias("digest")
_FATE: ColumnElement[Any] = case(
    (t.due.c.state == DueState.DONE, Fate.DONE.value),
    (or_(t.due.c.state == DueState.MISSED, _DIGEST.c.state == OutboxState.DEAD), Fate.FAILED.value),
    (t.due.c.state == DueState.WAITING, Fate.WAITING.value),
    (_DIGEST.c.state == OutboxState.UNCERTAIN, Fate.UNCERTAIN.value),
    (_DIGEST.c.state.in_((OutboxState.PENDING, OutboxState.SENDING)), Fate.WAITING.value),
    else_=Fate.SENT.value,
)
"""A digest that was swept from the outbox after its time was sent."""


def _of(rules: Collection[str], units: Collection[int] | None) -> ColumnElement[bool]:
    """A condition: of these rules; if units are given, for people who answer for one of them."""
    mine = t.due.c.rule.in_(rules)
    if units is None:
        return mine
    held = select(t.assignment.c.person_id).where(t.assignment.c.unit_id.in_(units))
    return and_(mine, t.due.c.person_id.in_(held))


def _joined(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).select_from(t.due.outerjoin(_DIGEST, _DIGEST.c.id == t.due.c.outbox_id))


def lately(
    db: Connection, rules: Collection[str], since: datetime, units: Collection[int] | None = None
) -> list[ToldOccurrence]:
    """Count what became of each occurrence since a moment, the latest first."""
    fate = _FATE.label("fate")
    rows = _joined(t.due.c.rule, t.due.c.about, fate, func.max(t.due.c.occurrence), func.count())
    rows = rows.where(_of(rules, units), t.due.c.occurrence >= since)
    found: dict[tuple[str, date], ToldOccurrence] = {}
    for rule, about, its, at, count in db.execute(rows.group_by(t.due.c.rule, t.due.c.about, fate)):
        told = found.setdefault((rule, about), ToldOccurrence(rule, about, at, {}))
        told.counts[Fate(its)] = count
    return sorted(found.values(), key=lambda told: (told.at, told.rule), reverse=True)


def people(
    db: Connection, rule: str, about: date, *, units: Collection[int] | None = None, offset: int, limit: int
) -> list[ToldPerson]:
    """List what became of an occurrence person by person: what failed first, then what waits, then the rest."""
    places = {Fate.FAILED.value: 0, Fate.WAITING.value: 1, Fate.UNCERTAIN.value: 2}
    order = case(places, value=_FATE, else_=3)
    reason = func.coalesce(func.nullif(t.due.c.reason, ""), _DIGEST.c.error, "")
    rows = _joined(func.coalesce(t.person.c.name, ""), _FATE, reason)
    rows = rows.join(t.person, t.person.c.id == t.due.c.person_id).where(_of([rule], units), t.due.c.about == about)
    ordered = rows.order_by(order, t.due.c.person_id).offset(offset).limit(limit)
    return [ToldPerson(str(name), Fate(str(fate)), str(why)) for name, fate, why in db.execute(ordered)]
