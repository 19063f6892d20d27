"""However many people there are to remind, nobody else waits for it, and a tick that dies is finished by the next."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select, text

from handlers import on_a_tick
from periods.days import ZONE
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.tick import COMPOSED_AT_ONCE, tasks
from scheduler.ticker import Ticker
from storage import tables as t
from storage.db.database import Database, open_database
from storage.delivery import digests, noting, outbox
from tests.conversation import CALENDAR
from tests.crowd import crowd
from tests.levels import shipped_levels

PLAN = Plan(kinds={}, activities={}, groups={}, targets={}, levels=shipped_levels(), shipped_units={}, forms={})
BEGUN = datetime(2020, 9, 1, 9, 0, tzinfo=ZONE)
FRIDAY = datetime(2020, 10, 23, 15, 0, tzinfo=ZONE)
NUDGE: Calendar = {"weekly_nudge": CALENDAR["weekly_nudge"]}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices for sixty people."""
    monkeypatch.setattr("scheduler.slices.SMALLEST", 16)


def slow() -> Callable[[], float]:
    """A clock by which each slice takes so long that the next is as small as can be."""
    return count(step=1.0).__next__


def ticker(database: Database, monotonic: Callable[[], float] = lambda: 0.0) -> Ticker:
    return Ticker(database, PLAN, NUDGE, monotonic, partial(on_a_tick.tasks, PLAN))


def filled(database: Database, size: int, channel: str = "telegram") -> range:
    return database.write(lambda db: crowd(db, size, BEGUN, channel)).result()


def reminded(database: Database) -> Counter[int]:
    """How many digests each person has that say what fell due for them."""
    query = select(t.due.c.person_id).join(t.outbox, t.outbox.c.id == t.due.c.outbox_id)
    return Counter(database.read(lambda db: db.scalars(query.where(t.outbox.c.kind == "digest")).all()))


def digest_rows(database: Database) -> list[int | None]:
    return list(database.read(lambda db: db.scalars(select(t.outbox.c.person_id)).all()))


@contextmanager
def statements() -> Iterator[list[tuple[Any, str, Any]]]:
    """All that is executed meanwhile: connection, statement, parameters."""
    executed: list[tuple[Any, str, Any]] = []

    def note(db: Connection, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        executed.append((db, statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_turns_go_between_slices(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(sqlite_template.read_bytes())
    with open_database(f"sqlite:///{path}") as database:
        filled(database, 60)
        order: list[str] = []

        def followed_by_a_turn(do: Callable[..., None]) -> Callable[..., None]:
            def slice_of_it(*arguments: Any) -> None:
                order.append("slice")
                database.write(lambda _db: order.append("turn"))
                do(*arguments)

            return slice_of_it

        monkeypatch.setattr("scheduler.slices.SMALLEST", 1)
        monkeypatch.setattr("storage.delivery.digests.queue", followed_by_a_turn(digests.queue))
        await ticker(database, slow()).tick(FRIDAY)
        assert len(order) == 2 * 60
        assert order == ["slice", "turn"] * (len(order) // 2)
        assert len(reminded(database)) == 60


class Killed(Exception):
    """The process is gone."""


class Dying(Database):
    """A database whose process is killed before it writes once more."""

    def __init__(self, database: Database, writes: int) -> None:
        self.__dict__ = dict(database.__dict__)
        self.writes_left = writes

    async def awrite(self, *job: Any) -> Any:
        if not self.writes_left:
            raise Killed
        self.writes_left -= 1
        return await super().awrite(*job)


@pytest.mark.parametrize("writes", [1, 2, 3, 4, 5])
async def test_a_tick_that_was_killed_between_two_slices_is_finished_by_the_next(
    database: Database, writes: int
) -> None:
    people = filled(database, 60)
    with pytest.raises(Killed):
        await ticker(Dying(database, writes)).tick(FRIDAY)
    assert len(reminded(database)) < len(people)
    await ticker(database).tick(FRIDAY + timedelta(minutes=1))
    assert reminded(database) == Counter(people)
    assert sorted(digest_rows(database), key=str) == sorted(people, key=str)


async def test_two_ticks_at_once_remind_everybody_once(database: Database) -> None:
    people = filled(database, 60)
    await asyncio.gather(*(ticker(database, slow()).tick(FRIDAY) for _ in range(2)))
    assert reminded(database) == Counter(people)
    assert len(digest_rows(database)) == len(people)


def writing(db: Connection, persons: Collection[int]) -> list[tuple[str, Any]]:
    """The statements of each task's only slice, with parameters."""
    executed: list[tuple[str, Any]] = []
    for task in tasks(PLAN, CALENDAR, FRIDAY):
        found = task.find(db, 0, 10_000)
        with statements() as more:
            task.do(db, found) if found else None
        executed += [(statement, parameters) for _, statement, parameters in more]
    queued = set(db.scalars(select(t.outbox.c.person_id)))
    assert queued == set(persons)
    return executed


def test_a_slice_takes_as_many_statements_for_many_as_for_few(database: Database) -> None:
    counts = []
    for size in (5, 300):
        with database._readers.engine.connect() as db:
            db.execute(text("PRAGMA query_only=OFF")) if db.dialect.name == "sqlite" else None
            counts.append(len(writing(db, crowd(db, size, BEGUN))))
            db.rollback()
    assert counts[0] == counts[1] < 30


def test_no_statement_of_a_slice_goes_through_what_it_does_not_change(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(sqlite_template.read_bytes())
    with open_database(f"sqlite:///{path}") as database:
        plans = database.write(plans_of_slices).result()
    assert len(plans) > 10
    through = [step for step in plans if ("SCAN " in step and "SCAN value " not in step) or "(rule=?)" in step]
    assert [step for step in through if "setting" not in step] == []


def plans_of_slices(db: Connection) -> list[str]:
    executed = writing(db, crowd(db, 20, BEGUN))
    cursor = db.connection.cursor()
    explained = [cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall() for statement, values in executed]
    return [step[3] for plan in explained for step in plan]


async def test_a_tick_with_nothing_to_do_looks_at_nobody(database: Database) -> None:
    filled(database, 30)
    minutes = ticker(database)
    for minute in (3, 4):
        await minutes.tick(FRIDAY + timedelta(minutes=minute))
    with statements() as executed:
        await minutes.tick(FRIDAY + timedelta(minutes=5))
    assert executed
    assert [statement for _, statement, _ in executed if "assignment" in statement or "consent" in statement] == []


async def test_texts_for_those_who_look_themselves_are_written_a_few_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = filled(database, 3 * COMPOSED_AT_ONCE, "web")
    sizes: list[int] = []
    look = outbox.uncomposed

    def counted(db: Connection, ids: Collection[int]) -> Any:
        sizes.append(len(ids))
        return look(db, ids)

    monkeypatch.setattr("storage.delivery.outbox.uncomposed", counted)
    await ticker(database).tick(FRIDAY)
    assert max(sizes) <= COMPOSED_AT_ONCE
    bodies = database.read(lambda db: db.scalars(select(t.outbox.c.body)).all())
    assert len(bodies) == len(people)
    assert all("chưa có báo cáo" in body for body in bodies)


async def test_a_slice_that_took_long_makes_the_next_one_small(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database, 100)
    sizes: list[int] = []
    seconds, write = [0.0], noting.write

    def second_takes_long(db: Connection, persons: Collection[int], note: noting.Note) -> None:
        sizes.append(len(persons))
        seconds[0] += len(sizes) == 2
        write(db, persons, note)

    monkeypatch.setattr("storage.delivery.noting.write", second_takes_long)
    await ticker(database, lambda: seconds[0]).tick(FRIDAY)
    assert sizes == [16, 32, 16, 32, 4]
