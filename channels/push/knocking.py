"""Knocks at the browsers of those who have something waiting that nobody pushed to them on another channel.

What goes out says only that something waits: no report, no name. Outcomes are those of every delivery: what surely did
not go is tried again, what may have gone is not, and an address that is gone is forgotten.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from channels.push.limits import AT_ONCE, LOOK_SECONDS, MAX_ATTEMPTS
from locales import texts
from messages.pushing import Subscription
from scheduler.outcomes import Ambiguous, Impossible, NotSent, Outcome, Unreachable, pause
from scheduler.waiting import comes_within
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import subscriptions
from storage.delivery.subscriptions import LONGEST_WAIT, Knock

log = logging.getLogger(__name__)


class Sends(Protocol):
    """Sends one knock."""

    async def send(self, to: Subscription, text: bytes) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class PushSettings:
    """What signs our knocks, and our own address, which push services may write to when something is wrong."""

    secret: bytes
    public_url: str

    @property
    def subject(self) -> str:
        return self.public_url if self.public_url.startswith("https://") else ""

    def public_key(self) -> str:
        """The key that a page subscribes with."""
        from channels.push.encrypting import public_part, server_key  # loaded once somebody asks
        from messages.base64url import to_base64url

        return to_base64url(public_part(server_key(self.secret)))


class Knocking:
    """Looks now and then whom to knock for. `now` is the conversation's clock, `machine` the machine's."""

    def __init__(
        self,
        database: Database,
        settings: PushSettings,
        *,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._database = database
        self._settings = settings
        self._now = now
        self._machine = machine
        self._chance = chance

    async def run(self, stop: asyncio.Event) -> None:
        """Knock until `stop`."""
        async with AsyncExitStack() as open_things:
            sends: Sends | None = None
            while not stop.is_set():
                try:
                    if await self._is_any_due():
                        sends = sends or await self._sender(open_things)
                        await self.knock(sends)
                except (Unavailable, SQLAlchemyError) as error:
                    log.warning("Pushes wait for the database: %s", type(error).__name__)
                await comes_within(stop, LOOK_SECONDS)

    async def knock(self, sends: Sends) -> int:
        """Knock once for up to `AT_ONCE` browsers, and return for how many."""
        now, machine = self._now(), self._machine()
        knocks = await self._database.awrite(lambda db: subscriptions.take(db, AT_ONCE, machine, now))
        outcomes = await asyncio.gather(*(sends.send(each.subscription, text_of(each.language)) for each in knocks))
        tried = list(zip(knocks, outcomes, strict=True))
        if tried:
            await self._database.awrite(lambda db: self._settle(db, tried))
        return len(tried)

    async def _is_any_due(self) -> bool:
        now, machine = self._now(), self._machine()
        return await self._database.aread(lambda db: subscriptions.is_any_due(db, machine, now))

    async def _sender(self, open_things: AsyncExitStack) -> Sends:
        from channels.push.sender import PushSender, session  # 12 MB that most installations never need

        client = await open_things.enter_async_context(session())
        return PushSender(client, self._settings.secret, self._settings.subject, self._machine)

    def _settle(self, db: Connection, tried: Sequence[tuple[Knock, Outcome]]) -> None:
        over: list[Knock] = []
        for knock, outcome in tried:
            if isinstance(outcome, Unreachable):
                subscriptions.end(db, knock.subscription.endpoint)
            elif isinstance(outcome, NotSent) and knock.attempts + 1 < MAX_ATTEMPTS:
                wanted = outcome.retry_in if outcome.retry_in is not None else pause(knock.attempts, self._chance())
                wait = min(timedelta(seconds=wanted), LONGEST_WAIT)
                subscriptions.put_off(db, knock, self._machine() + wait)
            else:
                over.append(knock)
            if isinstance(outcome, (Ambiguous, Impossible)):
                log.warning("A push may not have arrived: %s", outcome.reason)
        subscriptions.knocked(db, over)


def text_of(language: str) -> bytes:
    """What a knock says, as the page's service worker reads it."""
    say = texts(language)
    said = {"title": say("Something new is waiting for you"), "text": say("Tap to open it.")}
    return json.dumps(said, ensure_ascii=False).encode()
