"""One tick of the clock: notes what fell due, and queues each person's digest of the day.

A tick is a sequence of short transactions (`scheduler.slices`). It may run at any time, twice, or on several replicas;
it may be killed between two transactions, or come after any downtime or jump of the clock. Keys make its work unique
(reliability R4), and nothing has to remember when it ran last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial

from sqlalchemy import Connection

from periods.days import ZONE, end_of_day, local_day
from plan.calendar import DEADLINE_TOPICS, Calendar, Moves, slot
from plan.model import Plan
from rules.times_of_day import MOST_DIGESTS_A_WEEK, is_decent
from rules.working_days import is_working_day
from scheduler.digest import write_text
from scheduler.occurrences import Occurrence, occurrences
from scheduler.quota_alerts import warn_of_quotas
from scheduler.sections import Moment
from scheduler.slices import Task, once
from scheduler.thrift import reach
from scheduler.topics import TOPICS
from storage import tables as t
from storage.db import even_clock
from storage.db.writer import touch
from storage.delivery import digests, due_upkeep, noting, outbox
from storage.delivery.digests import Day
from storage.delivery.noting import Note
from storage.records import obligations
from storage.tables.states import DueState

COMPOSED_AT_ONCE = 8
"""Digests that get their text in one slice: each takes many statements, and the largest district's picture most."""
MISSED_SINCE = timedelta(days=14)
"""So far beyond their use missed reminders are written down: as long as `/giao` shows them."""
SETTLED = timedelta(minutes=2)
"""A person who joined before a moment, in a turn that began before it, is in the database by then."""


def tasks(plan: Plan, calendar: Calendar, now: datetime) -> Iterator[Task]:
    """List the tasks that bring due rows and digests up to `now`, to be done one after the other."""
    today, versions = local_day(now), {rule.id: rule.version for rule in calendar.values()}
    yield from _missed(calendar, now)
    yield Task(partial(_unnoted_clock, now=now), lambda db, _ids: even_clock.note(db, now))
    yield from _healing(calendar, now)
    yield Task(partial(due_upkeep.late, now=now), partial(due_upkeep.miss, now=now))
    outdated = partial(due_upkeep.outdated, versions=versions), partial(due_upkeep.drop, versions=versions)
    yield Task(*outdated, known="outdated", renews=True)
    yield Task(partial(due_upkeep.unsaid, today=today, now=now), partial(due_upkeep.say_again, today=today, now=now))
    yield Task(partial(obligations.left_behind, today=today), partial(obligations.pass_on, now=now))
    yield from _duties(plan, today)
    for rule in calendar.values():
        for occurrence in occurrences([rule], now - rule.useful_for, now):
            yield _noting(occurrence, now)
    if is_decent(now):
        if now.astimezone(ZONE).time() >= slot(today):
            yield _queueing(calendar, now)
        yield once(partial(warn_of_quotas, now=now))
    compose = partial(_compose, plan=plan, calendar=calendar, now=now)
    yield Task(outbox.uncomposed_on_pulled_channels, compose, largest=COMPOSED_AT_ONCE)


def _unnoted_clock(db: Connection, after: int, _most: int, now: datetime) -> Sequence[int]:
    return (1,) if not after and even_clock.is_to_be_noted(db, now) else ()


def _missed(calendar: Calendar, now: datetime) -> Iterator[Task]:
    """Write down, with the reason, what would have been said while nothing ran and is no use now.

    What fell due since the clock was noted last counts, for those who owe it still. The clock is noted after that.
    """
    for rule in calendar.values():
        for occurrence in occurrences([rule], now - rule.useful_for - MISSED_SINCE, now - rule.useful_for):
            find = partial(_unnoted_while_down, occurrence=occurrence, now=now)
            write = partial(_write_missed, occurrence=occurrence, now=now)
            yield Task(find, write, known=("missed", rule.id, rule.version, occurrence.at))


def _unnoted_while_down(db: Connection, after: int, most: int, occurrence: Occurrence, now: datetime) -> Sequence[int]:
    last = even_clock.last_seen(db)
    if last is None or last >= occurrence.at:
        return ()
    return noting.unnoted(db, after, most, _note(occurrence, now))


def _write_missed(db: Connection, persons: Sequence[int], occurrence: Occurrence, now: datetime) -> None:
    noting.write(db, persons, replace(_note(occurrence, now), state=DueState.MISSED, reason="down"))


def _healing(calendar: Calendar, now: datetime) -> Iterator[Task]:
    """Mend what a clock that was ahead has left behind. What it said too early is forgotten only once the clock may be
    trusted: a clock that is behind would forget what was rightly said."""
    useful = {rule.id: rule.useful_for for rule in calendar.values()}
    not_late = partial(due_upkeep.not_late, useful=useful, now=now), partial(due_upkeep.await_again, now=now)
    yield Task(*not_late, known="not late")

    def ahead(db: Connection, after: int, most: int) -> Sequence[int]:
        return due_upkeep.ahead(db, after, most, useful, now) if even_clock.is_even(db, now) else ()

    yield Task(ahead, partial(due_upkeep.forget, now=now), known="ahead")


def _duties(plan: Plan, today: date) -> Iterator[Task]:
    """Write down what the plan asks, once it is announced, so that it can be shown and handed in."""
    for duty in plan.duties.values():
        if due_on := duty.due_on(today):
            yield Task(
                partial(obligations.not_written_down, roles=duty.roles, kinds=(duty.id,), due_on=due_on),
                partial(obligations.write_down, kinds=(duty.id,), due_on=due_on),
                known=("duties", duty.id, due_on),
            )


def _noting(occurrence: Occurrence, now: datetime) -> Task:
    """Write an occurrence down for everybody in its roles who owes something, once."""
    rule, long_ago = occurrence.rule, now - occurrence.at > SETTLED
    note = cache(partial(_note, occurrence, now))  # made when it is needed first: most occurrences were looked for

    def find(db: Connection, after: int, most: int) -> Sequence[int]:
        return noting.unnoted(db, after, most, note())

    def write(db: Connection, persons: Sequence[int]) -> None:
        noting.write(db, persons, note())

    return Task(find, write, known=(rule.id, rule.version, occurrence.at) if long_ago else None)


def _note(occurrence: Occurrence, now: datetime) -> Note:
    rule, about, at = occurrence.rule, occurrence.about, occurrence.at
    owes = TOPICS[rule.topic].owed(Moment(rule, about, at, now), t.assignment.c.unit_id)
    return Note(rule.id, rule.version, about, at, at + rule.useful_for, rule.roles, owes, now)


def _queueing(calendar: Calendar, now: datetime) -> Task:
    day = day_of(calendar, now)

    def find(db: Connection, after: int, most: int) -> Sequence[int]:
        return digests.to_queue(db, after, most, day, reach(db, calendar, now))

    def queue(db: Connection, persons: Sequence[int]) -> None:
        digests.lock(db, persons)
        digests.queue(db, digests.reached(db, reach(db, calendar, now), persons), day)

    return Task(find, queue)


def day_of(calendar: Calendar, now: datetime) -> Day:
    """Say whose digests may go out now, and for which rules."""
    today, rules = local_day(now), calendar.values()
    return Day(
        today,
        now,
        monday=today - timedelta(days=today.weekday()),
        most=MOST_DIGESTS_A_WEEK,
        rides=frozenset(rule.id for rule in rules if rule.rides),
        exempt=frozenset(rule.id for rule in rules if rule.topic in DEADLINE_TOPICS),
        urgent=None if is_working_day(today) else frozenset(rule.id for rule in rules if rule.moves is Moves.BEFORE),
        later=roles_of_the_afternoon(calendar, now),
    )


def roles_of_the_afternoon(calendar: Calendar, now: datetime) -> frozenset[str]:
    """The roles whose holders wait at `now`: today a rule of the afternoon tells them the rest along with it."""
    later = occurrences([rule for rule in calendar.values() if rule.afternoon], now, end_of_day(now))
    return frozenset(role for occurrence in later for role in occurrence.rule.roles)


def _compose(db: Connection, ids: Sequence[int], plan: Plan, calendar: Calendar, now: datetime) -> None:
    """Compose digests of pulled channels, which nobody claims: they must hold their text when the chat is looked at."""
    for row in outbox.uncomposed(db, ids):
        if write_text(db, plan, calendar, row, now) is not None:
            touch(db, row.account_id)
