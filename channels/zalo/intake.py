"""Turns a raw update into a committed turn, the same way for polling and for the webhook.

While nothing can be stored, each sender is told once an outage, by the one message that never stood in the outbox
(reliability R1). It reaches the people whose updates the platform hands over. By webhook these are all who write; by
polling only the sender of the update in hand, since further updates, once fetched, could not be kept here.
"""

import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from sqlalchemy import Connection

from channels.ports import Now, Submit
from channels.zalo import CHANNEL
from channels.zalo.limits import REMEMBERED
from channels.zalo.parse import Ignored, UnreadableUpdate, Update, fingerprint, to_incoming
from messages import Incoming
from storage.conversation import turns as conversation
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import usage

log = logging.getLogger(__name__)


class ZaloIntake:
    """One bot's updates; `notice(account)` tells somebody that their message is not stored yet."""

    def __init__(
        self,
        bot: str,
        *,
        submit: Submit,
        database: Database,
        now: Now,
        notice: Callable[[str], Awaitable[None]],
    ) -> None:
        self.bot = bot
        self._submit = submit
        self._database = database
        self._now = now
        self._notice = notice
        self._told: set[str] = set()
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def take(self, update: Update) -> bool:
        """Commit an update; false if it was taken before. Raises `Unavailable` when nothing could be stored."""
        parsed = to_incoming(self.bot, update)
        if isinstance(parsed, Ignored):
            return False
        key = fingerprint(update) if isinstance(parsed, UnreadableUpdate) else f"{parsed.account}:{parsed.message_id}"
        if key in self._seen:
            return False
        try:
            await (self._park(update, parsed) if isinstance(parsed, UnreadableUpdate) else self._submit(parsed))
        except Unavailable:
            if isinstance(parsed, Incoming):
                await self._tell(parsed.account)
            raise
        self._told.clear()
        if isinstance(parsed, Incoming):
            await self._count()
        self._remember(key)
        return True

    async def _tell(self, account: str) -> None:
        """Tell somebody once until something is stored again: a webhook repeats its calls often."""
        if account not in self._told:
            self._told.add(account)
            await self._notice(account)

    async def _count(self) -> None:
        """Count an update. It is committed, so a failing meter is no reason to refuse it."""
        month = usage.month_of(self._now())
        try:
            await self._database.awrite(lambda db: usage.add(db, CHANNEL, self.bot, month, received=1))
        except Unavailable:
            log.warning("zalo bot %s: an incoming message is missing from the meter", self.bot)

    async def _park(self, update: Update, why: UnreadableUpdate) -> None:
        log.error("zalo bot %s: an update was parked: %s", self.bot, why.why)
        key = {"channel": CHANNEL, "bot": self.bot, "account": "", "message_id": fingerprint(update)}

        def keep(db: Connection) -> None:
            row = conversation.take_key(db, key, self._now())
            if row is not None:
                conversation.park(db, row, json.dumps(update), why.why)

        await self._database.awrite(keep)

    def _remember(self, key: str) -> None:
        self._seen[key] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
