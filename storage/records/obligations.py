"""Keeps what units owe by a day, and that it was handed in; all that is done to an obligation is in the audit trail."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Update, and_, delete, exists, false, func, insert, literal, or_, select, update

from periods.days import local_day
from rules.changes import ChangeKind
from rules.handing import How, Takes, ad_hoc_kind
from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.directory.units import unit_tree
from storage.records import trail

UNDONE, NOTED, REMINDED, PASSED_ON = "undone", "noted", "reminded", "passed_on"
"""What is done to obligations, beside handing them in by a `How`, as the audit trail says it."""
By = tuple[int, datetime]
"""Who does something, and when."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of a unit; `due_on` is the last day, `done_by` the name of who said that it was handed in.

    `title` and `takes` are set for what the secretariat asked for besides; what else an obligation asks, its duty says.
    """

    id: int
    unit_id: int
    unit: str
    kind: str
    due_on: date
    done_at: datetime | None
    done_by: str | None
    revision: int
    how: str = ""
    note: str = ""
    submission_id: int | None = None
    title: str = ""
    takes: str = ""


_OWED = (
    select(
        t.obligation.c.id,
        t.obligation.c.unit_id,
        t.unit.c.code,
        t.obligation.c.kind,
        t.obligation.c.due_on,
        t.obligation.c.done_at,
        t.person.c.name,
        t.obligation.c.revision,
        t.obligation.c.how,
        t.obligation.c.note,
        t.obligation.c.submission_id,
        func.coalesce(t.ad_hoc.c.title, ""),
        func.coalesce(t.ad_hoc.c.takes, ""),
    )
    .join(t.unit, t.unit.c.id == t.obligation.c.unit_id)
    .outerjoin(t.person, t.person.c.id == t.obligation.c.done_by)
    .outerjoin(t.ad_hoc, t.ad_hoc.c.id == t.obligation.c.ad_hoc_id)
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


def pass_on(db: Connection, obligation_ids: Collection[int], now: datetime) -> None:
    """Let these be owed by the one unit that came after, or by nobody: a unit that exists owes its own.

    The audit trail keeps which one that is: somebody may have begun to hand in what is gone now.
    """
    units, row = unit_tree(db).on(local_day(now)), t.obligation.c
    for owed in db.execute(select(t.obligation).where(row.id.in_(obligation_ids))).all():
        after = units.successors(owed.unit_id)
        here, key = row.id == owed.id, (row.kind == owed.kind, row.due_on == owed.due_on)
        there = and_(row.unit_id == after[0].id, *key) if len(after) == 1 else false()
        if owed.done_at is not None:
            db.execute(delete(t.obligation).where(there, row.done_at.is_(None)))
        own = db.scalar(select(row.id).where(there)) if len(after) == 1 else None
        if len(after) == 1 and own is None:
            db.execute(update(t.obligation).where(here).values(unit_id=after[0].id))
        else:
            db.execute(delete(t.obligation).where(here))
        if own is not None:
            trail.note(db, subject(owed.id), PASSED_ON, None, now, {"to": own})


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


def named(db: Connection, number: object) -> Owed | None:
    """Find the obligation that answers name, or the one that it was passed on to when its unit ended."""
    row = int(number) if isinstance(number, str) and number.isdecimal() and number.isascii() else 0
    if (found := find(db, row)) is not None:
        return found
    passed = [deed for deed in trail.of(db, subject(row), 1) if deed.action == PASSED_ON]
    return find(db, int(passed[0].detail["to"])) if passed else None


def is_of(db: Connection, owed: Owed, unit_id: int) -> bool:
    """Whether a unit owes something, or goes on as the unit that did and has ended."""
    before = unit_tree(db).lineage.all_into(unit_id)
    return owed.unit_id == unit_id or owed.unit_id in {change.before for change in before}


def lock(db: Connection, obligation_id: int) -> None:
    """Let nobody else change an obligation until this turn is committed; see `submissions.lock`."""
    if db.dialect.name == "postgresql":
        db.execute(select(t.obligation.c.id).where(t.obligation.c.id == obligation_id).with_for_update(key_share=True))


def open_ones(db: Connection, unit_ids: Collection[int], *, offset: int, limit: int) -> list[Owed]:
    """List what some units have not handed in, what was due first first; of a day a unit's stand together."""
    row = t.obligation.c
    query = _OWED.where(row.unit_id.in_(unit_ids), row.done_at.is_(None))
    ordered = query.order_by(row.due_on, t.unit.c.code, row.kind).offset(offset).limit(limit)
    return [Owed(*tuple(found)) for found in db.execute(ordered)]


def due_between(db: Connection, unit_ids: Collection[int], first: date, last: date) -> list[Owed]:
    """List what some units owed by a day of a period, handed in or not."""
    row = t.obligation.c
    query = _OWED.where(row.unit_id.in_(unit_ids), row.due_on.between(first, last))
    return [Owed(*tuple(found)) for found in db.execute(query.order_by(row.due_on, t.unit.c.code, row.kind))]


def mark_done(
    db: Connection, obligation_id: int, seen: int, person_id: int, now: datetime, *, how: How = How.SAID
) -> bool:
    """Record that it was handed in; false, and nothing happens, unless it is open and still at the revision seen."""
    row = t.obligation.c
    as_seen = (row.id == obligation_id, row.revision == seen, row.done_at.is_(None))
    values = {"done_at": now, "done_by": person_id, "how": how, "note": "", "revision": row.revision + 1}
    return _changed(db, obligation_id, update(t.obligation).where(*as_seen).values(values), (person_id, now), how)


def undo(db: Connection, obligation_id: int, seen: int, person_id: int, now: datetime) -> bool:
    """Record that it was not handed in after all; false unless it is done and still at the revision seen."""
    row = t.obligation.c
    as_seen = (row.id == obligation_id, row.revision == seen, row.done_at.is_not(None))
    values = {"done_at": None, "done_by": None, "how": "", "note": "", "revision": row.revision + 1}
    return _changed(db, obligation_id, update(t.obligation).where(*as_seen).values(values), (person_id, now), UNDONE)


def write_note(db: Connection, obligation_id: int, seen: int, person_id: int, note: str, now: datetime) -> bool:
    """Put a note to something that was handed in; false unless it is at the revision seen."""
    row = t.obligation.c
    as_seen = (row.id == obligation_id, row.revision == seen, row.done_at.is_not(None))
    values = {"note": note, "revision": row.revision + 1}
    statement = update(t.obligation).where(*as_seen).values(values)
    return _changed(db, obligation_id, statement, (person_id, now), NOTED, {"note": note})


def sent(db: Connection, obligation_id: int, submission_id: int, person_id: int, at: datetime, now: datetime) -> None:
    """Record that a submission hands it in, since `at`, when it was first sent."""
    row = t.obligation.c
    values = {"done_at": at, "done_by": person_id, "how": How.SENT, "note": "", "submission_id": submission_id}
    statement = update(t.obligation).where(row.id == obligation_id).values(**values, revision=row.revision + 1)
    _changed(db, obligation_id, statement, (person_id, now), How.SENT, {"submission": submission_id})


def not_sent(db: Connection, submission_id: int, person_id: int, now: datetime) -> None:
    """Record that a submission was withdrawn or returned: what it handed in is open again."""
    row = t.obligation.c
    held = (row.submission_id == submission_id, row.how == How.SENT, row.done_at.is_not(None))
    for obligation_id in db.scalars(select(row.id).where(*held)).all():
        values = {"done_at": None, "done_by": None, "how": "", "revision": row.revision + 1}
        statement = update(t.obligation).where(row.id == obligation_id).values(values)
        _changed(db, obligation_id, statement, (person_id, now), UNDONE, {"submission": submission_id})


def note_reminder(db: Connection, obligation_id: int, person_id: int, now: datetime) -> None:
    """Write down in the audit trail that somebody reminded its unit."""
    trail.note(db, subject(obligation_id), REMINDED, person_id, now, NOTHING)


def ask(db: Connection, title: str, takes: Takes, due_on: date, person_id: int, now: datetime) -> int:
    """Note what the secretariat asks for besides what the plan asks; return its number."""
    values = {"title": title, "takes": takes, "due_on": due_on, "created_by": person_id, "created_at": now}
    row = int(db.execute(insert(t.ad_hoc).values(values).returning(t.ad_hoc.c.id)).scalar_one())
    trail.note(db, f"ad_hoc:{row}", "ask", person_id, now, {"title": title})
    return row


def write_down_ad_hoc(db: Connection, ad_hoc_id: int, unit_ids: Sequence[int], due_on: date) -> None:
    """Note which units owe what was asked for besides."""
    kind = ad_hoc_kind(ad_hoc_id)
    rows = [{"unit_id": unit, "kind": kind, "due_on": due_on, "ad_hoc_id": ad_hoc_id} for unit in unit_ids]
    db.execute(insert(t.obligation), rows)


def subject(obligation_id: int) -> str:
    """What the audit trail calls an obligation."""
    return f"obligation:{obligation_id}"


def _changed(
    db: Connection, obligation_id: int, statement: Update, by: By, action: str, detail: Mapping[str, Any] = NOTHING
) -> bool:
    if db.execute(statement).rowcount != 1:
        return False
    trail.note(db, subject(obligation_id), action, *by, detail)
    return True
