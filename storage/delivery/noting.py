"""Writes rows of `due` for everybody whom an occurrence concerns, by one statement for many people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, Select, exists, literal, select

from storage import tables as t
from storage.db.among import among
from storage.db.upsert import Insert, insert_or_keep
from storage.delivery.owing import Condition
from storage.directory.holders import held_at
from storage.tables.states import DueState

_KEY = ("rule", "about", "person_id")
_COLUMNS = (*_KEY, "occurrence", "rule_version", "state", "reason", "useful_until", "created_at")
_ADD = insert_or_keep(t.due, _KEY)
_IN_ORDER = "INDEXED BY ix_assignment_person_id"
"""Without this index SQLite would go through all units for each slice."""


@dataclass(frozen=True, slots=True)
class Note:
    """An occurrence of a rule, looked at `now`: for the people in these roles, if something is owed by their unit."""

    rule: str
    version: str
    about: date
    at: datetime
    useful_until: datetime
    roles: tuple[str, ...]
    owes: Condition
    """A condition on `assignment.unit_id`."""
    now: datetime
    state: DueState = DueState.WAITING
    reason: str = ""


def _held(note: Note) -> Select[tuple[int]]:
    in_units = t.assignment.join(t.unit, t.unit.c.id == t.assignment.c.unit_id)
    held = select(t.assignment.c.person_id).select_from(in_units)
    return held.where(held_at(note.roles, note.at, note.now), note.owes).with_hint(t.assignment, _IN_ORDER, "sqlite")


def unnoted(db: Connection, after: int, most: int, note: Note) -> list[int]:
    """Find the next people (by id) for whom an occurrence is still to be written down."""
    row, person = t.due.c, t.assignment.c.person_id
    noted = exists().where(row.rule == note.rule, row.about == note.about, row.person_id == person)
    return list(db.scalars(_held(note).where(person > after, ~noted).distinct().order_by(person).limit(most)))


def write(db: Connection, persons: Collection[int], note: Note) -> None:
    """Write an occurrence down for those of some people whom it concerns. A row that is there already stays.

    Only who owes something is written down: what a tick costs goes with them, not with all people.
    """
    db.execute(_writing(note, _ADD.on(db)), {"ids": persons})


@lru_cache(4)
def _writing(note: Note, add: Insert) -> Insert:
    """One statement for all slices: making it takes as long as running it."""
    person, column = t.assignment.c.person_id, t.due.c
    rows = _held(note).where(among(person)).group_by(person).order_by(person)
    values = rows.with_only_columns(
        literal(note.rule),
        literal(note.about, column.about.type),
        person,
        literal(note.at, column.occurrence.type),
        literal(note.version),
        literal(note.state.value),
        literal(note.reason),
        literal(note.useful_until, column.useful_until.type),
        literal(note.now, column.created_at.type),
    )
    return add.from_select(_COLUMNS, values)
