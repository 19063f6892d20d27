"""Waiting in tests: for what a person would see or a platform would get, never for a time."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from periods.days import ZONE

PATIENCE = 120.0
"""Seconds until what does not come has failed: far more than it takes, also where the machine does much else."""
ALMOST_OVER = timedelta(minutes=2)
"""Longer than a test takes from a report of today to looking it up, or to the week's figures."""


async def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait for an effect; fails when it does not come."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


def until_the_day_has_room() -> None:
    """In a day's last moments wait for the next: what was reported today would be looked up in another day, or week."""
    left = end_of_day(now := datetime.now(ZONE)) - now
    if left < ALMOST_OVER:
        time.sleep(left.total_seconds())


def end_of_day(now: datetime) -> datetime:
    """The first moment of tomorrow."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
