"""The process is killed between any two steps of a conversation; started again, nothing is lost and nothing doubled.

What must come out is exact: the whole database equals that of a conversation that nobody disturbed.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, select

from storage.tables import metadata
from tests.integration.dying import CONVERSATION

ROOT = Path(__file__).parents[2]
KILLS = {"sqlite": 12, "postgresql": 4}
"""How many of the steps are each one's last, spread over all of them; `make crash` takes them all."""
ASKED = int(os.environ.get("CRASH_KILLS", "0"))


class Process:
    """`tests.integration.dying`, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.dying"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._folder = folder
        self._numbers = count()

    def ask(self, **order: object) -> dict[str, int]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer

    def talks(self, url: str, die_at: int = 0) -> int:
        """The whole conversation, in two lives if the first one ends early; the steps of the last."""
        acknowledged = self._folder / f"acknowledged{next(self._numbers)}"
        acknowledged.write_text("0")
        first = self.ask(url=url, acknowledged=str(acknowledged), die_at=die_at)
        if die_at:
            assert first["code"] == -signal.SIGKILL, "a kill that hits nothing does not count"
            first = self.ask(url=url, acknowledged=str(acknowledged), die_at=0)
        assert first["code"] == 0
        assert acknowledged.read_text() == str(len(CONVERSATION))
        return first["steps"]

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    started = Process(tmp_path_factory.mktemp("dying"))
    yield started
    started.close()


@pytest.fixture
def new_url(database_url: str, process: Process, tmp_path: Path) -> Callable[[], str]:
    """A maker of databases with the plan in place and one invitation."""
    assert process.ask(url=database_url)["code"] == 0
    numbers = count()

    def copy() -> str:
        if database_url.startswith("sqlite"):
            place = tmp_path / f"copy{next(numbers)}.db"
            shutil.copy(database_url.removeprefix("sqlite:///"), place)
            return f"sqlite:///{place}"
        address, _, query = database_url.partition("?")
        server, _, name = address.rpartition("/")
        fresh = f"{name}_{next(numbers)}"
        with psycopg.connect(f"{server}/postgres?{query}", autocommit=True) as db:
            db.execute(f"CREATE DATABASE {fresh} TEMPLATE {name}".encode())
        return f"{server}/{fresh}?{query}"

    return copy


def content(url: str) -> dict[str, list[str]]:
    """Every row of every table. PostgreSQL's ids have gaps after a crash, so that there numbers are left out."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    has_gaps = engine.dialect.name == "postgresql"
    with engine.connect() as db:
        found = {table.name: [repr(row) for row in db.execute(select(table))] for table in metadata.sorted_tables}
    engine.dispose()
    return {name: sorted(re.sub(r"\d+", "#", row) if has_gaps else row for row in rows) for name, rows in found.items()}


@pytest.mark.timeout(600 + 4 * ASKED)
def test_a_process_killed_at_any_step_loses_and_doubles_nothing(process: Process, new_url: Callable[[], str]) -> None:
    undisturbed = new_url()
    steps = process.talks(undisturbed)
    expected = content(undisturbed)
    assert [len(expected[name]) for name in ("submission", "activity", "inbox")] == [1, 1, len(CONVERSATION)]
    kills = min(ASKED or KILLS["sqlite" if undisturbed.startswith("sqlite") else "postgresql"], steps - 1)
    assert kills > 1
    for at in range(kills):
        die_at = 1 + at * (steps - 1) // kills
        url = new_url()
        process.talks(url, die_at)
        assert content(url) == expected, f"killed at step {die_at} of {steps}"
