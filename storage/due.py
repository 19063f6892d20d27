"""What fell due for whom, and the day's digest that will say it.

Two layers, each made unique by a key (reliability R4): a row of `due` by rule, occurrence and person, and an outbox row
of kind digest by person and day. A row of `due` is `waiting` until its digest is composed; then it is `digested`
(said), `done` (nothing was owed any more) or `missed` (too late), the last two with a reason.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    delete,
    exists,
    literal_column,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables as t
from storage.conversation import IS_OPEN
from storage.outbox import OPEN_INDEX, is_open
from storage.prepared import Prepared
from storage.writer import touch

DIGEST_PRIORITY = 2

_KEY = ("rule", "occurrence", "person_id")
_ADD = {
    "sqlite": sqlite.insert(t.due).on_conflict_do_nothing(index_elements=_KEY),
    "postgresql": postgresql.insert(t.due).on_conflict_do_nothing(index_elements=_KEY),
}
_QUEUE = {
    "sqlite": sqlite.insert(t.outbox).on_conflict_do_nothing().returning(t.outbox.c.id),
    "postgresql": postgresql.insert(t.outbox).on_conflict_do_nothing().returning(t.outbox.c.id),
}


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing that is due for one person."""

    id: int
    rule: str
    rule_version: str
    occurrence: datetime
    person_id: int
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """A person's digest of a day; `rules` are those of its due rows."""

    id: int
    person_id: int
    state: str
    rules: frozenset[str]


_IS_WAITING = t.due.c.state == literal_column("'waiting'")
_IS_DIGEST = t.outbox.c.kind == literal_column("'digest'")
"""Written out, not as parameters: only so does SQLite see that its partial indexes apply."""
_WAITING_INDEX = "INDEXED BY ix_due_waiting"
"""What waits is always few, what was said or missed grows with the years."""
_VERSIONS = select(t.due.c.id, t.due.c.rule, t.due.c.rule_version, t.due.c.outbox_id)
_DUE = select(*(t.due.c[name] for name in DueRow.__slots__)).order_by(t.due.c.occurrence, t.due.c.id)
_FREE = and_(_IS_WAITING, t.due.c.outbox_id.is_(None))
_INTERVIEW = select(t.interview.c.id).where(t.interview.c.person_id == t.due.c.person_id, IS_OPEN)
_WAITING_FOR = Prepared(
    _DUE.where(t.due.c.person_id == bindparam("person"), _FREE, ~exists(_INTERVIEW)).with_hint(
        t.due, "INDEXED BY ix_due_person", "sqlite"
    )
)


def _rows(found: Iterable[RowMapping]) -> list[DueRow]:
    return [DueRow(**row) for row in found]


def persons_noted(db: Connection, rule: str, occurrence: datetime) -> set[int]:
    """Who has a row of this occurrence already."""
    return set(db.scalars(select(t.due.c.person_id).where(t.due.c.rule == rule, t.due.c.occurrence == occurrence)))


def note(
    db: Connection,
    rule: tuple[str, str],
    occurrence: datetime,
    persons: Iterable[int],
    until: datetime,
    now: datetime,
    *,
    state: str = "waiting",
    reason: str = "",
) -> None:
    """Write what fell due for some persons; who has a row of it keeps that one. `rule` is its id and version."""
    values = [
        {
            "rule": rule[0],
            "rule_version": rule[1],
            "occurrence": occurrence,
            "person_id": person,
            "state": state,
            "reason": reason,
            "useful_until": until,
            "created_at": now,
        }
        for person in sorted(persons)
    ]
    if values:
        db.execute(_ADD[db.dialect.name], values)


def waiting(db: Connection) -> list[DueRow]:
    """What no digest has taken up, oldest first."""
    return _rows(db.execute(_DUE.where(_FREE).with_hint(t.due, _WAITING_INDEX, "sqlite")).mappings())


def waiting_for(db: Connection, person_id: int) -> list[DueRow]:
    """The same for one person; nothing while they are in the middle of an interview."""
    return [DueRow(*row) for row in _WAITING_FOR.all(db, person=person_id)]


def of_digest(db: Connection, outbox_id: int) -> list[DueRow]:
    """What a digest is to say, oldest first; what it said already if it could not be sent and is composed anew."""
    mine = t.due.c.outbox_id == outbox_id
    return _rows(db.execute(_DUE.where(mine, t.due.c.state.in_(("waiting", "digested")))).mappings())


def settle(db: Connection, ids: Collection[int], state: str, reason: str = "") -> None:
    """Move rows on to `state`."""
    if ids:
        db.execute(update(t.due).where(t.due.c.id.in_(ids)).values(state=state, reason=reason))


def expire(db: Connection, now: datetime) -> None:
    """What waited longer than it is useful was missed."""
    late = and_(_IS_WAITING, t.due.c.useful_until <= now)
    db.execute(update(t.due).where(late).values(state="missed", reason="too_late"))


def drop_outdated(db: Connection, versions: Mapping[str, str]) -> None:
    """Forget what was not sent and whose rule has another version now, or is gone: the tick works it out anew.

    A message that was composed of such rows and still waits (on a pulled channel until it is looked at, elsewhere
    between two attempts) loses its text, and is composed again.
    """
    unsent = select(t.outbox.c.id).where(is_open(t.outbox), _IS_DIGEST, t.outbox.c.state == "pending")
    said = _VERSIONS.where(t.due.c.state == "digested")
    waiting_or_said = union_all(
        _VERSIONS.where(_IS_WAITING).with_hint(t.due, _WAITING_INDEX, "sqlite"),
        said.where(t.due.c.outbox_id.in_(unsent.with_hint(t.outbox, OPEN_INDEX, "sqlite"))),
    )
    rows = db.execute(waiting_or_said).all()
    outdated = [row for row in rows if versions.get(row.rule) != row.rule_version]
    if outdated:
        db.execute(delete(t.due).where(t.due.c.id.in_([row.id for row in outdated])))
        digests = {row.outbox_id for row in outdated if row.outbox_id is not None}
        db.execute(update(t.outbox).where(t.outbox.c.id.in_(digests), t.outbox.c.state == "pending").values(body=""))


def release_uncertain(db: Connection, today: date, now: datetime) -> None:
    """What an earlier day's digest may have failed to say waits again, if it is still useful."""
    uncertain = select(t.outbox.c.id).where(_IS_DIGEST, t.outbox.c.state == "uncertain", t.outbox.c.local_day < today)
    healing = and_(t.due.c.state == "digested", t.due.c.useful_until > now, t.due.c.outbox_id.in_(uncertain))
    db.execute(update(t.due).where(healing).values(state="waiting", outbox_id=None))


def release(db: Connection, outbox_id: int) -> None:
    """What a digest was to say waits again: it was surely not sent."""
    mine = and_(t.due.c.outbox_id == outbox_id, t.due.c.state == "digested")
    db.execute(update(t.due).where(mine).values(state="waiting", outbox_id=None))


def lock_persons(db: Connection, persons: Collection[int]) -> None:
    """Keep out these persons' turns and other replicas' ticks until the commit (SQLite has one writer anyway)."""
    ordered = select(t.person.c.id).where(t.person.c.id.in_(persons)).order_by(t.person.c.id)
    db.execute(ordered.with_for_update(key_share=True)).all()


def digests_of(db: Connection, day: date, persons: Collection[int]) -> dict[int, Digest]:
    """The day's digests by person."""
    rows = db.execute(
        select(t.outbox.c.id, t.outbox.c.person_id, t.outbox.c.state, t.due.c.rule)
        .outerjoin(t.due, t.due.c.outbox_id == t.outbox.c.id)
        .where(_IS_DIGEST, t.outbox.c.local_day == day, t.outbox.c.person_id.in_(persons))
    )
    found: dict[int, Digest] = {}
    for row in rows:
        rules = found[row.person_id].rules if row.person_id in found else frozenset()
        found[row.person_id] = Digest(row.id, row.person_id, row.state, rules | ({row.rule} - {None}))
    return found


def queue_digest(db: Connection, account_id: int, person_id: int, day: date, now: datetime) -> int | None:
    """Queue a person's digest of a day, empty until it is composed; None if there is one already."""
    values = {
        "account_id": account_id,
        "person_id": person_id,
        "kind": "digest",
        "priority": DIGEST_PRIORITY,
        "state": "pending",
        "body": "",
        "local_day": day,
        "token": "",
        "attempts": 0,
        "created_at": now,
        "external_id": "",
        "error": "",
    }
    return db.execute(_QUEUE[db.dialect.name], values).scalar()


def take_up(db: Connection, due_ids: Collection[int], outbox_id: int, account_id: int) -> None:
    """Put what waits into a digest."""
    db.execute(update(t.due).where(t.due.c.id.in_(due_ids)).values(outbox_id=outbox_id))
    touch(db, account_id)
