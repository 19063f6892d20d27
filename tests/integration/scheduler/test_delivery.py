"""The delivery loop against senders that fail in every way, alone and side by side."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from messages import Document, Outgoing, Picture, encode
from scheduler import delivery as looking
from scheduler.claiming import take_in_hand
from scheduler.delivery import Delivery, Lane, Sources
from scheduler.outcomes import AttachedFile, Delivered, NotSent, Outcome
from scheduler.rate import Rate
from scheduler.settling import Attempt, settle
from storage import tables as t
from storage.db.database import Database
from storage.db.writer import Unavailable, touch
from storage.delivery.claims import LEASE
from tests.integration.scheduler.town import CALENDAR, LANE, PLAN, Town, at
from tests.ticking import tick
from tests.waiting import PATIENCE, until

NOW = "2020-11-06 15:00"
TOKENS = count()


class Recorder:
    """A sender that notes what it is given; `answer` decides how each sending ends, `held_by` when."""

    channel, bot = LANE

    def __init__(
        self,
        answer: Callable[[str, Outgoing], Outcome] = lambda _a, _m: Delivered("1"),
        held_by: asyncio.Event | None = None,
    ) -> None:
        self._held_by = held_by
        self.sent: list[tuple[str, str]] = []
        self.files: list[AttachedFile] = []
        self.at_once = 0
        self.most_at_once = 0
        self._answer = answer
        self._busy: set[str] = set()

    async def send(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome:
        assert address not in self._busy, "two messages of one chat were in flight"
        self._busy.add(address)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await (self._held_by.wait() if self._held_by else asyncio.sleep(0.01))
        self.at_once -= 1
        self._busy.discard(address)
        self.sent.append((address, message.text))
        self.files += files
        return self._answer(address, message)

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        """What these tests draw is there at once."""


def file_of(recipe: Picture | Document) -> Path:
    if recipe.kind != "attendance":
        raise LookupError(recipe.kind)
    return Path("bars.png")


class Clock:
    """A machine's clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def real_time() -> datetime:
    return datetime.now(UTC)


def delivery(
    database: Database,
    *senders: Recorder,
    machine: Callable[[], datetime] = real_time,
    pace: tuple[float, int] = (1_000.0, 1_000),
) -> Delivery:
    sources = Sources(
        now=lambda: at(NOW),
        machine=machine,
        chance=lambda: 0.0,
        token=lambda: f"{next(TOKENS)}",
        file_of=file_of,
    )
    loop = asyncio.get_running_loop()
    lanes = [Lane(sender, Rate(*pace, loop.time)) for sender in senders]
    return Delivery(database, PLAN, CALENDAR, lanes, sources)


@asynccontextmanager
async def running(*deliveries: Delivery) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(each.run(stop)) for each in deliveries]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


def open_rows(database: Database) -> int:
    return sum(state in ("pending", "sending") for state in states_of(database))


def states_of(database: Database) -> list[str]:
    states = select(t.outbox.c.state).order_by(t.outbox.c.id)
    return database.read(lambda db: list(db.scalars(states)))


def queue(db: Connection, account: int, message: Outgoing) -> None:
    values = {"account_id": account, "kind": "answer", "priority": 0, "body": encode(message), "created_at": at(NOW)}
    fixed = {"state": "pending", "token": "", "attempts": 0, "external_id": "", "error": ""}
    db.execute(t.outbox.insert().values(**values, **fixed))
    touch(db, account)


def first_row(database: Database) -> Any:
    return database.read(lambda db: db.execute(t.outbox.select().order_by(t.outbox.c.id)).first())


def people(database: Database, number: int) -> list[int]:
    """That many people's accounts."""

    def job(db: Connection) -> list[int]:
        town = Town(db)
        return [town.account(town.joins(f"L{n:02}", "propagandist", "P10-KP01")) for n in range(number)]

    return database.write(job).result()


async def test_each_chat_hears_everything_once_in_order_and_chats_go_side_by_side(database: Database) -> None:
    accounts = people(database, 8)
    together = asyncio.Event()
    sender = Recorder(held_by=together)
    async with running(delivery(database, sender)):
        for n in range(3):
            for account in accounts:
                await database.awrite(partial(queue, account=account, message=Outgoing(str(n))))
        await until(lambda: sender.at_once == 8)
        together.set()
        await until(lambda: len(sender.sent) >= 24 and not open_rows(database))
    assert len(sender.sent) == 24
    for account in range(8):
        assert [text for address, text in sender.sent if address == f"telegram-L{account:02}"] == ["0", "1", "2"]


async def test_only_so_many_are_in_flight_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a slow platform is not taken in hand: its lease would lapse before its turn."""
    monkeypatch.setattr("scheduler.delivery.MAX_IN_FLIGHT", 2)
    accounts = people(database, 4)
    together = asyncio.Event()
    sender = Recorder(held_by=together)
    async with running(delivery(database, sender)):
        for account in accounts[:2]:
            await database.awrite(partial(queue, account=account, message=Outgoing("1")))
        await until(lambda: sender.at_once == 2)
        for account in accounts[2:]:
            await database.awrite(partial(queue, account=account, message=Outgoing("2")))
        together.set()
        await until(lambda: len(sender.sent) == 4)
    assert sender.most_at_once == 2


async def test_two_workers_on_one_database_never_send_twice(database: Database) -> None:
    accounts = people(database, 10)
    for n in range(3):
        for account in accounts:
            database.write(partial(queue, account=account, message=Outgoing(str(n)))).result()
    first, second = Recorder(), Recorder()
    async with running(delivery(database, first), delivery(database, second)):
        await until(lambda: not open_rows(database))
    assert sorted(first.sent + second.sent) == sorted(
        (f"telegram-L{a:02}", str(n)) for a in range(10) for n in range(3)
    )


async def test_a_sender_that_raises_does_not_stop_the_others(database: Database) -> None:
    accounts = people(database, 3)

    def answer(address: str, _message: Outgoing) -> Outcome:
        if address == "telegram-L00":
            raise RuntimeError(address)
        return Delivered("1")

    sender = Recorder(answer)
    async with running(delivery(database, sender)):
        for account in accounts:
            await database.awrite(partial(queue, account=account, message=Outgoing("x")))
        await until(lambda: len({address for address, _ in sender.sent}) == 3)


async def test_what_was_surely_not_sent_is_tried_again(database: Database) -> None:
    (account,) = people(database, 1)
    refusals = iter([NotSent("dns", retry_in=0.0), NotSent("dns", retry_in=0.0)])
    sender = Recorder(lambda _a, _m: next(refusals, Delivered("9")))
    async with running(delivery(database, sender)):
        await database.awrite(lambda db: queue(db, account, Outgoing("x")))
        await until(lambda: not open_rows(database))
    assert len(sender.sent) == 3


async def test_nobody_waits_for_the_next_look(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what is queued here, nor a chat's next message, nor what the rate kept back."""
    monkeypatch.setattr("scheduler.delivery.LOOK_SECONDS", 3_600.0)
    accounts = people(database, 3)
    sender = Recorder()
    async with running(delivery(database, sender, pace=(50.0, 2))):
        for n in range(3):
            for account in accounts:
                await database.awrite(partial(queue, account=account, message=Outgoing(str(n))))
        await until(lambda: len(sender.sent) == 9 and not open_rows(database))


async def test_a_slow_sending_outlives_its_lease_and_is_not_doubled(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.delivery.REAP_SECONDS", 0.01)
    people(database, 1)
    await database.awrite(lambda db: tick(db, PLAN, CALENDAR, at(NOW)))
    clock, arrived = Clock(), asyncio.Event()
    slow, other = Recorder(held_by=arrived), Recorder()
    async with running(delivery(database, slow, machine=clock)):
        await until(lambda: slow.at_once == 1)
        async with running(delivery(database, other, machine=clock)):
            for _ in range(4):
                clock.now += LEASE / 2
                await until(lambda: first_row(database).lease_until == clock.now + LEASE)
            arrived.set()
            await until(lambda: not open_rows(database))
    assert (len(slow.sent), other.sent, first_row(database).state) == (1, [], "sent")


@pytest.mark.parametrize(("kind", "state"), [("answer", "sent"), ("digest", "uncertain")])
async def test_who_died_with_a_row_in_hand_blocks_its_chat_for_a_lease(
    database: Database, monkeypatch: pytest.MonkeyPatch, kind: str, state: str
) -> None:
    monkeypatch.setattr("scheduler.delivery.REAP_SECONDS", 0.01)
    (account,) = people(database, 1)
    if kind == "answer":
        await database.awrite(lambda db: queue(db, account, Outgoing("x")))
    else:
        await database.awrite(lambda db: tick(db, PLAN, CALENDAR, at(NOW)))
    clock, sender = Clock(), Recorder()
    dead = partial(take_in_hand, plan=PLAN, calendar=CALENDAR, lane=LANE, most=1, token="dead", now=at(NOW))
    assert len(await database.awrite(lambda db: dead(db, machine=clock()))) == 1
    async with running(delivery(database, sender, machine=clock)):
        await database.awrite(lambda db: queue(db, account, Outgoing("y")))
    assert (sender.sent, states_of(database)) == ([], ["sending", "pending"])
    clock.now += LEASE  # while nobody looks: a claim by a look that had begun before would have lapsed at once
    async with running(delivery(database, sender, machine=clock)):
        await until(lambda: not open_rows(database))
    assert first_row(database).state == state
    assert [text for _, text in sender.sent] == (["x", "y"] if kind == "answer" else ["y"])


async def test_outcomes_that_the_database_refused_are_written_down_later(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    (account,) = people(database, 1)
    refusals = iter([OperationalError("UPDATE", {}, Exception("locked"))])

    def refused(db: Connection, **what: Any) -> None:
        for error in refusals:
            raise error
        settle(db, **what)

    monkeypatch.setattr("scheduler.delivery.settle", refused)
    sender = Recorder()
    async with running(delivery(database, sender)):
        await database.awrite(lambda db: queue(db, account, Outgoing("x")))
        await until(lambda: not open_rows(database))
    assert sender.sent == [("telegram-L00", "x")]
    assert next(refusals, None) is None


async def test_a_bug_in_writing_down_stops_no_other_chat(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = people(database, 2)

    def broken(db: Connection, attempts: Sequence[Attempt], **when: Any) -> None:
        settle(db, attempts, **when)
        if any(attempt.row.account_id == first for attempt in attempts):
            raise LookupError

    monkeypatch.setattr("scheduler.delivery.settle", broken)
    sender = Recorder()
    async with running(delivery(database, sender)):
        await database.awrite(lambda db: queue(db, first, Outgoing("x")))
        await until(lambda: len(sender.sent) == 1)
        await database.awrite(lambda db: queue(db, second, Outgoing("y")))
        await until(lambda: open_rows(database) == 1)
    assert first_row(database).state == "sending"  # until the lease lapses


async def test_a_digest_is_composed_and_sent_once(database: Database) -> None:
    people(database, 1)
    sender = Recorder()
    async with running(delivery(database, sender)):
        for _ in range(3):
            await database.awrite(lambda db: tick(db, PLAN, CALENDAR, at(NOW)))
        await until(lambda: bool(sender.sent) and not open_rows(database))
    assert len(sender.sent) == 1
    assert "chưa có báo cáo" in sender.sent[0][1]


@pytest.mark.parametrize(
    ("kinds", "files"),
    [(["attendance"], ["bars.png"]), (["unknown"], []), (["attendance", "unknown", "attendance"], ["bars.png"] * 2)],
)
async def test_a_picture_is_a_file_and_one_that_fails_is_left_out(
    database: Database, kinds: list[str], files: list[str]
) -> None:
    (account,) = people(database, 1)
    message = Outgoing("x", pictures=tuple(Picture(kind, {"week": "2020-W45"}, "chart") for kind in kinds))
    sender = Recorder()
    async with running(delivery(database, sender)):
        await database.awrite(lambda db: queue(db, account, message))
        await until(lambda: not open_rows(database))
    assert [file.name for file in sender.files] == files
    assert sender.sent == [("telegram-L00", "x")]


async def test_what_is_in_flight_at_the_end_is_finished_and_written_down(database: Database) -> None:
    accounts = people(database, 4)
    for account in accounts:
        database.write(partial(queue, account=account, message=Outgoing("x"))).result()
    sender = Recorder()
    async with running(delivery(database, sender)):
        await until(lambda: sender.most_at_once > 0)
    states = states_of(database)
    assert states.count("sent") == len(sender.sent) > 0
    assert "sending" not in states


@pytest.mark.parametrize("is_sending", [False, True])
async def test_a_stop_does_not_wait_for_a_database_that_takes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, is_sending: bool
) -> None:
    """What is in flight is finished all the same; without the bound this would last as long as a stop may."""
    monkeypatch.setattr(looking, "DRAIN_SECONDS", 10 * PATIENCE)
    monkeypatch.setattr(looking, "OUTAGE_SECONDS", 0.01)
    (account,) = people(database, 1)
    held, stop = asyncio.Event(), asyncio.Event()
    sender = Recorder(held_by=held)
    ending = asyncio.create_task(delivery(database, sender).run(stop))
    if is_sending:
        await database.awrite(lambda db: queue(db, account, Outgoing("x")))
        await until(lambda: sender.at_once == 1)

    async def nothing(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(database, "awrite", nothing)
    stop.set()
    held.set()
    async with asyncio.timeout(PATIENCE):
        await ending
    assert sender.sent == ([("telegram-L00", "x")] if is_sending else [])


async def test_an_unreadable_row_is_dead_and_does_not_block_its_chat(database: Database) -> None:
    (account,) = people(database, 1)

    def job(db: Connection) -> None:
        queue(db, account, Outgoing("x"))
        db.execute(t.outbox.update().values(body="not JSON"))
        queue(db, account, Outgoing("y"))

    sender = Recorder()
    async with running(delivery(database, sender)):
        await database.awrite(job)
        await until(lambda: not open_rows(database))
    assert sender.sent == [("telegram-L00", "y")]
