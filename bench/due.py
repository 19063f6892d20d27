"""Measures what Friday's nudge costs for 5,000 and for 100,000 people, and how long it holds up a person who writes.

`python -m bench.due` (or `make bench`). All figures come from one run; only their ratios travel to other machines.
Beside them stands what a few statements for each person cost, as the tick was before it came in slices.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, func, insert, select, update

from conversation.intake import take_once
from handlers.people import succession
from messages import Incoming, Text
from periods.days import ZONE
from periods.weeks import week_of
from scheduler.ticker import Ticker
from storage import tables as t
from storage.db.database import open_database
from storage.migrations import migrate
from tests.conversation import CALENDAR, Officer, Town, town
from tests.crowd import crowd

SIZES = (5_000, 100_000)
BEGUN = datetime(2026, 9, 1, 9, 0, tzinfo=ZONE)
FRIDAY = datetime(2026, 10, 23, 15, 0, tzinfo=ZONE)
WRITES_EVERY = 0.02
"""Seconds between two messages of whoever writes meanwhile."""
QUIET_SECONDS = 5.0
SINGLY = 2_000
OWING = 10
"""What a tick costs goes with those who owe something: measured again where only one in so many does."""

numbers = count()


@dataclass
class Measured:
    """A tick: its time, and the waits of people who wrote meanwhile (seconds)."""

    cpu: float = 0.0
    wall: float = 0.0
    waits: list[float] = field(default_factory=list)


async def ticked(gv: Town, ticker: Ticker, now: datetime, officer: Officer | None = None) -> Measured:
    """Run one tick; an `officer` asks for the menu again and again until it is over."""
    gc.collect()
    measured, stop = Measured(), asyncio.Event()
    writing = asyncio.create_task(write_until(stop, gv, officer, measured.waits)) if officer else None
    wall, cpu = time.perf_counter(), time.process_time()
    await ticker.tick(now)
    measured.cpu, measured.wall = time.process_time() - cpu, time.perf_counter() - wall
    stop.set()
    if writing:
        await writing
    return measured


async def undisturbed(gv: Town, officer: Officer) -> list[float]:
    """Measure how long the same turns wait by themselves on this machine."""
    waits: list[float] = []
    stop = asyncio.Event()
    writing = asyncio.create_task(write_until(stop, gv, officer, waits))
    await asyncio.sleep(QUIET_SECONDS)
    stop.set()
    await writing
    return waits


async def write_until(stop: asyncio.Event, gv: Town, officer: Officer, waits: list[float]) -> None:
    """Send turns at a steady pace, whether or not the last one was answered, as many people do."""
    asked = []
    while not stop.is_set():
        asked.append(asyncio.create_task(write(gv, officer, waits)))
        await asyncio.sleep(WRITES_EVERY)
    await asyncio.gather(*asked)


async def write(gv: Town, officer: Officer, waits: list[float]) -> None:
    incoming = Incoming(officer.channel, officer.bot, officer.account, f"b{next(numbers)}", Text("/menu"))
    begun = time.perf_counter()
    await gv.database.awrite(lambda db: take_once(db, gv.world, incoming, gv.now))
    waits.append(time.perf_counter() - begun)


def singly(db: Connection) -> float:
    """Measure the processor time a person of a loop of statements: account, digest, its row."""
    persons = db.scalars(select(t.due.c.person_id).order_by(t.due.c.id).limit(SINGLY)).all()
    cpu = time.process_time()
    for person in persons:
        account = db.execute(select(t.account.c.id).where(t.account.c.person_id == person)).scalar_one()
        values = {"kind": "digest", "priority": 2, "state": "pending", "body": "", "token": "", "attempts": 0}
        texts = {"external_id": "", "error": "", "created_at": FRIDAY, "local_day": BEGUN.date()}
        row = insert(t.outbox).values(account_id=account, person_id=person, **values, **texts)
        digest = db.execute(row.returning(t.outbox.c.id)).scalar_one()
        db.execute(update(t.outbox).where(t.outbox.c.id == digest, t.outbox.c.state == "pending").values(body=""))
        db.execute(update(t.due).where(t.due.c.person_id == person).values(outbox_id=digest))
    return (time.process_time() - cpu) / len(persons)


def queued(db: Connection) -> int:
    return db.scalar(select(func.count()).where(t.outbox.c.kind == "digest")) or 0


async def bench(folder: Path, size: int) -> None:
    url = f"sqlite:///{folder}/{size}.db"
    migrate(url)
    with open_database(url) as database:
        gv = town(database)
        gv.now = BEGUN
        officer = gv.joined("propagandist", "P10-KP01")
        people = await database.awrite(lambda db: crowd(db, size, BEGUN))
        ticker = Ticker(database, gv.world.plan, CALENDAR, time.monotonic, succession.tasks)
        first = await ticked(gv, ticker, FRIDAY)
        assert await database.aread(queued) == size + 1
        idle = median([(await ticked(gv, ticker, FRIDAY + timedelta(minutes=3 + n))).cpu for n in range(9)])
        many = await after_another(gv, ticker, FRIDAY + timedelta(days=7))
        assert await database.aread(queued) == 2 * (size + 1)
        third = FRIDAY + timedelta(days=14)
        await database.awrite(lambda db: report(db, people, third))
        few = await after_another(gv, ticker, third)
        assert await database.aread(queued) == 2 * (size + 1) + owing(size)
        busy = await after_another(gv, ticker, FRIDAY + timedelta(days=21), officer)
        assert await database.aread(queued) == 3 * (size + 1) + owing(size)
        quiet = await undisturbed(gv, officer)
        cpu_singly = await database.awrite(singly)
    print(f"{size:,} people: {first.cpu:.2f} s CPU, {first.cpu / size * 1e6:.0f} µs a person, in {first.wall:.2f} s")
    print("  where nothing was known before; the units are read for it, too")
    print(f"  a week later: {many.cpu:.2f} s CPU, {many.cpu / size * 1e6:.0f} µs a person, in {many.wall:.2f} s")
    print(f"  where one in {OWING} owes something: {few.cpu:.2f} s CPU, {100 * few.cpu / many.cpu:.0f} % of that")
    print(f"  one by one {cpu_singly * 1e6:,.0f} µs a person: {cpu_singly * size / many.cpu:.0f} times as much")
    print(f"  turns meanwhile: {waited(busy.waits)}; without a tick: {waited(quiet)}")
    print(f"  a tick with nothing to do: {idle * 1e3:.1f} ms CPU")


async def after_another(gv: Town, ticker: Ticker, now: datetime, officer: Officer | None = None) -> Measured:
    """Measure a tick that follows others, as in earnest, where one comes each minute."""
    await ticked(gv, ticker, now - timedelta(minutes=10))
    return await ticked(gv, ticker, now, officer)


def report(db: Connection, people: Sequence[int], friday: datetime) -> None:
    """Let all but one in `OWING` have reported that Friday's week; whoever tests the pace has not."""
    done = {"week": week_of(friday.date()), "reported": 1, "first_at": friday - timedelta(days=1)}
    db.execute(insert(t.unit_week), [{**done, "unit_id": n} for place, n in enumerate(people) if place % OWING])


def owing(size: int) -> int:
    """How many owe that week: those, and the one who tests the pace."""
    return -(-size // OWING) + 1


def waited(seconds: list[float]) -> str:
    return f"{len(seconds)}, half within {median(seconds) * 1e3:.0f} ms, the longest {max(seconds) * 1e3:.0f} ms"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            asyncio.run(bench(Path(name), size))


if __name__ == "__main__":
    main()
