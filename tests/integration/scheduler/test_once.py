"""Whatever order of ticks, sendings, deaths, restarts and jumps of the clock: each thing is said at most once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, update

from periods.days import local_day
from rules.times_of_day import is_decent
from scheduler.outcomes import MAX_ATTEMPTS
from scheduler.tick import tasks
from storage import tables as t
from storage.db import engines
from storage.delivery import claims
from storage.delivery.claims import Claimed
from tests.examples import examples
from tests.integration.scheduler.town import CALENDAR, PLAN, Town, at

START = at("2020-10-30 06:00")


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

    def __init__(self, town: Town) -> None:
        self.town = town
        self.now = START
        self.said: Counter[tuple[str, date, int]] = Counter()
        self.digests: Counter[tuple[int, Any]] = Counter()
        self.done: set[tuple[str, date, int]] = set()
        """Nudges that nobody needs any more, from when their week was answered for."""
        self.edits = 0

    def tick(self) -> None:
        self.town.tick(f"{self.now:%Y-%m-%d %H:%M}")

    def tick_as(self, replicas: int) -> None:
        """So many processes tick at once: all have looked before any of them writes."""
        rounds = (tasks(PLAN, self.town.calendar, self.now) for _ in range(replicas))
        for same in zip(*rounds, strict=True):
            found = [task.find(self.town.db, 0, 1_000) for task in same]
            for task, ids in zip(same, found, strict=True):
                if ids:
                    task.do(self.town.db, ids)

    def edit(self) -> None:
        """Somebody moves the weekly nudge to another day or time, and back."""
        self.edits += 1
        weekday, is_late = 4 - self.edits % 3, bool(self.edits % 2)
        edited = replace(CALENDAR["weekly_nudge"], version=f"e{self.edits}", weekday=weekday, afternoon=is_late)
        self.town.calendar = {**CALENDAR, "weekly_nudge": edited}

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
            for due in self.town.db.execute(t.due.select().where(t.due.c.outbox_id == row.id)):
                if due.state == "digested":
                    self.said[due.rule, due.about, due.person_id] += 1
                    assert (due.rule, due.about, due.person_id) not in self.done
            sent = self.town.db.execute(t.outbox.select().where(t.outbox.c.id == row.id)).one()
            self.digests[sent.person_id, sent.local_day] += 1

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
}


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=40))
def test_each_occurrence_and_each_days_digest_is_sent_at_most_once(connection: Connection, steps: list[str]) -> None:
    transaction = connection.begin()
    try:
        town = Town(connection)
        for name, role, unit in (
            ("Lan", "propagandist", "P10-KP01"),
            ("Hoa", "ward_chair", "P10"),
            ("Minh", "agency", "CQ-VHTT"),
        ):
            town.joins(name, role, unit)
        history = History(town)
        for step in steps:
            STEPS[step](history)
        if "die late" not in steps:  # what may not have arrived is healed by a later day's digest
            assert max(history.said.values(), default=0) <= 1
        assert "sending" not in town.states()
        history.end()
        assert max(history.digests.values(), default=0) <= 1
    finally:
        transaction.rollback()
