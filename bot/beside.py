"""Loads a channel with a heavy library beside the running process, so that the page never waits for it.

Until it is there, its webhook answers 503, so that the platform repeats what it brings; polling has not begun.
"""

import asyncio
import gc
from collections.abc import Callable
from typing import Protocol, TypeVar

from aiohttp import web

from bot.supervisor import Service
from channels.web.security import Handler
from scheduler.delivery import Lane

T = TypeVar("T")
RETRY_AFTER = {"Retry-After": "5"}


class Platform(Protocol):
    """A channel as the process serves it."""

    bot: str
    lane: Lane

    def services(self) -> list[tuple[str, Service]]: ...

    async def handle(self, request: web.Request) -> web.Response: ...

    async def close(self) -> None: ...


class Late:
    """The address of a webhook that has no handler yet."""

    def __init__(self) -> None:
        self.handler: Handler | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.handler is None:
            return web.Response(status=503, headers=RETRY_AFTER)
        return await self.handler(request)


async def load(imports: Callable[[], T]) -> T:
    """Return what `imports` returns; it is imported in a worker while the event loop goes on.

    Meanwhile the garbage collector rests: a library is half a million objects that stay, and each of its looks at them
    would stop everything for up to half a second. Afterwards it never looks at the imported objects again.
    """
    gc.disable()
    try:
        return await asyncio.to_thread(imports)
    finally:
        gc.freeze()
        gc.enable()
