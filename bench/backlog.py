"""`python -m bench.backlog` measures a look at the outbox with 100 and with 100,000 messages waiting.

It also measures how long turns wait while 20,000 people are told something. It prints ratios within one run, since
machines differ.
"""

import asyncio
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, insert, literal, select, text

from messages import Outgoing, encode
from plan.levels import Levels
from plan.model import Plan
from scheduler.delivery import Delivery, Lane, Sources
from scheduler.outcomes import AttachedFile, Delivered, Outcome
from scheduler.rate import Rate
from storage import tables as t
from storage.db.database import Database, open_database
from storage.db.writer import call_followers, touch
from storage.delivery import chat_queue, claims
from storage.delivery.claims import LEASE, ClaimResult
from storage.migrations import migrate

LANE = ("telegram", "1")
SIZES = (100, 100_000)
ROUNDS = 90
AT_MOST = 1.5
NO_PLAN = Plan(kinds={}, activities={}, groups={}, targets={}, levels=Levels({}), shipped_units={}, forms={})
PEOPLE = 20_000
TURNS = 150
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number) "


class Nobody:
    """Takes everything at once."""

    channel, bot = LANE

    async def send(self, _address: str, _message: Outgoing, _files: tuple[AttachedFile, ...]) -> Outcome:
        return Delivered("1")

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        """Do nothing: nobody looks."""


def now() -> datetime:
    return datetime.now(UTC)


def chats(db: Connection, number: int) -> None:
    rows = "INSERT INTO account (channel, bot, external_id, usable, created_at, last_used_at) "
    chat = "SELECT 'telegram', '1', 'chat ' || i, 1, '2026-01-01', '2026-01-01' FROM n"
    db.execute(text(rows + _NUMBERS + chat), {"number": number})


def tell_everybody(db: Connection) -> None:
    """Queue one notice to each chat, in one statement."""
    fixed = {"kind": "notice", "priority": 1, "state": "pending", "body": encode(Outgoing("x")), "token": ""}
    columns = {**fixed, "attempts": 0, "external_id": "", "error": ""}
    values = [*(literal(value) for value in columns.values()), literal(now(), t.outbox.c.created_at.type)]
    row = select(t.account.c.id, *values)
    db.execute(insert(t.outbox).from_select(["account_id", *columns, "created_at"], row))
    call_followers(db)


def a_look(db: Connection) -> None:
    """Claim one row and finish it, as delivery does when the rate leaves one place."""
    machine = now()
    rows = claims.claim(db, *LANE, 1, token="t", machine=machine, lease_until=machine + LEASE)  # noqa: S106
    assert len(rows) == 1
    claims.finish(db, [ClaimResult(row, "sent") for row in rows], machine)


def fill(db: Connection) -> None:
    while chat_queue.is_behind(db):
        chat_queue.fill(db)


def timed(db: Connection) -> float:
    start = time.thread_time()
    a_look(db)
    return time.thread_time() - start


def looks(folder: Path) -> list[float]:
    """Measure the CPU seconds of a look in the writer at each size: the best of many looks, taken in turn."""
    with ExitStack() as stack:
        databases = [stack.enter_context(database(folder / f"{number}.db", number)) for number in SIZES]
        for opened in databases:
            opened.write(tell_everybody).result()
            opened.write(fill).result()
        rounds = [[opened.write(timed).result() for opened in databases] for _ in range(ROUNDS)]
        return [min(took) for took in zip(*rounds, strict=True)]


def database(path: Path, number: int) -> Database:
    migrate(f"sqlite:///{path}")
    opened = open_database(f"sqlite:///{path}")
    opened.write(partial(chats, number=number)).result()
    return opened


async def turns_beside_a_mass_message(opened: Database) -> tuple[list[float], list[float]]:
    """Measure how many seconds turns wait for their commits: alone, and while all people are told something."""
    tokens = count()
    sources = Sources(now, now, lambda: 0.5, lambda: str(next(tokens)), lambda _: Path())
    lane = Lane(Nobody(), Rate(30.0, 30, time.monotonic))
    sending = Delivery(opened, NO_PLAN, {}, [lane], sources)
    stop = asyncio.Event()
    running = asyncio.create_task(sending.run(stop))
    alone = await turns(opened)
    await opened.awrite(tell_everybody)
    beside = await turns(opened)
    stop.set()
    await running
    return alone, beside


async def turns(opened: Database) -> list[float]:
    took = []
    for number in range(TURNS):
        start = time.perf_counter()
        await opened.awrite(partial(_answer, chat=number + 1))
        took.append(time.perf_counter() - start)
        await asyncio.sleep(0.02)
    return sorted(took)


def _answer(db: Connection, chat: int) -> None:
    fixed = {"kind": "answer", "priority": 0, "state": "pending", "body": encode(Outgoing("x")), "token": ""}
    more = {"attempts": 0, "external_id": "", "error": "", "created_at": now()}
    db.execute(insert(t.outbox).values(account_id=chat, **fixed, **more))
    touch(db, chat)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        few, many = looks(Path(folder))
        for number, seconds in zip(SIZES, (few, many), strict=True):
            print(f"a look with {number:7,} waiting {seconds * 1e6:8,.0f} µs CPU")
        print(f"{many / few:.2f} times as much (at most {AT_MOST})")
        with database(Path(folder, "turns.db"), PEOPLE) as opened:
            alone, beside = asyncio.run(turns_beside_a_mass_message(opened))
        for what, took in (("alone", alone), (f"beside a message to {PEOPLE:,} people", beside)):
            middle, most = statistics.median(took) * 1e3, took[-1] * 1e3
            print(f"a turn waits {middle:6.1f} ms in the middle, {most:6.1f} ms at most: {what}")
    assert many <= few * AT_MOST


if __name__ == "__main__":
    main()
