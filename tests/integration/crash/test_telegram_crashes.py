"""People report by Telegram while the process is killed at random moments: nothing is lost, nothing doubled.

A longer run: `make crash`.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram, Mishap, serving
from tests.integration.crash.crowd import Crowd
from tests.integration.crash.town import check, prepare_town
from tests.waiting import PATIENCE, until
from tests.warm import Warm, WarmProcess

PEOPLE = int(os.environ.get("CRASH_PEOPLE", "20"))
KILLS = int(os.environ.get("CRASH_KILLS", "16"))
LONGEST_LIFE = 0.8
"""Seconds of a process that is to be killed, from its first poll on."""
CONSTANTS: Mapping[str, object] = {
    "scheduler.claiming:LEASE": 1.0,
    "scheduler.delivery:REAP_SECONDS": 0.2,
    "channels.telegram.limits:CALL_SECONDS": 2,
    "channels.telegram.limits:POLL_SECONDS": 2,
    "channels.telegram.pace:PUBLIC": [400.0, 400, 100.0, 100],
}


def environment(fake: FakeTelegram) -> dict[str, str]:
    return {
        "BOT_DATABASE_URL": "sqlite:///bot.db",
        "BOT_MEDIA": "media",
        "BOT_TELEGRAM_TOKEN": fake.token,
        "BOT_TELEGRAM_API": fake.url,
    }


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm("channels.telegram.channel", constants=CONSTANTS) as parent:
        yield parent


async def live(fake: FakeTelegram, process: WarmProcess) -> None:
    """Start a process and wait for its first poll."""
    fake.forget_poll()
    await process.start()
    await until(lambda: fake.is_polled)


async def settle(crowd: Crowd) -> None:
    """Wait until there are reports enough to speak of and everybody has come to the end of theirs."""
    end = time.monotonic() + 2 * PATIENCE
    while not crowd.rests and time.monotonic() < end:
        crowd.is_enough = crowd.confirmed > PEOPLE
        await asyncio.sleep(0.05)
    assert crowd.rests, crowd.stuck()


@pytest.mark.timeout(600 + 4 * KILLS)
@pytest.mark.parametrize("weather", ["calm", "stormy"])
async def test_no_report_is_lost_or_doubled_by_kills(warm: Warm, tmp_path: Path, weather: str) -> None:
    chance = random.Random(f"{weather} {KILLS}")
    codes = prepare_town(tmp_path, PEOPLE)
    async with serving(repeat_pause=0.02) as fake:
        crowd = Crowd(fake, PEOPLE)
        crowd.join(codes)
        if weather == "stormy":
            fake.trouble.by_chance(0.05, 1, *(each for each in Mishap if each is not Mishap.SILENT_BEFORE))
        with WarmProcess(warm, tmp_path, environment(fake)) as process:
            for _ in range(KILLS // 2):
                await live(fake, process)
                await asyncio.sleep(chance.random() * LONGEST_LIFE)
                await process.kill()
            fake.trouble.stop()
            await live(fake, process)
            await settle(crowd)
            assert await process.end(signal.SIGTERM) == 0
    check(tmp_path, crowd)
    assert crowd.confirmed > PEOPLE
