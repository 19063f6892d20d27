"""Telegram's side of a webhook: one update of a chat at a time, chats beside each other, again until a 2xx."""

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fakes.telegram.queue import Waiting
from tests.fakes.telegram.world import World

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
"""The real ones are 1 and 120 seconds."""
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Pusher:
    """The webhook that is set, if one is."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.failures = 0
        self.last_error = ""
        self.extra_deliveries = 0
        """So many of the next updates are delivered once more after their 200."""
        self.public, self.local = "", ""
        """A proxy at the public address, where TLS ends, and the bot behind it."""
        self._task: asyncio.Task[None] | None = None

    def set(self, params: dict[str, Any]) -> None:
        self.url = params.get("url", "")
        self.secret = params.get("secret_token", "")
        self.connections = int(params.get("max_connections", 40))
        self._task = self._task or (asyncio.create_task(self._push()) if self.url else None)

    async def remove(self) -> None:
        self.url = ""
        task, self._task = self._task, None
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def info(self) -> dict[str, Any]:
        error = {"last_error_message": self.last_error, "last_error_date": int(self._world.now())}
        known = {"url": self.url, "has_custom_certificate": False, "pending_update_count": len(self._world.updates)}
        return known | (error if self.last_error else {})

    async def _push(self) -> None:
        busy: dict[int, asyncio.Task[None]] = {}
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            while True:
                busy = {lane: task for lane, task in busy.items() if not task.done()}
                for waiting in self._world.updates.peek(1000):
                    if waiting.lane not in busy and len(busy) < self.connections:
                        task = asyncio.create_task(self._deliver(session, waiting))
                        busy[waiting.lane] = task
                await asyncio.sleep(0.002)

    async def _deliver(self, session: ClientSession, waiting: Waiting) -> None:
        pause = FIRST_PAUSE
        while not await self._once(session, waiting):
            self.failures += 1
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        if self.extra_deliveries:
            self.extra_deliveries -= 1
            await self._once(session, waiting)
        self._world.updates.drop(waiting.id)

    async def _once(self, session: ClientSession, waiting: Waiting) -> bool:
        url = self.url.replace(self.public, self.local, 1) if self.public else self.url
        try:
            async with session.post(url, json=waiting.body, headers={SECRET: self.secret}) as answer:
                self.last_error = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
                return answer.ok
        except (ClientError, TimeoutError) as error:
            self.last_error = type(error).__name__
            return False
