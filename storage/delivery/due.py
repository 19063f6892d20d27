"""Reads what fell due for one person, and settles it.

Two layers, each made unique by a key (reliability R4): a row of `due` by rule, what it is about, and person
(`storage.delivery.noting`), and an outbox row of kind digest by person and day (`storage.delivery.digests`). A row of
`due` is `waiting` until its digest is composed; then it is `digested` (said), `done` (nothing was owed any more) or
`missed` (too late), the last two with a reason.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, FromClause, RowMapping, and_, bindparam, case, exists, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

from storage import tables as t
from storage.conversation.turns import IS_OPEN
from storage.db.prepared import Prepared
from storage.tables.states import DueState, written_out


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing that is due for one person."""

    id: int
    rule: str
    rule_version: str
    about: date
    occurrence: datetime
    person_id: int
    useful_until: datetime


def is_waiting(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.state == written_out(DueState.WAITING)


def is_free(rows: FromClause) -> ColumnElement[bool]:
    """A condition: the row waits, and no digest has taken it up."""
    return and_(is_waiting(rows), rows.c.outbox_id.is_(None))


_DUE = select(*(t.due.c[name] for name in DueRow.__slots__)).order_by(t.due.c.occurrence, t.due.c.id)
_INTERVIEW = select(t.interview.c.id).where(t.interview.c.person_id == t.due.c.person_id, IS_OPEN)
_WAITING_FOR = Prepared(
    _DUE.where(t.due.c.person_id == bindparam("person"), is_free(t.due), ~exists(_INTERVIEW)).with_hint(
        t.due, "INDEXED BY ix_due_free", "sqlite"
    )
)


def _rows(rows: Iterable[RowMapping]) -> list[DueRow]:
    return [DueRow(**row) for row in rows]


def waiting_for(db: Connection, person_id: int) -> list[DueRow]:
    """List a person's rows that no digest has taken up; none while the person is in the middle of an interview."""
    return [DueRow(*row) for row in _WAITING_FOR.all(db, person=person_id)]


def of_digest(db: Connection, outbox_id: int) -> list[DueRow]:
    """List the rows that a digest is to say, oldest first, even rows it said before, if it could not be sent."""
    mine = t.due.c.outbox_id == outbox_id
    return _rows(db.execute(_DUE.where(mine, t.due.c.state.in_((DueState.WAITING, DueState.DIGESTED)))).mappings())


def settle(db: Connection, ids: Collection[int], state: DueState, reason: str = "") -> None:
    """Move rows on to `state`."""
    if ids:
        db.execute(update(t.due).where(t.due.c.id.in_(ids)).values(state=state, reason=reason))


def put_off(db: Connection, person_id: int, rule: str, about: date, useful_until: datetime) -> bool:
    """Let something that was said wait for another day's digest, for as long as that may come."""
    mine = and_(t.due.c.person_id == person_id, t.due.c.rule == rule, t.due.c.about == about)
    said = and_(mine, t.due.c.state == DueState.DIGESTED)
    longer = case(
        (t.due.c.useful_until < useful_until, literal(useful_until, t.due.c.useful_until.type)),
        else_=t.due.c.useful_until,
    )
    values = {"state": DueState.WAITING, "outbox_id": None, "useful_until": longer}
    return db.execute(update(t.due).where(said).values(values)).rowcount > 0


def release(db: Connection, outbox_id: int) -> None:
    """Let a digest's rows wait again: it was surely not sent."""
    mine = and_(t.due.c.outbox_id == outbox_id, t.due.c.state.in_((DueState.WAITING, DueState.DIGESTED)))
    db.execute(update(t.due).where(mine).values(state=DueState.WAITING, outbox_id=None))
