"""Keeps to the rate at which Telegram lets a bot write: to all together, and to one chat."""

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
"""The rate that Telegram's own server is known to allow. If it asks for less with a 429, we obey."""


class ChatPace:
    """Each chat's bucket of places, and the pauses that Telegram asked for."""

    FORGET_ABOVE = 10_000
    """Chats remembered. Above this number, those whose bucket is full again are forgotten."""

    def __init__(self, pace: SendingPace, monotonic: Callable[[], float]) -> None:
        self._rate, self._burst = pace.chat, float(pace.chat_burst)
        self._monotonic = monotonic
        self._levels: dict[str, tuple[float, float]] = {}
        self._paused: dict[str, float] = {}

    def wait(self, chat: str, messages: int = 1) -> float:
        """Take a place for each message and return 0, or take none and return the seconds until there are enough.

        More messages than a whole burst go when the bucket is full, and the chat waits longer afterwards.
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
        """Leave a chat alone for so long, as Telegram asked. Return how many chats are paused now."""
        now = self._monotonic()
        self._paused = {known: until for known, until in self._paused.items() if until > now} | {chat: now + seconds}
        return len(self._paused)

    def _level(self, chat: str, now: float) -> float:
        level, since = self._levels.get(chat, (self._burst, now))
        return min(self._burst, level + (now - since) * self._rate)
