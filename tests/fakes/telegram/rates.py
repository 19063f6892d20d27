"""Telegram's flood limits: 30 messages a second, about one a second in a chat after a burst, 20 a minute in a group."""

from collections.abc import Callable

from tests.fakes.telegram.refusals import Refusal

OVERALL = (30.0, 30.0)
PRIVATE = (1.0, 20.0)
GROUP = (20 / 60, 20.0)
"""Tokens a second, and how many may be saved up."""


class Rates:
    """Buckets of tokens by chat, and one for all."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._buckets: dict[int, tuple[float, float]] = {}
        self.enforced = False
        self.refused = 0

    def spend(self, chat: int, messages: int = 1) -> None:
        """Count messages to a chat; raise 429 if they are too many."""
        if not self.enforced:
            return
        for key, (rate, burst) in ((0, OVERALL), (chat, GROUP if chat < 0 else PRIVATE)):
            level, since = self._buckets.get(key, (burst, self._monotonic()))
            now = self._monotonic()
            level = min(burst, level + (now - since) * rate)
            if level < messages:
                self.refused += 1
                wait = int((messages - level) / rate) + 1
                raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            self._buckets[key] = (level - messages, now)
