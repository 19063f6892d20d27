"""Measures what a durable turn costs, alone and with 64 chats waiting, beside the bare engine and four bare statements.

`python -m bench.turn` (or `make bench`). All figures come from one run; only their ratios travel to other machines.
"""

import gc
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection

from conversation import turn
from conversation.intake import take_once
from handlers.reports import asking, interviewing
from handlers.reports.reporting import FORM
from interview import Form, Standing, advance, from_json, start, to_json
from interview.steps import Typed
from messages import Incoming, Text
from periods.days import ZONE
from storage.db.database import open_database
from storage.db.prepared import Prepared
from storage.delivery import outbox
from storage.migrations import migrate
from tests.conversation import Officer, Town, town

CHATS = 64
ROUNDS = 8
BEGIN = ("báo cáo",)
STEPS = ("1", "1", "hôm nay", "1", "nữ 30 nam 15", "lùi", "nữ 30 nam 15")
SEND = ("gửi", "buổi khác")
"""An event report as people type it, with a step back on the way, and the answer that it is not the
one before: ten turns, seven of them interview steps."""

numbers = count()


@dataclass
class Measured:
    """A number of turns, and the wall and processor time they took (seconds)."""

    turns: int
    wall: float
    cpu: float

    @property
    def cpu_a_turn(self) -> float:
        """Processor time of one turn."""
        return self.cpu / self.turns

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.turns + other.turns, self.wall + other.wall, self.cpu + other.cpu)

    def row(self, name: str) -> str:
        return f"{name:<44}{self.turns / self.wall:>10,.0f} /s{self.cpu_a_turn * 1e6:>10,.0f} µs CPU"


def measure(turns: int, run: Callable[[], None]) -> Measured:
    """Run once and measure it, after collecting the garbage of earlier parts."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Measured(turns, time.perf_counter() - wall, time.process_time() - cpu)


def total(rounds: Sequence[Measured]) -> Measured:
    """Add up all rounds."""
    return sum(rounds[1:], rounds[0])


def converse(gv: Town, officers: list[Officer], texts: Sequence[str]) -> None:
    """Let everybody write the same texts and wait for each step together, as many chats at once do."""
    for text in texts:
        waiting = [_submit(gv, officer, text) for officer in officers]
        for future in waiting:
            future.result()


def side_by_side(gv: Town, officers: list[Officer], folder: Path) -> Iterator[tuple[Measured, Measured]]:
    """Measure the interview's steps (opening and sending are not counted) and bare statements.

    They take turns round by round, so that on a shared machine both meet the same neighbours.
    """
    for number in range(ROUNDS):
        converse(gv, officers, BEGIN)
        steps = measure(len(STEPS) * len(officers), partial(converse, gv, officers, STEPS))
        converse(gv, officers, SEND)
        turns = CHATS * 200
        yield steps, measure(turns, partial(bare, folder / f"bare{number}.db", turns, CHATS))


def engine_alone(form: Form, now: datetime, rounds: int) -> None:
    """Run the same steps of the engine, each from JSON to JSON, without a database around them."""
    place = {"level": "neighbourhood", "unit": "P10-KP01", "ward": "P10"}
    begun = to_json(start(form, place, now).interview)
    for _ in range(rounds):
        state = begun
        for text in STEPS:
            state = to_json(advance(form, from_json(state), Typed(text), now).interview)


def _submit(gv: Town, officer: Officer, text: str) -> Any:
    incoming = Incoming(officer.channel, officer.bot, officer.account, f"b{next(numbers)}", Text(text))
    return gv.database.write(partial(_take, gv, incoming))


def _take(gv: Town, incoming: Incoming, db: Connection) -> int | None:
    return take_once(db, gv.world, incoming, gv.now)


def bare(path: Path, turns: int, together: int) -> None:
    """Run the same four statements (key, state, new state, reply) without anything around them."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY, channel, bot, account, message UNIQUE)")
    db.execute("CREATE TABLE IF NOT EXISTS state (account TEXT PRIMARY KEY, body)")
    db.execute("CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, account, body)")
    body = "x" * 400
    for first in range(0, turns, together):
        db.execute("BEGIN IMMEDIATE")
        for number in range(first, first + together):
            account = f"chat-{number % CHATS}"
            db.execute(
                "INSERT INTO inbox (channel, bot, account, message) VALUES ('web', 'bot', ?, ?) ON CONFLICT DO NOTHING",
                (account, f"{together}-{number}"),
            )
            db.execute("SELECT body FROM state WHERE account = ?", (account,)).fetchone()
            db.execute(
                "INSERT INTO state VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET body = ?", (account, body, body)
            )
            db.execute("INSERT INTO outbox (account, body) VALUES (?, ?)", (account, body))
        db.execute("COMMIT")
    db.close()


@contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Add up the time inside SQL, interview, texts and JSON (one inside another counts for the inner one only)."""
    stack: list[float] = []

    def wrap(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            stack.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - start
                spent[name] += took - stack.pop()
                if stack:
                    stack[-1] += took

        return measured

    parts = (
        ("SQL", Connection, "execute"),
        ("SQL", Prepared, "first"),
        ("SQL", Prepared, "all"),
        ("SQL", Prepared, "run"),
        ("interview", Standing, "take"),
        ("texts", asking, "worded"),
        ("JSON", interviewing, "to_json"),
        ("JSON", interviewing, "from_json"),
        ("JSON", outbox, "encode"),
        ("turn", turn, "take"),
    )
    with ExitStack() as patches:
        for name, owner, attribute in parts:
            patches.enter_context(patch.object(owner, attribute, wrap(name, getattr(owner, attribute))))
        yield


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/bot.db"
        migrate(url)
        with open_database(url) as database:
            gv = town(database)
            officers = [gv.joined("propagandist", f"P10-KP{n % 13 + 1:02}") for n in range(CHATS)]
            report = (*BEGIN, *STEPS, *SEND)
            converse(gv, officers, report)
            alone = measure(ROUNDS * len(report), partial(converse, gv, officers[:1], report * ROUNDS))
            steps, bare_many = zip(*side_by_side(gv, officers, folder), strict=True)
            many = measure(ROUNDS * len(report) * CHATS, partial(converse, gv, officers, report * ROUNDS))
            spent: dict[str, float] = defaultdict(float)
            with timed(spent):
                converse(gv, officers, report)
            walk = partial(engine_alone, gv.world.plan.forms[FORM], gv.now.astimezone(ZONE), 500)
            engine = measure(500 * len(STEPS), walk)
        bare_alone = measure(2000, partial(bare, folder / "bare.db", 2000, 1))
    print(alone.row("a whole report, one chat"))
    print(many.row(f"a whole report, {CHATS} chats waiting"))
    print(total(steps).row(f"an interview step, {CHATS} chats waiting"))
    print(engine.row("an interview step, engine and JSON alone"))
    print(bare_alone.row("four bare statements, one commit each"))
    print(total(bare_many).row(f"four bare statements, {CHATS} a commit"))
    times = sorted(step.cpu_a_turn / four.cpu_a_turn for step, four in zip(steps, bare_many, strict=True))
    print(
        f"CPU of an interview step with {CHATS} waiting: {median(times):.1f} times the bare statements' "
        f"(the median of {ROUNDS} rounds, {times[0]:.1f} to {times[-1]:.1f})"
    )
    whole = sum(spent.values())
    print("of a turn: " + ", ".join(f"{name} {part / whole:.0%}" for name, part in sorted(spent.items())))


if __name__ == "__main__":
    main()
