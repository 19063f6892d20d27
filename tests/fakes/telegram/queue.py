"""The updates that wait for a bot, with getUpdates' own rules."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RETENTION_SECONDS = 86_400
FUTURE = 10
"""An offset so far beyond the last update is taken for one of another time, and confirms nothing."""


@dataclass(frozen=True)
class Waiting:
    """An update; it is kept for 24 hours from its message's date."""

    id: int
    body: dict[str, Any]
    date: float
    lane: int


class UpdateQueue:
    """What was not confirmed yet, in order."""

    def __init__(self, first: int, now: Callable[[], float]) -> None:
        self.next_id = first
        self._first = first
        self.arrived = asyncio.Event()
        self._now = now
        self._waiting: deque[Waiting] = deque()

    @property
    def made(self) -> int:
        """How many updates there have ever been."""
        return self.next_id - self._first

    def put(self, kind: str, payload: dict[str, Any], lane: int) -> int:
        number = self.next_id
        self.next_id += 1
        body = {"update_id": number, kind: payload}
        self._waiting.append(Waiting(number, body, self._now(), lane))
        self.arrived.set()
        return number

    def put_raw(self, body: Any) -> int:
        """Something that is no proper update, under a number of its own."""
        number = self.next_id
        self.next_id += 1
        self._waiting.append(Waiting(number, {"update_id": number} | body, self._now(), 0))
        self.arrived.set()
        return number

    def confirm(self, offset: int) -> None:
        """What getUpdates' offset does: above 0 it drops what is below, below 0 it keeps so many from the end."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset <= self.next_id + FUTURE:
            while self._waiting and self._waiting[0].id < offset:
                self._waiting.popleft()

    def drop(self, number: int) -> None:
        """What a webhook's 200 does."""
        self._waiting = deque(each for each in self._waiting if each.id != number)

    def peek(self, limit: int = 100) -> list[Waiting]:
        """The oldest that are not outdated."""
        while self._waiting and self._waiting[0].date < self._now() - RETENTION_SECONDS:
            self._waiting.popleft()
        self.arrived.clear()
        return [self._waiting[at] for at in range(min(limit, len(self._waiting)))]

    def __len__(self) -> int:
        return len(self._waiting)
