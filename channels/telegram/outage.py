"""Keeps track of times when nothing can be stored. The log is told once a minute, each person once.

In an outage nothing is acknowledged, so that Telegram keeps everything. The notice to a person is the one message that
never stood in the outbox (reliability R1). It reaches the people whose updates Telegram shows us. By polling these are
the senders of the hundred oldest updates, since asking for more would confirm those; by webhook it is everybody whose
update is brought meanwhile.
"""

import logging
from collections.abc import Callable

from channels.telegram.limits import LONG_OUTAGE_SECONDS

LOG_EVERY_SECONDS = 60.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0

log = logging.getLogger(__name__)


class Outage:
    """Whether the database fails, since when, and who was told."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: float | None = None
        self._logged = 0.0
        self._told: set[str] = set()

    @property
    def is_on(self) -> bool:
        """Whether the latest attempt to store something failed."""
        return self._since is not None

    def failed(self, account: str) -> bool:
        """Note a failure, and tell whether this account is to be told of it now."""
        now = self._monotonic()
        if self._since is None:
            self._since, self._logged = now, now - LOG_EVERY_SECONDS
        if now - self._logged >= LOG_EVERY_SECONDS:
            self._logged = now
            self._say(now - self._since)
        if account in self._told:
            return False
        self._told.add(account)
        return True

    def worked(self) -> None:
        """Note that something was stored: the outage, if there was one, is over."""
        if self._since is not None:
            log.warning("Updates are stored again after %.0f s.", self._monotonic() - self._since)
            self._since = None
            self._told.clear()

    @staticmethod
    def _say(seconds: float) -> None:
        level = logging.CRITICAL if seconds >= LONG_OUTAGE_SECONDS else logging.ERROR
        log.log(
            level,
            "The database has taken nothing for %.0f s. Nothing is lost while Telegram keeps it, which is 24 hours: "
            "check BOT_DATABASE_URL, the disk and the server.",
            seconds,
        )


def pause(attempt: int) -> float:
    """Seconds before trying again for the `attempt`th time, counted from 0."""
    return float(min(FIRST_PAUSE * 2 ** min(attempt, 10), LONGEST_PAUSE))
