"""Waiting for an event, but not for ever: what every loop of the process does between two looks."""

import asyncio


async def comes_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait so long for an event; whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
