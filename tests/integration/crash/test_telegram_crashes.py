"""Fifty people report by Telegram while the process is killed at random moments: nothing is lost, nothing doubled.

A longer run: `CRASH_KILLS=1000 python -m pytest tests/integration/crash`.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, select

from bot.clock import system_now
from bot.prepare import prepare
from bot.settings import Settings
from handlers.invitations import make_invitation
from storage import people
from storage import tables as t
from tests.fakes.telegram import FakeTelegram, Mishap, serving
from tests.integration.crash.crowd import Crowd
from tests.integration.crash.warm import Warm

PEOPLE = 50
KILLS = int(os.environ.get("CRASH_KILLS", "60"))
LONGEST_LIFE = 0.8
"""Seconds of a process that is to be killed, from its first poll on."""
CONSTANTS: Mapping[str, object] = {
    "scheduler.claiming:LEASE": 1.0,
    "scheduler.delivery:REAP_SECONDS": 0.2,
    "channels.telegram.limits:CALL_SECONDS": 2,
    "channels.telegram.limits:POLL_SECONDS": 2,
    "channels.telegram.pace:PUBLIC": [400.0, 400, 100.0, 100],
}


def prepare_town(folder: Path) -> list[str]:
    """A database with an invitation for each; their codes."""
    ready = prepare(Settings(database_url=f"sqlite:///{folder / 'bot.db'}"), system_now())
    codes = [ready.world.chance() for _ in range(PEOPLE)]

    def job(db: Connection) -> None:
        unit = people.unit_id(db, "P10-KP05")
        assert unit is not None
        for code in codes:
            make_invitation(db, code, role="propagandist", unit_id=unit, by=None, now=system_now())

    ready.database.write(job).result()
    ready.database.close()
    return codes


def environment(fake: FakeTelegram) -> dict[str, str]:
    return {
        "BOT_DATABASE_URL": "sqlite:///bot.db",
        "BOT_MEDIA": "media",
        "BOT_TELEGRAM_TOKEN": fake.token,
        "BOT_TELEGRAM_API": fake.url,
        "BOT_PORT": "0",
    }


def stored_reports(folder: Path) -> dict[str, list[int]]:
    """The number of women in each report, by the Telegram id of who sent it."""
    engine = create_engine(f"sqlite:///{folder / 'bot.db'}")
    found: dict[str, list[int]] = {}
    with engine.connect() as db:
        query = (
            select(t.account.c.external_id, t.activity.c.women)
            .join(t.submission, t.submission.c.id == t.activity.c.submission_id)
            .join(t.account, t.account.c.person_id == t.submission.c.person_id)
        )
        for account, women in db.execute(query):
            found.setdefault(account, []).append(women)
    engine.dispose()
    return found


async def live(fake: FakeTelegram, warm: Warm) -> None:
    """Start a process and wait for its first poll."""
    fake.forget_poll()
    await warm.start()
    end = time.monotonic() + 15
    while not fake.is_polled and time.monotonic() < end:
        await asyncio.sleep(0.005)
    assert fake.is_polled, "the process did not come to poll"


async def settle(crowd: Crowd, seconds: float) -> None:
    """Wait until everybody has come to the end of a report."""
    crowd.is_enough = True
    end = time.monotonic() + seconds
    while not crowd.rests and time.monotonic() < end:
        await asyncio.sleep(0.05)
    assert crowd.rests, crowd.stuck()


def check(folder: Path, crowd: Crowd) -> None:
    """Every report that somebody sent is stored once, and was confirmed to them."""
    stored = stored_reports(folder)
    for chat, reporter in crowd.reporters.items():
        sent = list(range(1, reporter.number))
        assert sorted(stored.get(str(chat), [])) == sent
        assert sorted(set(reporter.receipts)) == sent
    assert crowd.apologies == []


@pytest.mark.timeout(180 + 4 * KILLS)
@pytest.mark.parametrize("weather", ["calm", "stormy"])
async def test_no_report_is_lost_or_doubled_by_kills(tmp_path: Path, weather: str) -> None:
    chance = random.Random(f"{weather} {KILLS}")
    codes = prepare_town(tmp_path)
    async with serving(repeat_pause=0.02) as fake, Warm(tmp_path, environment(fake), CONSTANTS) as warm:
        crowd = Crowd(fake, PEOPLE)
        crowd.join(codes)
        if weather == "stormy":
            fake.trouble.by_chance(0.05, 1, *(each for each in Mishap if each is not Mishap.SILENT_BEFORE))
        for _ in range(KILLS // 2):
            await live(fake, warm)
            await asyncio.sleep(chance.random() * LONGEST_LIFE)
            assert await warm.end(signal.SIGKILL) == -signal.SIGKILL, "a kill that hits no live process does not count"
        fake.trouble.stop()
        await live(fake, warm)
        await settle(crowd, 60)
        assert await warm.end(signal.SIGTERM) == 0
    check(tmp_path, crowd)
    assert crowd.confirmed > PEOPLE
