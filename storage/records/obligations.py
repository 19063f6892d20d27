"""Keeps what units owe by a day, and that it was handed in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, exists, false, literal, or_, select, update

from rules.changes import ChangeKind
from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.directory.units import unit_tree


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of a unit; `due_on` is the last day, `done_by` the name of who said that it was handed in."""

    id: int
    unit: str
    kind: str
    due_on: date
    done_at: datetime | None
    done_by: str | None
    revision: int


_OWED = (
    select(
        t.obligation.c.id,
        t.unit.c.code,
        t.obligation.c.kind,
        t.obligation.c.due_on,
        t.obligation.c.done_at,
        t.person.c.name,
        t.obligation.c.revision,
    )
    .join(t.unit, t.unit.c.id == t.obligation.c.unit_id)
    .outerjoin(t.person, t.person.c.id == t.obligation.c.done_by)
)


_SAME_UNIT = (ChangeKind.RENAME, ChangeKind.MOVE)
_KEY = ("unit_id", "kind", "due_on")
_ADD = insert_or_keep(t.obligation, _KEY)


def not_written_down(
    db: Connection, after: int, most: int, roles: Collection[str], kinds: Sequence[str], due_on: date
) -> list[int]:
    """Find the next units (by id) with some roles that owe something by a day which is not written down yet."""
    row, unit = t.obligation.c, t.unit.c
    owing = [owing.id for owing in unit_tree(db).on(due_on).with_role(*roles)]
    known = (exists().where(row.unit_id == unit.id, row.kind == kind, row.due_on == due_on) for kind in kinds)
    missing = select(unit.id).where(unit.id > after, unit.id.in_(owing), or_(*(~is_known for is_known in known)))
    return list(db.scalars(missing.order_by(unit.id).limit(most)))


def write_down(db: Connection, unit_ids: Collection[int], kinds: Sequence[str], due_on: date) -> None:
    """Note what some units owe by a day; existing rows stay as they are."""
    for kind in kinds:
        units = select(t.unit.c.id, literal(kind), literal(due_on)).where(t.unit.c.id.in_(unit_ids))
        db.execute(_ADD.on(db).from_select(_KEY, units.order_by(t.unit.c.id)))


def drop_open(db: Connection, unit_ids: Collection[int]) -> None:
    """Forget what some units owe and have not handed in: they have never been."""
    row = t.obligation.c
    db.execute(delete(t.obligation).where(row.unit_id.in_(unit_ids), row.done_at.is_(None)))


def left_behind(db: Connection, after: int, most: int, today: date) -> list[int]:
    """Find the next obligations (by id) that are due after the last day of their unit, which has ended.

    Those that were handed in stay, unless the unit only got another code: then it need not hand them in again.
    """
    row, unit, change = t.obligation.c, t.unit.c, t.unit_change.c
    is_same = exists().where(change.from_unit_id == unit.id, change.kind.in_(_SAME_UNIT))
    is_late = and_(unit.valid_to < today, row.due_on > unit.valid_to, or_(row.done_at.is_(None), is_same))
    found = select(row.id).join_from(t.obligation, t.unit).where(row.id > after, is_late)
    return list(db.scalars(found.order_by(row.id).limit(most)))


def pass_on(db: Connection, obligation_ids: Collection[int], today: date) -> None:
    """Let these be owed by the one unit that came after, or by nobody: a unit that exists owes its own."""
    units, row = unit_tree(db).on(today), t.obligation.c
    for owed in db.execute(select(t.obligation).where(row.id.in_(obligation_ids))).all():
        after = units.successors(owed.unit_id)
        here, key = row.id == owed.id, (row.kind == owed.kind, row.due_on == owed.due_on)
        there = and_(row.unit_id == after[0].id, *key) if len(after) == 1 else false()
        if owed.done_at is not None:
            db.execute(delete(t.obligation).where(there, row.done_at.is_(None)))
        if len(after) == 1 and not db.scalar(select(exists().where(there))):
            db.execute(update(t.obligation).where(here).values(unit_id=after[0].id))
        else:
            db.execute(delete(t.obligation).where(here))


def of_units(db: Connection, unit_ids: Sequence[int], since: date) -> list[Owed]:
    """List what some units owe from a day on, the soonest first."""
    rows = db.execute(
        _OWED.where(t.obligation.c.unit_id.in_(unit_ids), t.obligation.c.due_on >= since).order_by(
            t.obligation.c.due_on, t.unit.c.code, t.obligation.c.kind
        )
    )
    return [Owed(*tuple(row)) for row in rows]


def find(db: Connection, obligation_id: int) -> Owed | None:
    """Find one obligation."""
    row = db.execute(_OWED.where(t.obligation.c.id == obligation_id)).first()
    return Owed(*tuple(row)) if row else None


def mark_done(db: Connection, obligation_id: int, seen: int, person_id: int, now: datetime) -> bool:
    """Record that it was handed in; false, and nothing happens, unless it is open and still at the revision seen."""
    row = t.obligation.c
    as_seen = (row.id == obligation_id, row.revision == seen, row.done_at.is_(None))
    done = update(t.obligation).where(*as_seen).values(done_at=now, done_by=person_id, revision=row.revision + 1)
    return db.execute(done).rowcount == 1
