"""A wait says whether what it waited for came."""

import asyncio

from scheduler.waiting import comes_within


async def test_it_tells_what_came_from_what_did_not() -> None:
    event = asyncio.Event()
    assert not await comes_within(event, 0.0)
    event.set()
    assert await comes_within(event, 60.0)
