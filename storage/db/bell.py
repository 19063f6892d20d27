"""Wakes the event loop from the writer's thread once a commit, however many futures that resolves.

Each wake is a system call, at which the loop's thread takes over from the writer's. With one wake a future, the two
threads would take turns for every message of a busy moment.
"""

import asyncio
from collections import defaultdict, deque
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
_Pair = tuple[Future[Any], asyncio.Future[Any]]


class Bell:
    """Turns futures of the writer into futures of event loops."""

    def __init__(self) -> None:
        self._resolved: deque[tuple[asyncio.AbstractEventLoop, _Pair]] = deque()

    def hear(self, future: Future[T]) -> asyncio.Future[T]:
        """Make a future of the running loop that gets the result of `future` at the next ring."""
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[T] = loop.create_future()
        future.add_done_callback(lambda done: self._resolved.append((loop, (done, heard))))
        if future.done():  # perhaps its ring is over
            self.ring()
        return heard

    def ring(self) -> None:
        """Tell each loop what has been resolved since the last ring; may be called in any thread."""
        by_loop: dict[asyncio.AbstractEventLoop, list[_Pair]] = defaultdict(list)
        while self._resolved:
            try:
                loop, pair = self._resolved.popleft()
            except IndexError:  # another thread rings, too
                break
            by_loop[loop].append(pair)
        for loop, pairs in by_loop.items():
            with suppress(RuntimeError):  # a loop that is closed waits for nothing
                loop.call_soon_threadsafe(_tell, pairs)


def _tell(pairs: list[_Pair]) -> None:
    for future, heard in pairs:
        if heard.cancelled():
            continue
        error = future.exception()
        if error is None:
            heard.set_result(future.result())
        else:
            heard.set_exception(error)
