"""The real process, `python -m bot …`, in a folder of its own."""

import asyncio
import io
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from tests.waiting import until

ROOT = Path(__file__).parents[1]
_PORTS = count(10_100 + os.getpid() % 2_000 * 10)
"""Below what the system hands out by itself, so that nobody takes one before a process (or its next life) listens at
it; above 10,080, the last port that browsers refuse to open. Each process that runs tests begins elsewhere."""
_OURS: list[socket.socket] = []
"""Each claims a port's number, as long as this process lives, by UDP, which nobody speaks here."""


def environment(**settings: str) -> dict[str, str]:
    """Of an installation in the working directory: these settings and no others, the code and the plan from here.

    What is compiled is kept, whatever else is said outside: a hundred starts would compile all of it a hundred times.
    """
    unwanted = ("BOT_", "PYTHONDONTWRITEBYTECODE")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**outside, "PYTHONPATH": str(ROOT), "BOT_PLAN": str(ROOT / "plan"), **settings}


def free_port() -> int:
    """A port at which nothing listens, and which no other process that runs tests is given."""
    for port in _PORTS:
        claim = socket.socket(type=socket.SOCK_DGRAM)
        try:
            claim.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _OURS.append(claim)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("unreachable: ports are counted without end")


async def nothing_is_in_hand(database: Path) -> None:
    """Wait until each message was sent and that was noted: one in hand at a kill waits for its lease to lapse."""

    def in_hand() -> int:
        with closing(sqlite3.connect(database)) as db:
            query = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
            return int(db.execute(query).fetchone()[0])

    await until(lambda: not in_hand())


class BotProcess:
    """One installation: its folder, its settings, and at most one process that serves it."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.log = folder / "log"
        self._environment = environment(BOT_PORT="0") | dict(settings)
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await self._execute("run", stderr=log)

    async def end(self, how: signal.Signals) -> int:
        """Send it a signal and wait for its end; its exit code, negative for a signal."""
        assert self._process
        self._process.send_signal(how)
        return await self._process.wait()

    async def _execute(self, *arguments: str, **streams: int | io.BufferedWriter) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "bot", *arguments)
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=self._folder,
            env=self._environment,
            **streams,  # type: ignore[arg-type]
        )
