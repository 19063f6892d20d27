"""Wakes the open streams of a chat when something was queued for it, here or in another process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from channels.web.limits import LOOK_AROUND, MAX_STREAMS
from channels.web.refusals import RequestRefused
from storage.db.database import Database
from storage.delivery import pulled

log = logging.getLogger(__name__)


class Hub:
    """Wakes a chat once a commit, however many messages that holds. All but `hear` is used in the event loop only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._loop = asyncio.get_running_loop()
        self.is_closing = False
        database.on_commit(self.hear)

    def hear(self, accounts: frozenset[int]) -> None:
        """Take notice of a commit; called in the writer's thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, accounts)

    @contextmanager
    def stream(self, account_id: int) -> Iterator[asyncio.Event]:
        """Lend an event that is set whenever the chat may have something new."""
        streams = self._streams[account_id]
        if len(streams) >= MAX_STREAMS:
            raise RequestRefused(429, "too_many_tabs")
        event = asyncio.Event()
        streams.add(event)
        try:
            yield event
        finally:
            streams.discard(event)
            if not streams:
                self._streams.pop(account_id, None)

    async def look_around(self) -> None:
        """See what other processes queued, as long as a stream is open; ends by being cancelled."""
        newest: int | None = None
        while True:
            await asyncio.sleep(LOOK_AROUND)
            if not self._streams:
                newest = None
                continue
            try:
                newest = await self._look(newest)
            except SQLAlchemyError as error:
                log.warning("cannot look for messages: %s", type(error).__name__)

    def close(self) -> None:
        """Let every stream end; pages come back to the next process."""
        self.is_closing = True
        self._wake(frozenset(self._streams))

    async def _look(self, newest: int | None) -> int:
        seen = await self._database.aread(pulled.newest)
        if newest is None:  # streams have opened since the last look: nobody knows what they missed
            self._wake(frozenset(self._streams))
        elif seen > newest:
            self._wake(frozenset(await self._database.aread(lambda db: pulled.accounts_after(db, newest))))
        return seen

    def _wake(self, accounts: frozenset[int]) -> None:
        for account in accounts:
            for event in self._streams.get(account, ()):
                event.set()
