"""`python -m bench.start` (or `make bench`) measures the time from start to first page, and the memory when idle.

It starts the bot without a platform, and with Telegram, whose heavy library should cost people in the browser nothing.
Each start is a process of its own on a prepared database. Its page is asked for all the time until Telegram is served;
the longest wait for an answer is printed beside the first. Only the ratio means anything on another machine.
"""

import asyncio
import re
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientConnectionError, ClientSession

from tests.fakes.telegram import serving
from tests.process import BotProcess, free_port

STARTS = 5
PAUSE = 0.01
"""Seconds between two requests."""
SETTLED = 2.0
"""Seconds after the last of the start, until the process counts as idle."""


@dataclass(frozen=True)
class Start:
    """Seconds to the first page, the longest wait for a page afterwards, to the last channel, and MB when idle."""

    first: float
    longest: float
    whole: float
    idle: float


async def start(folder: Path, settings: dict[str, str], last_line: str) -> Start:
    """Start it, ask for its page until `last_line` is in the log, and end it."""
    port = free_port()
    process = BotProcess(folder, {**settings, "BOT_PORT": str(port)})
    process.log.unlink(missing_ok=True)
    begun = time.perf_counter()
    await process.start()
    waits: list[float] = []
    first = 0.0
    async with ClientSession() as client:
        while not (first and last_line in process.log.read_text()):
            asked = time.perf_counter()
            try:
                async with client.get(f"http://127.0.0.1:{port}/") as answer:
                    assert answer.status == 200
            except ClientConnectionError:
                await asyncio.sleep(PAUSE)
                continue
            if first:
                waits.append(time.perf_counter() - asked)
            first = first or time.perf_counter() - begun
            await asyncio.sleep(PAUSE)
    whole = time.perf_counter() - begun
    await asyncio.sleep(SETTLED)
    idle = resident(process.pid)
    assert await process.end(signal.SIGTERM) == 0
    return Start(first, max(waits, default=0.0), whole, idle)


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    match = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert match
    return int(match[1]) / 1024


def row(name: str, starts: list[Start]) -> str:
    medians = [statistics.median(getattr(start, part) for start in starts) for part in ("first", "longest", "whole")]
    idle = max(start.idle for start in starts)
    return f"{name:<20}{medians[0]:>12.2f} s{medians[1]:>14.2f} s{medians[2]:>14.2f} s{idle:>10.0f} MB"


async def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        async with serving(repeat_pause=0.1) as telegram:
            token = {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API": telegram.url}
            await start(folder, {}, "listening at")  # makes the database
            alone, beside = [], []
            for _ in range(STARTS):
                alone.append(await start(folder, {}, "listening at"))
                beside.append(await start(folder, token, "Telegram: serving"))
    print(f"{'':<20}{'first page':>14}{'longest wait':>16}{'all channels':>16}{'idle':>13}")
    print(row("browser only", alone))
    print(row("with Telegram", beside))
    first = [statistics.median(start.first for start in starts) for starts in (beside, alone)]
    print(f"with Telegram the first page takes {first[0] / first[1]:.2f} times as long")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
