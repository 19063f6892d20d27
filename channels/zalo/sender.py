"""Sends for delivery, and says what Zalo's answers mean: sent, surely not sent, unknown, or impossible this way."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from channels.ports import Now
from channels.zalo import CHANNEL
from channels.zalo.answers import QUOTA, CallError, NotReached, ZaloRefused, ZaloUnclear
from channels.zalo.courier import ZaloCourier, ZaloIncomplete
from channels.zalo.limits import DATABASE_RETRY, MONTH_OVERLAP, QUOTA_RETRY, RATE_RETRY, SETUP_RETRY, TROUBLE_RETRY
from messages import Outgoing
from scheduler.outcomes import Ambiguous, AttachedFile, Delivered, Impossible, NotSent, Outcome, Spent, Unreachable
from storage.db.database import Database
from storage.db.writer import Unavailable
from storage.delivery import usage
from storage.delivery.usage import Stage, Usage

_PASSING: Mapping[int, tuple[str, float]] = {
    401: ("bad_token", SETUP_RETRY),
    403: ("platform_trouble", TROUBLE_RETRY),
    404: ("wrong_address", SETUP_RETRY),
    408: ("platform_trouble", TROUBLE_RETRY),
}
"""Refusals that say nothing about the message or its reader, with the seconds after which to try again."""
_NO_SUCH_CHAT = 400
"""The code that refuses a chat. Our texts are never empty or too long, so a bad request means the chat."""

log = logging.getLogger(__name__)


class ZaloSender:
    """One bot's sender for delivery."""

    channel = CHANNEL

    def __init__(self, bot: str, courier: ZaloCourier, database: Database, now: Now) -> None:
        self.bot = bot
        self._courier = courier
        self._database = database
        self._now = now

    async def send(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome:
        """Send one message; every failure is returned as an outcome."""
        try:
            return await self._try(address, message, files)
        except SQLAlchemyError as error:  # it is read before the first part goes out, and after a refusal
            return NotSent(type(error).__name__, DATABASE_RETRY)

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        """Do nothing: the platform has "typing", but nobody knows whether it counts as a message."""

    async def _try(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome:
        try:
            brought = await self._courier.bring(address, message, files)
        except ZaloIncomplete as error:
            await self._count(error.messages)
            return Ambiguous(str(error))
        except ZaloUnclear as error:
            await self._count(1)
            return Ambiguous(str(error))
        except CallError as error:
            return await self._not_sent(error)
        return Delivered(brought.external_id, brought.messages)

    async def _not_sent(self, error: CallError) -> Outcome:
        if isinstance(error, NotReached) or not isinstance(error, ZaloRefused):
            return NotSent("not_reached")
        if error.code == QUOTA:
            return await self._over_the_limit()
        if error.code == _NO_SUCH_CHAT:
            return Unreachable("refused")
        if error.code in _PASSING:
            reason, seconds = _PASSING[error.code]
            log.warning("zalo bot %s: %s (%d)", self.bot, reason, error.code)
            return NotSent(reason, seconds)
        return Impossible(f"refused_{error.code}")

    async def _over_the_limit(self) -> Outcome:
        """Judge a 429. The platform does not say which limit it means; our meter does.

        Nor does the platform say when its month ends: a used-up month may last a little longer than ours.
        """
        now = self._now()
        used = await self._database.aread(partial(self._used, now=now))
        before = await self._database.aread(partial(self._used, now=now - MONTH_OVERLAP))
        if used.stage < Stage.SCARCE and not before.refused:
            return NotSent("rate", RATE_RETRY)
        log.error("zalo bot %s: the month's quota is used up (%d messages)", self.bot, used.used)
        return Spent("quota", QUOTA_RETRY)

    def _used(self, db: Connection, now: datetime) -> Usage:
        return usage.of(db, CHANNEL, self.bot, usage.month_of(now))

    async def _count(self, messages: int) -> None:
        """Count the messages that went out, or may have, in a sending that failed: delivery does not count those."""
        month = usage.month_of(self._now())
        try:
            await self._database.awrite(lambda db: usage.add(db, CHANNEL, self.bot, month, sent=messages))
        except Unavailable:
            log.warning("zalo bot %s: %d sent messages are missing from the meter", self.bot, messages)
