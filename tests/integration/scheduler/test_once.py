"""Whatever order of ticks, sendings, failures, deaths, restarts, jumps of the clock, people that come and go and rules
that change: each thing is said once to whom it concerns, or settled with a reason; a day's digest is one and complete.

What is owed is worked out here anew from rules and state, beside rows and keys (`History.owed_now`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Row, func, select, update

from periods.days import ZONE, local_day
from rules.times_of_day import is_decent
from scheduler.occurrences import occurrences
from scheduler.outcomes import MAX_ATTEMPTS
from scheduler.sections import Moment
from scheduler.tick import tasks
from scheduler.topics import who
from storage import tables as t
from storage.db import engines
from storage.delivery import claims
from storage.delivery.claims import Claimed
from tests.examples import examples
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

STARTS = ("2020-10-30 06:00", "2020-11-14 18:00", "2020-12-31 07:00", "2021-02-08 07:00")
"""Before a deadline, the Action Month, New Year, Tết."""
ALWAYS = frozenset({"weekly_nudge", "deadlines"})
ROLES = (
    ("propagandist", "P10-KP01"),
    ("propagandist", "P10-KP02"),
    ("ward_chair", "P10"),
    ("ward_chair", "P14"),
    ("agency", "CQ-VHTT"),
    ("secretariat", "GV"),
)


@pytest.fixture
def connection(sqlite_template: Path, tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "once.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = engines.sqlite_writer(f"sqlite:///{path}")
    with engine.connect() as db:
        yield db
    engine.dispose()


class History:
    """A run of the scheduler by steps; it counts what was handed to a platform."""

    def __init__(self, town: Town, start: str, rules: Collection[str]) -> None:
        self.town = town
        self.town.calendar = self.calendar = {rule: CALENDAR[rule] for rule in CALENDAR if rule in rules}
        self.now = at(start)
        self.is_up_to_date = False
        """Whether nothing happened since the last tick: then a digest has to be complete."""
        self.said: Counter[tuple[str, date, int]] = Counter()
        self.digests: Counter[tuple[int, Any]] = Counter()
        self.done: set[tuple[str, date, int]] = set()
        """Nudges that nobody needs any more, from when their week was answered for."""
        self.edits = 0
        self.joined = 0

    def does(self, step: str) -> None:
        if step not in ("deliver", "die", "die late", "the platform fails"):
            self.is_up_to_date = False
        STEPS[step](self)

    def tick(self) -> None:
        self.town.tick(f"{self.now:%Y-%m-%d %H:%M}")
        self.is_up_to_date = True

    def owed_now(self, person: int) -> Iterator[tuple[str, date]]:
        """What a person is to be told by now, by rules and state alone."""
        for rule in self.town.calendar.values():
            for one in occurrences([rule], self.now - rule.useful_for, self.now):
                if who(self.town.db, Moment(rule, one.about, one.at, self.now), person):
                    yield rule.id, one.about

    def joins(self) -> None:
        self.joined += 1
        role, unit = ROLES[self.joined % len(ROLES)]
        self.town.joins(f"P{self.joined}", role, unit, since=self.now)

    def leaves(self) -> None:
        """Whoever has been there longest gives their role up."""
        first = select(func.min(t.assignment.c.id)).where(t.assignment.c.until.is_(None)).scalar_subquery()
        self.town.db.execute(update(t.assignment).where(t.assignment.c.id == first).values(until=self.now))

    def morning(self) -> None:
        """The next day's digests go out."""
        self.now = datetime.combine(local_day(self.now) + timedelta(days=1), time(8), ZONE)
        self.tick()
        self.deliver()

    def tick_as(self, replicas: int) -> None:
        """So many processes tick at once: all have looked before any of them writes."""
        rounds = (tasks(PLAN, self.town.calendar, self.now) for _ in range(replicas))
        for same in zip(*rounds, strict=True):
            found = [task.find(self.town.db, 0, 1_000) for task in same]
            for task, ids in zip(same, found, strict=True):
                if ids:
                    task.do(self.town.db, ids)

    def edit(self) -> None:
        """Somebody moves the weekly nudge to another day or time, and back, and says that the summary is another."""
        self.edits += 1
        weekday, is_late = 4 - self.edits % 3, bool(self.edits % 2)
        edited = replace(CALENDAR["weekly_nudge"], version=f"e{self.edits}", weekday=weekday, afternoon=is_late)
        summary = replace(CALENDAR["weekly_summary"], version=edited.version)
        anew = {"weekly_nudge": edited, "weekly_summary": summary}
        self.town.calendar = {rule: anew.get(rule, as_it_was) for rule, as_it_was in self.calendar.items()}

    def hand_in(self) -> None:
        """Everybody hands in what is written down."""
        open_ones = update(t.obligation).where(t.obligation.c.done_at.is_(None))
        self.town.db.execute(open_ones.values(done_at=self.now, done_by=1))

    def end(self) -> None:
        """Let the process go on for a fortnight: nothing may be left without an outcome and its reason."""
        for _ in range(14):
            self.now += timedelta(days=1)
            self.tick()
            self.deliver()
            self.reap()
        for due in self.town.db.execute(t.due.select().where(t.due.c.useful_until < self.now)):
            assert due.state in {"digested", "done", "missed"}
            assert due.reason or due.state == "digested"

    def jump(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def claim(self) -> list[Claimed]:
        rows = self.town.claim(f"{self.now:%Y-%m-%d %H:%M}")
        self.town.waits(1)
        return rows

    def send(self, rows: list[Claimed]) -> None:
        for row in rows:
            assert is_decent(self.now)
            told = list(self.told(row.id))
            if self.is_up_to_date and row.person_id is not None:
                self.is_complete(row.person_id, {(due.rule, due.about) for due in told})
            for due in told:
                self.said[due.rule, due.about, due.person_id] += 1
                assert (due.rule, due.about, due.person_id) not in self.done
                moment = Moment(self.town.calendar[due.rule], due.about, due.occurrence, self.now)
                assert who(self.town.db, moment, due.person_id)
            sent = self.town.db.execute(t.outbox.select().where(t.outbox.c.id == row.id)).one()
            self.digests[sent.person_id, sent.local_day] += 1

    def told(self, outbox_id: int) -> Iterator[Row[Any]]:
        """What a digest tells of."""
        rows = t.due.select().where(t.due.c.outbox_id == outbox_id, t.due.c.state == "digested")
        yield from self.town.db.execute(rows)

    def is_complete(self, person: int, told: Collection[tuple[str, date]]) -> None:
        """All that is owed now is told now, or was before, or was settled with a reason."""
        settled = t.due.select().where(t.due.c.person_id == person, t.due.c.state.in_(("done", "missed")))
        known = {(due.rule, due.about) for due in self.town.db.execute(settled) if due.reason}
        for rule, about in self.owed_now(person):
            assert (rule, about) in told or (rule, about) in known or self.said[rule, about, person], (rule, about)

    def fail(self) -> None:
        """The platform is away: what was in hand is tried again later."""
        rows = self.claim()
        later = self.town.machine + timedelta(minutes=5)
        self.town.finish(rows, f"{self.now:%Y-%m-%d %H:%M}", "pending", next_at=later)

    def deliver(self) -> None:
        rows = self.claim()
        self.send(rows)
        self.town.finish(rows, f"{self.now:%Y-%m-%d %H:%M}")

    def die_before_sending(self) -> None:
        self.claim()
        self.reap()

    def die_after_sending(self) -> None:
        self.send(self.claim())
        self.reap()

    def reap(self) -> None:
        self.town.waits(3_600)
        claims.reap(self.town.db, self.town.machine, MAX_ATTEMPTS)

    def report(self) -> None:
        """The first neighbourhood says that nothing took place this week."""
        year, week, _ = self.now.isocalendar()
        person = self.town.db.execute(t.person.select()).first()
        assert person is not None
        thursday = date.fromisocalendar(year, week, 4)
        if local_day(self.now) >= thursday:  # what is said earlier is asked about once more
            self.town.says_nothing_took_place(person.id, "P10-KP01", f"{year}-W{week:02}", self.now)
            self.done.add(("weekly_nudge", date.fromisocalendar(year, week, 1), person.id))


STEPS: dict[str, Callable[[History], None]] = {
    "tick": History.tick,
    "deliver": History.deliver,
    "die": History.die_before_sending,
    "die late": History.die_after_sending,
    "report": History.report,
    "an hour": lambda history: history.jump(1),
    "half a day": lambda history: history.jump(12),
    "four days": lambda history: history.jump(96),
    "the clock goes back": lambda history: history.jump(-3),
    "three replicas": lambda history: history.tick_as(3),
    "eight replicas": lambda history: history.tick_as(8),
    "edit": History.edit,
    "hand in": History.hand_in,
    "somebody joins": History.joins,
    "somebody leaves": History.leaves,
    "the platform fails": History.fail,
    "morning": History.morning,
}


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    rules=st.sets(st.sampled_from(sorted(CALENDAR))),
    people=st.lists(st.sampled_from(ROLES), min_size=1, max_size=4),
    steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=30),
)
@example(  # what is worked out anew joins the digest that waits already
    STARTS[1],
    {"weekly_summary", "action_month_monday"},
    [("ward_chair", "P10")],
    ["half a day", "half a day", "half a day", "an hour", "an hour", "tick", "edit", "tick", "deliver"],
)
def test_each_occurrence_is_said_once_or_settled_and_a_days_digest_is_one_and_complete(
    connection: Connection, start: str, rules: set[str], people: list[tuple[str, str]], steps: list[str]
) -> None:
    transaction = connection.begin()
    try:
        town = Town(connection)
        for number, (role, unit) in enumerate((ROLES[0], *people)):
            town.joins(f"L{number}", role, unit)
        history = History(town, start, ALWAYS | rules)
        for step in steps:
            history.does(step)
        if "die late" not in steps:  # what may not have arrived is healed by a later day's digest
            assert max(history.said.values(), default=0) <= 1
        assert "sending" not in town.states()
        history.end()
        assert max(history.digests.values(), default=0) <= 1
    finally:
        transaction.rollback()
