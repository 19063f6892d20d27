"""`python -m bench.soak`: the whole process for an hour (SOAK_MINUTES), against a Telegram that misbehaves.

20 people report one event after the other as people do, thinking for some seconds before each answer, while one call
in twenty goes wrong: time-outs before and after taking effect, broken connections, errors, pages of HTML, 429, updates
twice. At the end every report that was sent must be stored once and confirmed. A line a minute says how it goes.
"""

import asyncio
import os
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.telegram import FakeTelegram, Mishap, serving
from tests.fakes.telegram.world import Chat
from tests.integration.crash.crowd import Crowd
from tests.integration.crash.town import check, prepare_town
from tests.process import BotProcess

MINUTES = float(os.environ.get("SOAK_MINUTES", "60"))
PEOPLE = 20
MISHAPS = 0.05
SILENT = (Mishap.SILENT_BEFORE, Mishap.SILENT_AFTER)
KINDS = (*SILENT, *(mishap for mishap in Mishap if mishap not in SILENT for _ in range(9)))
"""A line that goes dead is the rarest: each time nothing comes from Telegram for three quarters of a minute."""
THINKING = (2.0, 12.0)
"""Seconds that somebody takes before the next answer."""
SETTLE_SECONDS = 300.0
"""For everybody to come to the end of the report that they are at."""


class People:
    """The crowd at a human pace; `took` are the answers' times in seconds."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._chance = random.Random(0)  # noqa: S311 (so that every run is alike)
        self._since: dict[int, float] = {}
        self.took: list[float] = []
        self.crowd = Crowd(fake, PEOPLE, self._act_soon)
        hear = fake.world.on_message
        assert hear
        self._hear = hear
        fake.world.on_message = self._timed

    def _act_soon(self, chat: int, action: Callable[[], object]) -> None:
        def act() -> None:
            self._since[chat] = time.monotonic()
            action()

        asyncio.get_running_loop().call_later(self._chance.uniform(*THINKING), act)

    def _timed(self, chat: Chat, message: dict[str, Any]) -> None:
        since = self._since.pop(chat.id, None)
        if since is not None:
            self.took.append(time.monotonic() - since)
        self._hear(chat, message)

    async def come_to_an_end(self) -> None:
        self.crowd.is_enough = True
        end = time.monotonic() + SETTLE_SECONDS
        while not self.crowd.rests and time.monotonic() < end:
            await asyncio.sleep(0.5)
        assert self.crowd.rests, self.crowd.stuck()


def memory_mb(pid: int) -> float:
    """Return the memory that the process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def watch(people: People, process: BotProcess, minutes: float) -> list[float]:
    """Watch for so many minutes, print a line a minute, and return the memory at each."""
    print("minute  reports  answers  median s   p99 s   max s  memory MB", flush=True)
    memory = []
    start = time.monotonic()
    for minute in range(1, max(1, round(minutes)) + 1):
        await asyncio.sleep(max(0.0, start + 60 * min(minute, minutes) - time.monotonic()))
        memory.append(memory_mb(process.pid))
        took = sorted(people.took)
        slow = took[int(len(took) * 0.99)]
        print(
            f"{minute:6}{people.crowd.confirmed:9}{len(took):9}{statistics.median(took):10.3f}{slow:8.2f}{took[-1]:8.2f}"
            f"{memory[-1]:11.1f}",
            flush=True,
        )
    return memory


async def soak(folder: Path) -> None:
    codes = prepare_town(folder, PEOPLE)
    async with serving() as fake:
        fake.world.keep_calls = False
        fake.world.rates.enforced = True
        fake.trouble.by_chance(MISHAPS, 1, *KINDS)
        settings = {
            "BOT_DATABASE_URL": "sqlite:///bot.db",
            "BOT_MEDIA": "media",
            "BOT_TELEGRAM_TOKEN": fake.token,
            "BOT_TELEGRAM_API": fake.url,
        }
        process = BotProcess(folder, settings)
        await process.start()
        people = People(fake)
        people.crowd.join(codes)
        memory = await watch(people, process, MINUTES)
        await people.come_to_an_end()
        assert await process.end(signal.SIGTERM) == 0
        updates = fake.world.updates.made
    check(folder, people.crowd)
    print(
        f"\n{people.crowd.confirmed} reports by {PEOPLE} people, {updates} updates, {fake.trouble.happened} mishaps: "
        f"nothing lost, nothing doubled.\nMemory {memory[0]:.1f} MB after a minute, {memory[-1]:.1f} MB at the end."
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(Path(folder)))


if __name__ == "__main__":
    main()
