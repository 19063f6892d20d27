"""Waits for an event, but not for ever, as every loop of the process does between two looks."""

import asyncio


async def comes_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait so long for an event, and tell whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
