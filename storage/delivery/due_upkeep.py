"""Changes rows of `due` as time passes: late ones, outdated ones, unsaid ones, and those noted by a wrong clock.

Each kind has two functions, so that the writer is held for a slice at a time: one finds the next rows by their ids, the
other checks again and changes them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, literal_column, not_, or_, select, union_all, update

from periods.days import end_of_day, local_day
from storage import tables as t
from storage.delivery.chat_queue import OPEN_INDEX, is_open
from storage.delivery.due import is_waiting
from storage.tables.states import DueState, OutboxKind, OutboxState, written_out

_WAITING_INDEX = "INDEXED BY ix_due_waiting"
"""Waiting rows are always few; those said or missed grow with the years."""
_IS_DIGEST = t.outbox.c.kind == written_out(OutboxKind.DIGEST)
_ROWS = select(t.due.c.id)
Useful = Mapping[str, timedelta]
"""How long a reminder of each rule is useful, by the rule's id."""


def _is_late(now: datetime) -> ColumnElement[bool]:
    return and_(is_waiting(t.due), t.due.c.useful_until <= now)


def late(db: Connection, after: int, most: int, now: datetime) -> list[int]:
    """Find rows that waited longer than they are useful."""
    rows = _ROWS.where(_is_late(now), t.due.c.id > after).with_hint(t.due, _WAITING_INDEX, "sqlite")
    return list(db.scalars(rows.order_by(t.due.c.id).limit(most)))


def miss(db: Connection, ids: Collection[int], now: datetime) -> None:
    """Mark rows as missed."""
    gone = update(t.due).where(t.due.c.id.in_(ids), _is_late(now))
    db.execute(gone.values(state=DueState.MISSED, reason="too_late"))


def _is_outdated(versions: Mapping[str, str]) -> ColumnElement[bool]:
    kept = (and_(t.due.c.rule == rule, t.due.c.rule_version == version) for rule, version in versions.items())
    return not_(or_(literal_column("1") == literal_column("0"), *kept))


def outdated(db: Connection, after: int, most: int, versions: Mapping[str, str]) -> list[int]:
    """Find unsent rows whose rule has another version now, or is gone.

    A composed digest that still waits is unsent, too: on a pulled channel until it is looked at, elsewhere between two
    attempts.
    """
    unsent = select(t.outbox.c.id).where(is_open(t.outbox), _IS_DIGEST, t.outbox.c.state == OutboxState.PENDING)
    said = _ROWS.where(t.due.c.state == DueState.DIGESTED)
    both = union_all(
        _ROWS.where(is_waiting(t.due), _is_outdated(versions)).with_hint(t.due, _WAITING_INDEX, "sqlite"),
        said.where(t.due.c.outbox_id.in_(unsent.with_hint(t.outbox, OPEN_INDEX, "sqlite")), _is_outdated(versions)),
    ).subquery()
    return list(db.scalars(select(both.c.id).where(both.c.id > after).order_by(both.c.id).limit(most)))


def drop(db: Connection, ids: Collection[int], versions: Mapping[str, str]) -> None:
    """Forget rows; the tick works them out anew. A message composed of them loses its text and is composed anew."""
    pending = select(t.outbox.c.id).where(t.outbox.c.id == t.due.c.outbox_id, t.outbox.c.state == OutboxState.PENDING)
    unsent = or_(is_waiting(t.due), and_(t.due.c.state == DueState.DIGESTED, pending.exists()))
    gone = delete(t.due).where(t.due.c.id.in_(ids), unsent, _is_outdated(versions)).returning(t.due.c.outbox_id)
    digests = {outbox_id for outbox_id in db.scalars(gone) if outbox_id is not None}
    db.execute(
        update(t.outbox).where(t.outbox.c.id.in_(digests), t.outbox.c.state == OutboxState.PENDING).values(body="")
    )


def _may_be_unsaid(today: date, now: datetime) -> ColumnElement[bool]:
    unsure = and_(_IS_DIGEST, t.outbox.c.state == written_out(OutboxState.UNCERTAIN), t.outbox.c.local_day < today)
    return and_(unsure, t.due.c.state == DueState.DIGESTED, t.due.c.useful_until > now)


def unsaid(db: Connection, after: int, most: int, today: date, now: datetime) -> list[int]:
    """Find rows that an earlier day's digest may have failed to say and that are still useful."""
    rows = _ROWS.join(t.outbox, t.outbox.c.id == t.due.c.outbox_id).where(_may_be_unsaid(today, now))
    rows = rows.with_hint(t.outbox, "INDEXED BY ix_outbox_uncertain", "sqlite").where(t.due.c.id > after)
    return list(db.scalars(rows.order_by(t.due.c.id).limit(most)))


def say_again(db: Connection, ids: Collection[int], today: date, now: datetime) -> None:
    """Let rows wait again."""
    digest = select(t.outbox.c.id).where(t.outbox.c.id == t.due.c.outbox_id, _may_be_unsaid(today, now))
    healing = and_(t.due.c.id.in_(ids), digest.exists())
    db.execute(update(t.due).where(healing).values(state=DueState.WAITING, outbox_id=None))


def _lately(useful: Useful, moment: datetime) -> ColumnElement[bool]:
    """Select rows that fell due so late that they were still useful at a moment, by the key's index, rule by rule."""
    return or_(*(and_(t.due.c.rule == rule, t.due.c.occurrence >= moment - long) for rule, long in useful.items()))


def _was_not_late(now: datetime) -> ColumnElement[bool]:
    return and_(t.due.c.state == DueState.MISSED, t.due.c.reason == "too_late", t.due.c.useful_until > now)


def not_late(db: Connection, after: int, most: int, useful: Useful, now: datetime) -> list[int]:
    """Find rows that a clock which was ahead took for late."""
    return _next(db.scalars(_ROWS.where(_lately(useful, now), _was_not_late(now))), after, most)


def await_again(db: Connection, ids: Collection[int], now: datetime) -> None:
    """Let unsaid rows wait again, which can still be said."""
    early = update(t.due).where(t.due.c.id.in_(ids), _was_not_late(now))
    db.execute(early.values(state=DueState.WAITING, reason="", outbox_id=None))


def ahead(db: Connection, after: int, most: int, useful: Useful, now: datetime) -> list[int]:
    """Find rows of days to come that a clock which was ahead noted, or said in their digests."""
    with_digests = _ROWS.outerjoin(t.outbox, t.outbox.c.id == t.due.c.outbox_id)
    of_days_to_come = or_(t.due.c.occurrence > end_of_day(now), t.outbox.c.local_day > local_day(now))
    return _next(db.scalars(with_digests.where(_lately(useful, now), of_days_to_come)), after, most)


def forget(db: Connection, ids: Collection[int], now: datetime) -> None:
    """Forget rows: they fall due at their time, and that day has its own digest. An unsent digest is emptied."""
    digests = set(db.scalars(select(t.due.c.outbox_id).where(t.due.c.id.in_(ids), t.due.c.outbox_id.is_not(None))))
    db.execute(delete(t.due).where(t.due.c.id.in_(ids), t.due.c.occurrence > end_of_day(now)))
    of_days_to_come = and_(t.outbox.c.id.in_(digests), t.outbox.c.local_day > local_day(now))
    db.execute(update(t.outbox).where(of_days_to_come, t.outbox.c.state == OutboxState.PENDING).values(body=""))
    db.execute(update(t.outbox).where(of_days_to_come).values(local_day=None))


def _next(ids: Iterable[int], after: int, most: int) -> list[int]:
    """Sort and cut here: a query would go through everything to find the order."""
    return sorted(row_id for row_id in ids if row_id > after)[:most]
