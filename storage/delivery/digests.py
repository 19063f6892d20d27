"""Queues each person's digest of a day by a handful of statements, however many people there are.

People who need a digest are looked for first, on any connection. Queueing locks them, looks again, and does what is
still to be done. The key (person, local day) makes a digest unique whatever other processes queue.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from storage import tables as t
from storage.db.among import among
from storage.db.upsert import Insert, insert_or_keep
from storage.delivery.due import is_free
from storage.delivery.outbox import NEW, PRIORITIES
from storage.directory.accounts import best_account, of_bots
from storage.tables.states import OutboxKind, OutboxState, written_out

_ADD = insert_or_keep(t.outbox)
_OTHER = t.due.alias("other")
_FREE_INDEX = "INDEXED BY ix_due_free"
STATEMENTS_KEPT = 4
"""Statements of each kind that are kept: a tick runs one for many slices, and making it takes as long as running it."""
_IS_DIGEST = t.outbox.c.kind == written_out(OutboxKind.DIGEST)


@dataclass(frozen=True, slots=True)
class Reach:
    """The bots by which reminders reach people now: not by `spent` ones, and by `short` ones for some rules only."""

    spent: tuple[tuple[str, str], ...]
    short: tuple[tuple[tuple[tuple[str, str], ...], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The digests of a local day, queued `now`.

    Rules that `ride` are no reason for a digest, on a free day only the `urgent` ones are. Who had `most` digests since
    `monday` gets another one only for an `exempt` rule. Who holds one of the roles `later` gets theirs later that day.
    """

    day: date
    now: datetime
    monday: date
    most: int
    rides: frozenset[str]
    exempt: frozenset[str]
    urgent: frozenset[str] | None = None
    """None on a working day: everything is a reason for a digest then."""
    later: frozenset[str] = frozenset()

    def is_digest_of(self, person: ColumnElement[int]) -> ColumnElement[bool]:
        """A condition: the outbox row is this person's digest of the day."""
        return and_(_IS_DIGEST, t.outbox.c.person_id == person, t.outbox.c.local_day == self.day)

    def is_for(self, person: ColumnElement[int]) -> ColumnElement[bool]:
        """A condition: something that waits for the person is a reason for a digest now."""
        rule, reasons = _OTHER.c.rule, []
        if self.rides:
            reasons.append(rule.not_in(self.rides))
        if self.urgent is not None:
            reasons.append(rule.in_(self.urgent))
        week = and_(t.outbox.c.local_day >= self.monday, t.outbox.c.local_day < self.day)
        digests = select(func.count()).where(_IS_DIGEST, t.outbox.c.person_id == person, week)
        few = digests.correlate_except(t.outbox).scalar_subquery() < self.most
        is_exempt = [_waits(person, *reasons, rule.in_(self.exempt))] if self.exempt else []
        wanted = and_(_waits(person, *reasons), or_(few, *is_exempt))
        return and_(wanted, ~self._waits_for_later(person)) if self.later else wanted

    def _waits_for_later(self, person: ColumnElement[int]) -> ColumnElement[bool]:
        held = t.assignment.c
        is_held = and_(held.since <= self.now, or_(held.until.is_(None), held.until > self.now))
        return exists().where(held.person_id == person, held.role.in_(self.later), is_held)


def to_queue(db: Connection, after: int, most: int, day: Day, reach: Reach) -> list[int]:
    """Find the next people (by id) who can be reached and for whom the day's digest can still say something.

    Rows are looked at in the order of their people, until there are enough: a part costs what it finds.
    """
    person = t.due.c.person_id
    is_out = exists().where(day.is_digest_of(person), t.outbox.c.state != OutboxState.PENDING)
    wanted = _reached(reach, person > after).where(~is_out, day.is_for(person))
    return list(db.scalars(wanted.with_only_columns(person).distinct().order_by(person).limit(most)))


def lock(db: Connection, persons: Collection[int]) -> None:
    """Keep out these persons' turns and other replicas' ticks until the commit (SQLite has one writer anyway)."""
    if db.dialect.name != "sqlite":
        ordered = select(t.person.c.id).where(t.person.c.id.in_(persons)).order_by(t.person.c.id)
        db.execute(ordered.with_for_update(key_share=True)).all()


def reached(db: Connection, reach: Reach, persons: Collection[int]) -> dict[int, int]:
    """Find which of some people can be reached and have something waiting, each with the account to send to."""
    return {int(row[0]): int(row[1]) for row in db.execute(_reached_among(reach), {"ids": persons})}


def queue(db: Connection, accounts: Mapping[int, int], day: Day) -> None:
    """Put some people's waiting rows into their digests of the day, which are empty until they are composed.

    `accounts` says, by person, where new digests go. Digests that are there already are in nobody's hands now, nor
    before this transaction ends.
    """
    emptied = db.scalars(_emptying(day), {"ids": accounts}).all()
    added = db.scalars(_adding(day, _ADD.on(db)), {"ids": accounts.values()}).all()
    db.execute(_linking(day), {"ids": [*emptied, *added]})


@lru_cache(STATEMENTS_KEPT)
def _reached_among(reach: Reach) -> Select[Any]:
    return _reached(reach, among(t.due.c.person_id))


@lru_cache(STATEMENTS_KEPT)
def _emptying(day: Day) -> ReturningUpdate[tuple[int | None]]:
    """Empty the digests of the day that are there already and have more to say, and return their people."""
    person = t.outbox.c.person_id
    rows = and_(t.outbox.c.state == OutboxState.PENDING, t.outbox.c.token == "", among(person))
    open_digests = and_(rows, day.is_digest_of(person), _waits(person))
    return update(t.outbox).where(open_digests).values(body="").returning(person)


@lru_cache(STATEMENTS_KEPT)
def _adding(day: Day, add: Insert) -> ReturningInsert[tuple[int | None]]:
    """Add an empty digest for each account's person who has something waiting, unless the day has one for them, and
    return the people of the new ones."""
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
    wanted = and_(among(t.account.c.id), day.is_for(person), ~exists().where(day.is_digest_of(person)))
    rows = select(*values.values()).where(wanted).order_by(person)
    return add.from_select(list(values), rows).returning(t.outbox.c.person_id)


@lru_cache(STATEMENTS_KEPT)
def _linking(day: Day) -> Update:
    """Put people's waiting rows into their digests of the day."""
    digest = select(t.outbox.c.id).where(day.is_digest_of(t.due.c.person_id)).scalar_subquery()
    waiting = update(t.due).with_hint(_FREE_INDEX, dialect_name="sqlite").where(is_free(t.due))
    return waiting.where(among(t.due.c.person_id)).values(outbox_id=digest)


def _reached(reach: Reach, persons: ColumnElement[bool]) -> Select[Any]:
    """Select people (a condition on `due.person_id`) who have something waiting, with their best account."""
    person = t.due.c.person_id
    best = best_account(person, reach.spent).correlate(t.due).scalar_subquery()
    rows = select(person, t.account.c.id).select_from(t.due.join(t.account, t.account.c.id == best))
    people = rows.where(is_free(t.due), persons).with_hint(t.due, _FREE_INDEX, "sqlite")
    for bots, rules in reach.short:
        if bots:
            people = people.where(or_(~of_bots(t.account.c, bots), _waits(person, _OTHER.c.rule.in_(rules))))
    return people


def _waits(person: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition: something waits for a person; `conditions` are on `_OTHER`."""
    rows = select(_OTHER.c.id).where(_OTHER.c.person_id == person, is_free(_OTHER), *conditions)
    return rows.with_hint(_OTHER, _FREE_INDEX, "sqlite").correlate_except(_OTHER).exists()
