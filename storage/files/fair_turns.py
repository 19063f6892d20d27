"""Lets one pass at a time, in an order that is fair to people: those with many waiting let others' first ones pass."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class FairTurns:
    """People wait in a circle, each with a queue of their own. Use it within one event loop."""

    def __init__(self) -> None:
        self._is_busy = False
        self._waiting: dict[int, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, person_id: int) -> AsyncIterator[None]:
        """Wait for this person's turn and hold it."""
        if self._is_busy:
            await self._wait(person_id)
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = self._call_next()

    async def _wait(self, person_id: int) -> None:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(person_id, deque()).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():  # it was this one's turn already
                self._is_busy = self._call_next()
            raise

    def _call_next(self) -> bool:
        """Call the person who has waited longest since their last turn, and tell whether there was one."""
        while self._waiting:
            person_id, queue = next(iter(self._waiting.items()))
            del self._waiting[person_id]
            called = queue.popleft()
            if queue:
                self._waiting[person_id] = queue
            if not called.done():
                called.set_result(None)
                return True
        return False
