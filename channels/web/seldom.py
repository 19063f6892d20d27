"""Limits log lines that a stranger can cause: each kind once a minute, with the number of times it came since."""

from collections import Counter
from collections.abc import Callable

from channels.web.limits import SAID_EVERY


class Seldom:
    """Counts events by kind. Kinds are few and our own, never a stranger's words."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._times: Counter[str] = Counter()
        self._silent_until: dict[str, float] = {}

    def times(self, kind: str) -> int:
        """Count one more. Return how often it happened since the last line, or 0 while no line is due."""
        self._times[kind] += 1
        now = self._monotonic()
        if now < self._silent_until.get(kind, 0.0):
            return 0
        self._silent_until[kind] = now + SAID_EVERY
        return self._times.pop(kind)
