"""What a durable turn costs: alone and with 64 chats waiting, beside the same four statements in bare sqlite3.

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
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection

from bot import turn
from bot.intake import take_once
from handlers import asking, interviewing
from messages import Incoming, Text
from storage.database import open_database
from storage.migrations import migrate
from storage.prepared import Prepared
from tests.conversation import Officer, Town, town

CHATS = 64
ROUNDS = 8
BEGIN = ("báo cáo",)
STEPS = ("1", "1", "hôm nay", "1", "nữ 30 nam 15", "lùi", "30 15")
SEND = ("gửi",)
"""An event report as people type it, with a step back on the way: nine turns, seven of them interview steps."""

numbers = count()


@dataclass
class Measured:
    """Turns in a span of wall and processor time (seconds)."""

    turns: int
    wall: float
    cpu: float

    def row(self, name: str) -> str:
        return f"{name:<44}{self.turns / self.wall:>10,.0f} /s{self.cpu / self.turns * 1e6:>10,.0f} µs CPU"


def measure(turns: int, run: Callable[[], None]) -> Measured:
    """Run once with the clocks around it, garbage of earlier parts collected before."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Measured(turns, time.perf_counter() - wall, time.process_time() - cpu)


def converse(gv: Town, officers: list[Officer], texts: Sequence[str]) -> None:
    """Everybody writes the same texts; all wait for each step together, as many chats at once do."""
    for text in texts:
        waiting = [_submit(gv, officer, text) for officer in officers]
        for future in waiting:
            future.result()


def step_by_step(gv: Town, officers: list[Officer]) -> Measured:
    """The interview's steps alone, round by round, between an opening and a sending that are not counted."""
    total = Measured(0, 0.0, 0.0)
    for _ in range(ROUNDS):
        converse(gv, officers, BEGIN)
        round_ = measure(len(STEPS) * len(officers), partial(converse, gv, officers, STEPS))
        total = Measured(total.turns + round_.turns, total.wall + round_.wall, total.cpu + round_.cpu)
        converse(gv, officers, SEND)
    return total


def _submit(gv: Town, officer: Officer, text: str) -> Any:
    incoming = Incoming(officer.channel, officer.bot, officer.account, f"b{next(numbers)}", Text(text))
    return gv.database.write(partial(_take, gv, incoming))


def _take(gv: Town, incoming: Incoming, db: Connection) -> int | None:
    return take_once(db, gv.world, incoming, gv.now)


def bare(path: Path, turns: int, together: int) -> None:
    """The same four statements (key, state, new state, reply) without anything around them."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY, channel, bot, account, message UNIQUE)")
    db.execute("CREATE TABLE IF NOT EXISTS state (account TEXT PRIMARY KEY, body)")
    db.execute("CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, account, body)")
    body = "x" * 400
    for start in range(0, turns, together):
        db.execute("BEGIN IMMEDIATE")
        for number in range(start, start + together):
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
        ("interview", interviewing, "advance"),
        ("texts", asking, "worded"),
        ("JSON", interviewing, "to_json"),
        ("JSON", interviewing, "from_json"),
        ("JSON", turn, "encode"),
        ("turn", turn, "take"),
    )
    with ExitStack() as patches:
        for name, owner, attribute in parts:
            patches.enter_context(patch.object(owner, attribute, wrap(name, getattr(owner, attribute))))
        yield


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bot.db"
        migrate(url)
        with open_database(url) as database:
            gv = town(database)
            officers = [gv.joined("propagandist", f"P10-KP{n % 13 + 1:02}") for n in range(CHATS)]
            report = (*BEGIN, *STEPS, *SEND)
            converse(gv, officers, report)
            alone = measure(ROUNDS * len(report), partial(converse, gv, officers[:1], report * ROUNDS))
            steps = step_by_step(gv, officers)
            many = measure(ROUNDS * len(report) * CHATS, partial(converse, gv, officers, report * ROUNDS))
            spent: dict[str, float] = defaultdict(float)
            with timed(spent):
                converse(gv, officers, report)
        bare_alone = measure(2000, partial(bare, Path(folder) / "bare.db", 2000, 1))
        bare_many = measure(CHATS * 200, partial(bare, Path(folder) / "bare.db", CHATS * 200, CHATS))
    print(alone.row("a whole report, one chat"))
    print(many.row(f"a whole report, {CHATS} chats waiting"))
    print(steps.row(f"an interview step, {CHATS} chats waiting"))
    print(bare_alone.row("four bare statements, one commit each"))
    print(bare_many.row(f"four bare statements, {CHATS} a commit"))
    ratio = (steps.cpu / steps.turns) / (bare_many.cpu / bare_many.turns)
    print(f"CPU of an interview step with {CHATS} waiting: {ratio:.1f} times the bare statements'")
    total = sum(spent.values())
    print("of a turn: " + ", ".join(f"{name} {part / total:.0%}" for name, part in sorted(spent.items())))


if __name__ == "__main__":
    main()
