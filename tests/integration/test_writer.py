"""The writer's promises, each on a real database: all or nothing a job, an answer only after the commit, in order."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, bindparam, event, func, insert, select, text

from storage import tables as t
from storage.db import engines
from storage.db.bell import Bell
from storage.db.database import Database, open_database
from storage.db.postgres_writer import CONFLICT_TRIES
from storage.db.prepared import Prepared
from storage.db.sqlite_file import COMPANIONS
from storage.db.writer import MAX_BATCH, Unavailable, call_followers, touch
from tests.waiting import PATIENCE

NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
Job = Callable[[Connection], None]
ADDING = t.setting.update().where(t.setting.c.key == bindparam("of")).values(value=t.setting.c.value + "+")
ADD = Prepared(ADDING)
PUT = Prepared(insert(t.setting), ("key", "value"))


def count(db: Connection) -> int:
    return int(db.execute(select(func.count()).select_from(t.setting)).scalar_one())


def put(key: str) -> Job:
    """A job that stores a row."""
    return lambda db: put_now(db, key)


def put_now(db: Connection, key: str) -> None:
    db.execute(insert(t.setting).values(key=key, value="1"))


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does after a commit."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def failing(key: str, account: int = 0) -> Job:
    """A job that stores a row, notes an account, and raises."""

    def job(db: Connection) -> None:
        put_now(db, key)
        touch(db, account)
        raise LookupError(key)

    return job


@contextmanager
def held(database: Database) -> Iterator[None]:
    """While a thread of the writer is busy, what is handed in waits; with SQLite's one thread it waits together."""
    busy, gate = threading.Event(), threading.Event()

    def job(_: Connection) -> None:
        busy.set()
        assert gate.wait(PATIENCE)

    holding = database.write(job)
    assert busy.wait(PATIENCE)
    try:
        yield
    finally:
        gate.set()
        holding.result(PATIENCE)


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Path]:
    """A SQLite file with the schema in place."""
    path = tmp_path / "bot.db"
    path.write_bytes(sqlite_template.read_bytes())
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a lock is given up at once."""
    monkeypatch.setattr(engines, "BUSY_MS", 50)


def test_a_future_is_resolved_after_the_commit(database: Database) -> None:
    for number in range(20):
        database.write(put(f"{number}")).result(PATIENCE)
        assert database.read(count) == number + 1


def test_a_job_that_raises_is_rolled_back_alone(database: Database) -> None:
    with held(database):
        futures = [database.write(job) for job in (put("a"), failing("b"), put("c"))]
    assert futures[0].result(PATIENCE) is None
    with pytest.raises(LookupError, match="b"):
        futures[1].result(PATIENCE)
    futures[2].result(PATIENCE)
    assert database.read(lambda db: sorted(db.scalars(select(t.setting.c.key)))) == ["a", "c"]


def test_a_broken_constraint_is_the_jobs_own_failure(database: Database) -> None:
    with held(database):
        futures = [database.write(job) for job in (put("a"), put("a"), put("b"))]
    failures = [type(future.exception(PATIENCE)).__name__ for future in futures]
    assert sorted(failures) == ["IntegrityError", "NoneType", "NoneType"]
    assert database.read(count) == 2


def test_listeners_hear_of_the_accounts_of_kept_jobs_only(database: Database) -> None:
    heard: list[int] = []
    called = threading.Event()

    def listen(accounts: frozenset[int]) -> None:
        heard.extend(accounts)
        if {7, 9} <= {*heard}:  # on PostgreSQL each job has a commit and a thread of its own
            called.set()

    def fail(_: frozenset[int]) -> None:
        raise LookupError("a listener that fails keeps the others from nothing")

    database.on_commit(fail)
    database.on_commit(listen)
    with held(database):
        futures = [database.write(job) for job in (lambda db: touch(db, 7), failing("b", 8), lambda db: touch(db, 9))]
        futures.append(database.write(put("no message")))
    wait_for(futures, PATIENCE)
    assert called.wait(PATIENCE)
    assert sorted(heard) == [7, 9]


def test_a_follower_looks_once_at_all_that_was_queued_together_and_hears_of_it(database: Database) -> None:
    looks: list[int] = []
    heard: list[int] = []

    def hear(future: Future[int]) -> None:
        assert database.read(count) >= future.result(0)
        heard.append(future.result(0))

    def look(db: Connection) -> int:
        assert looks == heard, "a look before the last one was heard of"
        looks.append(count(db))
        return looks[-1]

    database.follow(look, hear)
    database.write(put("nothing queued")).result(PATIENCE)
    with held(database):
        futures = [database.write(job) for job in (put("x"), *(queueing(f"{number}") for number in range(20)))]
    wait_for(futures, PATIENCE)
    database.write(call_followers).result(PATIENCE)
    # PostgreSQL may look more often than once for those twenty: they have transactions of their own.
    until(lambda: heard == [22, 22] if database.dialect == "sqlite" else heard[-1:] == [22])


def queueing(key: str) -> Job:
    """A job that stores a row and notes an account."""

    def job(db: Connection) -> None:
        put_now(db, key)
        touch(db, 7)

    return job


def test_a_follower_that_fails_harms_nobody_and_looks_again(database: Database) -> None:
    failures: list[str] = []

    def look(db: Connection) -> None:
        put_now(db, "follower")
        raise LookupError

    database.follow(look, lambda future: failures.append(type(future.exception(0)).__name__))
    for number in range(2):
        database.write(queueing(f"{number}")).result(PATIENCE)
        until(lambda: len(failures) > number)  # noqa: B023 (called at once)
    assert failures == ["LookupError"] * 2
    assert database.read(count) == 2


async def test_whoever_awaits_is_told_even_if_the_commit_was_faster(database: Database) -> None:
    future = database.write(count)
    future.result(PATIENCE)
    assert await Bell().hear(future) == 0
    ends = await asyncio.gather(*map(database.awrite, (put("a"), failing("b"), put("c"))), return_exceptions=True)
    assert [type(end).__name__ for end in ends] == ["NoneType", "LookupError", "NoneType"]
    assert await asyncio.gather(*(database.awrite(count) for _ in range(20))) == [2] * 20


def test_a_caller_cannot_take_a_job_back(database: Database) -> None:
    with held(database):
        future = database.write(put("a"))
        assert not future.cancel()
    future.result(PATIENCE)
    database.write(put("b")).result(PATIENCE)
    assert database.read(count) == 2


def test_what_was_handed_in_before_closing_is_done(database_url: str) -> None:
    with open_database(database_url) as database, held(database):
        futures = [database.write(put(f"{number}"), key=number % 3) for number in range(20)]
    assert [future.exception(0) for future in futures] == [None] * 20


def test_a_closed_writer_takes_nothing_and_says_so(database_url: str) -> None:
    database = open_database(database_url)
    database.close()
    for key in (None, "a"):
        with pytest.raises(Unavailable):
            database.write(put("a"), key)
    database.close()


def test_jobs_of_one_key_run_in_the_order_given(database: Database) -> None:
    """Their threads are many on PostgreSQL: each job waits a little longer than the next would need to overtake it."""
    ran: dict[str, list[int]] = {"lan": [], "hoa": []}
    futures: list[Future[None]] = []
    for number in range(15):
        for key, numbers in ran.items():

            def job(db: Connection, number: int = number, numbers: list[int] = numbers) -> None:
                if db.dialect.name == "postgresql":
                    db.execute(text(f"SELECT pg_sleep({0.004 if number % 2 else 0})"))
                numbers.append(number)

            futures.append(database.write(job, key))
    wait_for(futures, PATIENCE)
    assert ran == {"lan": list(range(15)), "hoa": list(range(15))}


def test_reading_cannot_write_on_sqlite(sqlite: Path) -> None:
    with open_database(f"sqlite:///{sqlite}") as database, pytest.raises(Exception, match="readonly"):
        database.read(put("a"))


def test_jobs_that_wait_together_are_committed_together(sqlite: Path) -> None:
    with open_database(f"sqlite:///{sqlite}") as database:
        commits = []
        database.write(lambda db: event.listen(db.engine, "commit", lambda _: commits.append(1))).result(PATIENCE)
        commits.clear()
        with held(database):
            futures = [database.write(put(f"{number}")) for number in range(MAX_BATCH + 10)]
        wait_for(futures, PATIENCE)
        assert len(commits) == 3  # the one that held the thread, a full batch, and the rest
        assert database.read(count) == MAX_BATCH + 10


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("job", [put("a"), lambda db: PUT.run(db, key="a", value="1")])
def test_a_locked_database_keeps_nothing_and_works_again_afterwards(sqlite: Path, job: Job) -> None:
    other = engines.sqlite_writer(f"sqlite:///{sqlite}")
    with open_database(f"sqlite:///{sqlite}") as database:
        with other.begin():
            futures = [database.write(job), database.write(put("b"))]
            assert [type(future.exception(PATIENCE)) for future in futures] == [Unavailable, Unavailable]
        assert database.read(count) == 0
        database.write(job).result(PATIENCE)
        assert database.read(count) == 1
    other.dispose()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_file_that_was_taken_away_takes_nothing_until_it_is_back(sqlite: Path, is_replaced: bool) -> None:
    aside = sqlite.with_name("aside.db")
    with open_database(f"sqlite:///{sqlite}") as database:
        database.write(put("a")).result(PATIENCE)
        sqlite.rename(aside)
        if is_replaced:
            sqlite.write_bytes(b"")
        with pytest.raises(Unavailable) as raised:
            database.write(put("b")).result(PATIENCE)
        assert "Displaced" in str(raised.value)
        aside.rename(sqlite)
        database.write(put("c")).result(PATIENCE)
        assert database.read(lambda db: sorted(db.scalars(select(t.setting.c.key)))) == ["a", "c"]


@pytest.mark.parametrize("ending", COMPANIONS)
@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_companion_that_was_taken_away_is_noticed_and_a_stop_in_order_loses_nothing(
    sqlite: Path, ending: str, is_replaced: bool
) -> None:
    """What is committed lies in the log, which the last connection moves into the file as it closes."""
    with open_database(f"sqlite:///{sqlite}") as database:
        database.write(put("a")).result(PATIENCE)
        companion = sqlite.with_name(sqlite.name + ending)
        companion.unlink()
        if is_replaced:
            companion.write_bytes(b"")
        with pytest.raises(Unavailable, match="Displaced"):
            database.write(put("b")).result(PATIENCE)
    companion.unlink(missing_ok=True)
    with open_database(f"sqlite:///{sqlite}") as database:
        database.write(put("c")).result(PATIENCE)
        assert database.read(lambda db: sorted(db.scalars(select(t.setting.c.key)))) == ["a", "c"]


def test_an_empty_database_gets_its_companions_later(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with open_database(f"sqlite:///{path}") as database:
        database.write(t.setting.create).result(PATIENCE)
        database.write(put("a")).result(PATIENCE)
        path.with_name("empty.db-wal").unlink()
        with pytest.raises(Unavailable, match="Displaced"):
            database.write(put("b")).result(PATIENCE)


@pytest.mark.parametrize("place", ["missing/bot.db", "."])
def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path: Path, place: str) -> None:
    with open_database(f"sqlite:///{tmp_path / place}") as database, pytest.raises(Unavailable):
        database.write(put("a")).result(PATIENCE)


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_text("Biên bản họp tổ dân phố\n" * 500, "utf-8")
    with open_database(f"sqlite:///{path}") as database, pytest.raises(Unavailable):
        database.write(put("a")).result(PATIENCE)
    assert path.read_text("utf-8").startswith("Biên bản")


@pytest.mark.parametrize("is_prepared", [False, True])
def test_a_failure_of_the_database_is_one_whoever_reports_it(database: Database, is_prepared: bool) -> None:
    """Prepared statements run on the driver's cursor, whose errors nobody wraps."""

    def job(db: Connection) -> None:
        db.execute(text("DROP TABLE setting" if db.dialect.name == "sqlite" else "SET LOCAL statement_timeout = 20"))
        failing_now = select(t.setting.c.key if db.dialect.name == "sqlite" else func.pg_sleep(1))
        if is_prepared:
            Prepared(failing_now).first(db)
        else:
            db.execute(failing_now)

    with pytest.raises(Unavailable):
        database.write(job).result(PATIENCE)
    database.write(put("b")).result(PATIENCE)
    assert database.read(count) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lost_connection_is_unavailable_and_the_next_job_gets_a_new_one(database: Database) -> None:
    def job(db: Connection) -> None:
        put_now(db, "a")
        mine = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (mine,))
        PUT.run(db, key="b", value="1")

    with pytest.raises(Unavailable):
        database.write(job).result(PATIENCE)
    assert database.read(count) == 0
    database.write(put("c")).result(PATIENCE)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_prepared", [False, True])
def test_a_deadlock_is_repeated_and_neither_job_is_lost(database: Database, is_prepared: bool) -> None:
    for key in ("a", "b"):
        database.write(put(key)).result(PATIENCE)
    everybody = threading.Barrier(3)
    tries = {"a": 0, "b": 0}
    futures: dict[str, Future[None]] = {}

    def add(db: Connection, key: str) -> None:
        if is_prepared:
            ADD.run(db, of=key)
        else:
            db.execute(ADDING, {"of": key})

    def crossing(first: str, second: str) -> Job:
        def job(db: Connection) -> None:
            tries[first] += 1
            if tries[first] > 1:  # a busy machine may let the other go on later than this one comes back
                wait_for([futures[second]], PATIENCE)
            add(db, first)
            if tries[first] == 1:
                everybody.wait(PATIENCE)
            add(db, second)

        return job

    futures |= {"a": database.write(crossing("a", "b")), "b": database.write(crossing("b", "a"))}
    everybody.wait(PATIENCE)
    assert [future.exception(PATIENCE) for future in futures.values()] == [None, None]
    assert sorted(tries.values()) == [1, 2]
    assert database.read(lambda db: list(db.scalars(select(t.setting.c.value)))) == ["1++", "1++"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_conflict_that_does_not_end_is_given_up(database: Database) -> None:
    tries = []

    def job(db: Connection) -> None:
        tries.append(1)
        db.execute(text("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(Unavailable):
        database.write(job).result(PATIENCE)
    assert len(tries) == CONFLICT_TRIES
