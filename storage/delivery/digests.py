"""Queues each person's digest of a day by a handful of statements, however many people there are.

People who need a digest are looked for first, on any connection. Queueing locks them, looks again, and does what is
still to be done. The key (person, local day) makes a digest unique whatever other processes queue.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    literal,
    or_,
    select,
    update,
)

from storage import tables as t
from storage.db.upsert import insert_or_keep
from storage.delivery.due import is_free
from storage.delivery.outbox import NEW, PRIORITIES
from storage.directory.accounts import BotIds, best_account, of_bots
from storage.tables.states import DueState, OutboxKind, OutboxState, written_out

_ADD = insert_or_keep(t.outbox)
_OTHER = t.due.alias("other")
_SAME_RULE = t.due.alias("same_rule")
_FREE_INDEX = "INDEXED BY ix_due_free"
_FREE_ROWS = update(t.due).with_hint(_FREE_INDEX, dialect_name="sqlite")
_IS_DIGEST = t.outbox.c.kind == written_out(OutboxKind.DIGEST)


@dataclass(frozen=True, slots=True)
class Reach:
    """The bots by which reminders reach people now: not by `spent` ones, and by `short` ones for some rules only."""

    spent: BotIds
    short: Sequence[tuple[BotIds, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Day:
    """The digests of a local day, queued `now`; rules that are `alone` join no other reminder."""

    day: date
    now: datetime
    alone: frozenset[str]

    def is_digest_of(self, person: ColumnElement[int]) -> ColumnElement[bool]:
        """A condition: the outbox row is this person's digest of the day."""
        return and_(_IS_DIGEST, t.outbox.c.person_id == person, t.outbox.c.local_day == self.day)


def to_queue(db: Connection, after: int, most: int, day: Day, reach: Reach) -> list[int]:
    """Find the next people (by id) who can be reached and for whom the day's digest can still say something."""
    people = _reached(reach, t.due.c.person_id > after).subquery()
    person = people.c.person_id
    is_out = exists().where(day.is_digest_of(person), t.outbox.c.state != OutboxState.PENDING)
    useful = or_(~is_out, _waits(person, _OTHER.c.rule.in_(day.alone)))
    return list(db.scalars(select(person).where(useful).order_by(person).limit(most)))


def lock(db: Connection, persons: Collection[int]) -> None:
    """Keep out these persons' turns and other replicas' ticks until the commit (SQLite has one writer anyway)."""
    if db.dialect.name != "sqlite":
        ordered = select(t.person.c.id).where(t.person.c.id.in_(persons)).order_by(t.person.c.id)
        db.execute(ordered.with_for_update(key_share=True)).all()


def reached(db: Connection, reach: Reach, persons: Collection[int]) -> dict[int, int]:
    """Find which of some people can be reached and have something waiting, each with the account to send to."""
    return {int(row[0]): int(row[1]) for row in db.execute(_reached(reach, t.due.c.person_id.in_(persons)))}


def fresh(db: Connection, persons: Collection[int], day: Day) -> list[int]:
    """Find which of some people need their first digest of the day for more than rows that are sent alone."""
    person = t.person.c.id
    first = and_(~exists().where(day.is_digest_of(person)), _waits(person, _OTHER.c.rule.not_in(day.alone)))
    return list(db.scalars(select(person).where(person.in_(persons), first).order_by(person)))


def queue(db: Connection, accounts: Mapping[int, int], day: Day) -> None:
    """Put some people's waiting rows into their digests of the day, which are empty until they are composed.

    `accounts` says, by person, where new digests go.
    """
    _settle_lonely(db, accounts, day)
    _add(db, accounts.values(), day)
    rows = and_(t.outbox.c.state == OutboxState.PENDING, t.outbox.c.token == "", t.outbox.c.person_id.in_(accounts))
    open_digests = and_(rows, day.is_digest_of(t.outbox.c.person_id), _waits(t.outbox.c.person_id))
    emptied = update(t.outbox).where(open_digests).values(body="").returning(t.outbox.c.person_id)
    persons = list(db.scalars(emptied))  # in nobody's hands now, nor before this transaction ends
    digest = select(t.outbox.c.id).where(day.is_digest_of(t.due.c.person_id)).scalar_subquery()
    waiting = and_(is_free(t.due), t.due.c.person_id.in_(persons))
    db.execute(_FREE_ROWS.where(waiting).values(outbox_id=digest))


def _reached(reach: Reach, persons: ColumnElement[bool]) -> Select[Any]:
    """Select people (a condition on `due.person_id`) who have something waiting, with their best account."""
    rows = select(t.due.c.person_id).where(is_free(t.due), persons).distinct()
    waiting = rows.with_hint(t.due, _FREE_INDEX, "sqlite").subquery("waiting")
    person = waiting.c.person_id
    best = best_account(person, reach.spent).correlate(waiting).scalar_subquery()
    people = select(person, t.account.c.id).select_from(waiting.join(t.account, t.account.c.id == best))
    for bots, rules in reach.short:
        if bots:
            people = people.where(or_(~of_bots(t.account.c, bots), _waits(person, _OTHER.c.rule.in_(rules))))
    return people


def _waits(person: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition: something waits for a person; `conditions` are on `_OTHER`."""
    rows = select(_OTHER.c.id).where(_OTHER.c.person_id == person, is_free(_OTHER), *conditions)
    return rows.with_hint(_OTHER, _FREE_INDEX, "sqlite").correlate_except(_OTHER).exists()


def _settle_lonely(db: Connection, persons: Collection[int], day: Day) -> None:
    """Settle rows that are sent only alone as done if there is, or was, something else to say that day."""
    person = t.due.c.person_id
    same = select(_SAME_RULE.c.id).where(_SAME_RULE.c.person_id == person, is_free(_SAME_RULE))
    same = same.where(_SAME_RULE.c.rule == _OTHER.c.rule).with_hint(_SAME_RULE, _FREE_INDEX, "sqlite")
    same = same.correlate_except(_SAME_RULE)
    taken = select(_OTHER.c.id).where(_OTHER.c.outbox_id == t.outbox.c.id, ~same.exists()).correlate(t.outbox)
    another = exists().where(day.is_digest_of(person), or_(t.outbox.c.state != OutboxState.PENDING, taken.exists()))
    company = _waits(person, _OTHER.c.rule.not_in(day.alone))
    lonely = and_(is_free(t.due), person.in_(persons), t.due.c.rule.in_(day.alone), or_(company, another))
    db.execute(_FREE_ROWS.where(lonely).values(state=DueState.DONE, reason="another_digest"))


def _add(db: Connection, accounts: Collection[int], day: Day) -> None:
    """Add an empty digest for each account's person who has something waiting, unless the day has one for them."""
    person = t.account.c.person_id
    alike = NEW | {
        "kind": OutboxKind.DIGEST,
        "priority": PRIORITIES[OutboxKind.DIGEST],
        "body": "",
        "local_day": day.day,
        "created_at": day.now,
    }
    alike_in_all = {name: literal(value, t.outbox.c[name].type) for name, value in alike.items()}
    values: dict[str, ColumnElement[Any]] = {"account_id": t.account.c.id, "person_id": person, **alike_in_all}
    wanted = and_(t.account.c.id.in_(accounts), _waits(person), ~exists().where(day.is_digest_of(person)))
    rows = select(*values.values()).where(wanted).order_by(person)
    db.execute(_ADD.on(db).from_select(list(values), rows))
