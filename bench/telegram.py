"""`python -m bench.telegram` holds one conversation of eight steps with our bot and with stock libraries.

(a) ours: every step is on the disk before it is answered. (b) aiogram: Dispatcher, state machine in memory, stock
polling. (c) python-telegram-bot: ConversationHandler in memory. (d) the same with PicklePersistence flushed at every
step and 1,000 people known. Each runs in a process of its own against a server in this one, with 1, 16 and 64 people
who type as soon as they are answered. Only ratios within a run mean anything.
"""

import asyncio
import os
import pickle
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import Process
from dataclasses import dataclass
from pathlib import Path

from bench.telegram_chats import Crowd
from bench.telegram_script import TYPED, script
from tests.fakes.telegram import FakeTelegram, serving

CHATS = (1, 16, 64)
CONTENDERS = {
    "ours": "(a) ours, durable",
    "aiogram": "(b) aiogram, memory",
    "ptb": "(c) PTB, memory",
    "ptb-pickle": "(d) PTB, pickle",
}
WARM_SECONDS = 1.0
MEASURED_SECONDS = 3.0
START_SECONDS = 40.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """The figures of one contender at one number of chats."""

    steps_a_second: float
    cpu_us: float
    median_ms: float
    p99_ms: float


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def start(name: str, fake: FakeTelegram, folder: Path) -> Process:
    """Start a contender's process, and return once it polls."""
    module = "bench.telegram_ours" if name == "ours" else "bench.telegram_others"
    last = [str(max(CHATS))] if name == "ours" else []
    first = [] if name == "ours" else [name]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", module, *first, fake.token, fake.url, str(folder), *last
    )
    end = time.monotonic() + START_SECONDS
    while not fake.is_polled and time.monotonic() < end and process.returncode is None:
        await asyncio.sleep(0.05)
    assert fake.is_polled, f"{name} did not start"
    return process


async def measure(fake: FakeTelegram, pid: int, chats: int) -> Figures:
    """Measure one number of chats, once they have warmed up."""
    crowd = Crowd(fake, TYPED)
    crowd.begin(chats)
    await asyncio.sleep(WARM_SECONDS)
    crowd.took.clear()
    cpu, at = cpu_seconds(pid), time.perf_counter()
    await asyncio.sleep(MEASURED_SECONDS)
    took, spent, passed = sorted(crowd.took), cpu_seconds(pid) - cpu, time.perf_counter() - at
    crowd.end()
    await asyncio.sleep(0.5)
    return Figures(
        steps_a_second=len(took) / passed,
        cpu_us=spent / len(took) * 1e6,
        median_ms=statistics.median(took) * 1e3,
        p99_ms=took[int(len(took) * 0.99)] * 1e3,
    )


async def contend(name: str, folder: Path) -> list[Figures]:
    """Measure a contender at each number of chats."""
    async with serving(repeat_pause=0.0) as fake:
        fake.world.keep_calls = False
        process = await start(name, fake, folder)
        try:
            return [await measure(fake, process.pid, chats) for chats in CHATS]
        finally:
            process.kill()
            await process.wait()


def show(results: dict[str, list[Figures]]) -> None:
    print(f"{'':22}" + "".join(f"{f'{chats} chats':>34}" for chats in CHATS))
    print(f"{'':22}" + f"{'steps/s':>9}{'CPU µs':>8}{'med ms':>8}{'p99 ms':>9}" * len(CHATS))
    for name, row in results.items():
        cells = (f"{f.steps_a_second:9.0f}{f.cpu_us:8.0f}{f.median_ms:8.1f}{f.p99_ms:9.1f}" for f in row)
        print(f"{CONTENDERS[name]:22}" + "".join(cells))
    print("\nours in steps a second, against:")
    for name, row in results.items():
        if name != "ours":
            ratios = (
                f"{ours.steps_a_second / other.steps_a_second:33.2f}x"
                for ours, other in zip(results["ours"], row, strict=True)
            )
            print(f"{CONTENDERS[name]:22}" + "".join(ratios))


def main() -> None:
    names = sys.argv[1:] or list(CONTENDERS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "script.pickle").write_bytes(pickle.dumps(script(folder)))
        results = {name: asyncio.run(contend(name, folder)) for name in names}
    show(results)


if __name__ == "__main__":
    main()
