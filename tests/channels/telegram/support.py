"""What these tests stand on: a submit that remembers, and the channel's parts wired to the fake server."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from channels.telegram.client import Client
from channels.telegram.intake import TelegramIntake
from channels.telegram.outage import Outage
from channels.telegram.polling import Polling
from messages import Incoming
from storage.db.database import Database
from storage.db.writer import Unavailable
from tests.fakes.telegram import FakeTelegram
from tests.waiting import until

NOW = datetime(2020, 11, 4, 8, 0, tzinfo=UTC)
PATIENCE = 60
"""Seconds that the client waits for an answer."""
HASTY = 2
"""Seconds that it waits where a test is about an answer that never comes."""


class Recorder:
    """A submit that keeps each identity once, as the inbox does, and can be out of order."""

    def __init__(self) -> None:
        self.taken: dict[tuple[str, str], Incoming] = {}
        self.offered: list[Incoming] = []
        self.down = False
        self.held: dict[str, asyncio.Event] = {}
        """By message, what it waits for before it is taken."""

    async def __call__(self, incoming: Incoming) -> None:
        self.offered.append(incoming)
        if self.down:
            raise Unavailable("for a test")
        if incoming.message_id in self.held:
            await self.held[incoming.message_id].wait()
        self.taken.setdefault((incoming.account, incoming.message_id), incoming)

    @property
    def contents(self) -> list[object]:
        return [incoming.content for incoming in self.taken.values()]

    async def holds(self, count: int) -> None:
        """Wait until so many are taken."""
        await until(lambda: len(self.taken) >= count)
        assert len(self.taken) == count, self.contents


def make_intake(client: Client, database: Database, submit: Recorder) -> TelegramIntake:
    return TelegramIntake(client, database, submit, lambda: NOW, Outage(time.monotonic))


@asynccontextmanager
async def polled(
    fake: FakeTelegram, database: Database, submit: Recorder, patience: int = PATIENCE
) -> AsyncIterator[None]:
    """A poller at work."""
    client = Client(fake.token, fake.url, patience)
    stop = asyncio.Event()
    polling = Polling(client, make_intake(client, database, submit), time.monotonic, seconds=1)
    running = asyncio.create_task(polling.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running
        await client.close()
