"""Reads a raw update, commits it or sets it aside, and only then lets it be acknowledged."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from channels.ports import Now, Submit
from channels.telegram.client import Client
from channels.telegram.outage import Outage
from channels.telegram.presses import Presses
from channels.telegram.reading import CHANNEL, Heard, MalformedUpdate, read, update_id
from storage.conversation.turns import park, take_key
from storage.db.database import Database
from storage.db.writer import Unavailable

MAX_PARKED = 100_000
"""Characters kept of an update that cannot be read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unread:
    """An update that cannot be read, with the reason."""

    raw: Any
    reason: str


class TelegramIntake:
    """The way in that polling and webhook share. `look` never fails; `take` fails only when the database does."""

    def __init__(self, client: Client, database: Database, submit: Submit, now: Now, outage: Outage) -> None:
        self.presses = Presses(client)
        self._bot = client.bot_id
        self._database = database
        self._submit = submit
        self._now = now
        self._outage = outage

    def look(self, raw: Any) -> Heard | Unread | None:
        """Read an update. None if it says nothing to us."""
        try:
            return read(raw, self._bot)
        except MalformedUpdate as error:
            return Unread(raw, str(error))
        except Exception as error:  # noqa: BLE001 (one odd update must not hold up everybody's)
            return Unread(raw, type(error).__name__)

    async def take(self, item: Heard | Unread) -> None:
        """Return once the update is committed. If the database failed, tell the person once and raise `Unavailable`."""
        try:
            if isinstance(item, Unread):
                await self._set_aside(item)
            else:
                await self._submit(item.incoming)
        except Unavailable:
            self._tell(item)
            raise
        self._outage.worked()
        if isinstance(item, Heard) and item.press:
            self.presses.settle(item.press)

    @property
    def is_out(self) -> bool:
        """Whether nothing can be stored at the moment."""
        return self._outage.is_on

    def wait_behind(self, raw: Any) -> None:
        """Note an update that has to wait until others are taken. In an outage its sender is told, once."""
        item = self.look(raw)
        if self.is_out and item is not None:
            self._tell(item)

    def _tell(self, item: Heard | Unread) -> None:
        if self._outage.failed(lane(item)) and isinstance(item, Heard):
            self.presses.tell_of_outage(item)

    async def _set_aside(self, item: Unread) -> None:
        number = update_id(item.raw)
        log.error("Update %s cannot be read and was parked: %s", number, item.reason)
        body = json.dumps(item.raw, ensure_ascii=True)[:MAX_PARKED]
        await self._database.awrite(_parking(self._bot, f"update:{number}", body, item.reason, self._now))


def _parking(bot: str, key: str, body: str, reason: str, now: Now) -> Callable[[Connection], None]:
    def job(db: Connection) -> None:
        identity = {"channel": CHANNEL, "bot": bot, "account": "", "message_id": key}
        row = take_key(db, identity, now())
        if row is not None:
            park(db, row, body, reason)

    return job


def lane(item: Heard | Unread) -> str:
    """Name the person whose updates must keep their order."""
    return item.incoming.account if isinstance(item, Heard) else ""
