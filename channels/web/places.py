"""Limits the uploads under way. They are counted by person, so that nobody takes another's place."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from aiohttp import web

from channels.web.limits import MAX_OWN_UPLOADS, MAX_UPLOADS
from channels.web.refusals import RequestRefused

T = TypeVar("T")


class UploadPlaces:
    """Counts each person's uploads under way, whatever accounts and browsers they use."""

    def __init__(self) -> None:
        self._held: Counter[int] = Counter()

    @contextmanager
    def hold(self, person_id: int) -> Iterator[None]:
        """Hold one place. If none is free the request is refused; the page waits and tries again."""
        if self._held.total() >= MAX_UPLOADS or self._held[person_id] >= MAX_OWN_UPLOADS:
            raise RequestRefused(503, "busy")
        self._held[person_id] += 1
        try:
            yield
        finally:
            self._held[person_id] -= 1
            self._held += Counter()  # forgets who holds none


PLACES: web.AppKey[UploadPlaces] = web.AppKey("places", UploadPlaces)


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Wait for the work even if the sender goes away, so that what it began to store is handed over or dropped."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise
