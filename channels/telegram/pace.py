"""How fast Telegram lets a bot write: to all together, and to one chat."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SendingPace:
    """Messages a second, and how many may be saved up for a burst."""

    overall: float
    overall_burst: int
    chat: float
    chat_burst: int


PUBLIC = SendingPace(overall=30.0, overall_burst=30, chat=1.0, chat_burst=20)
"""What Telegram's own server is known to bear; it has the last word with 429."""


class ChatPace:
    """Each chat's bucket of places, and the pauses that Telegram asked for."""

    FORGET_ABOVE = 10_000
    """Chats remembered; past it, those whose bucket is full again are forgotten."""

    def __init__(self, pace: SendingPace, monotonic: Callable[[], float]) -> None:
        self._rate, self._burst = pace.chat, float(pace.chat_burst)
        self._monotonic = monotonic
        self._levels: dict[str, tuple[float, float]] = {}
        self._paused: dict[str, float] = {}

    def wait(self, chat: str, messages: int = 1) -> float:
        """Take a place for each of them: 0, or the seconds until there are so many (none is taken then).

        What is more than a whole burst goes with a full bucket, and the chat waits longer afterwards.
        """
        now = self._monotonic()
        if self._paused.get(chat, now) > now:
            return self._paused[chat] - now
        level = self._level(chat, now)
        needed = min(float(messages), self._burst)
        if level < needed:
            return (needed - level) / self._rate
        self._levels[chat] = (level - messages, now)
        if len(self._levels) > self.FORGET_ABOVE:
            self._levels = {
                known: held for known, held in self._levels.items() if self._level(known, now) < self._burst
            }
        return 0.0

    def pause(self, chat: str, seconds: float) -> int:
        """Telegram asked to leave a chat alone for so long; how many chats are paused now."""
        now = self._monotonic()
        self._paused = {known: until for known, until in self._paused.items() if until > now} | {chat: now + seconds}
        return len(self._paused)

    def _level(self, chat: str, now: float) -> float:
        level, since = self._levels.get(chat, (self._burst, now))
        return min(self._burst, level + (now - since) * self._rate)
