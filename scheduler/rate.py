"""A channel's rate. Places are taken before rows are claimed, so that claimed rows can go at once."""

from collections.abc import Callable
from threading import Lock


class Rate:
    """A token bucket on a monotonic clock (seconds).

    Places are taken in the writer's thread, where rows are claimed; a pause is asked for in the event loop.
    """

    def __init__(self, per_second: float, burst: int, monotonic: Callable[[], float]) -> None:
        self.per_second = per_second
        self.burst = burst
        self._monotonic = monotonic
        self._places = float(burst)
        self._at = monotonic()
        self._spent = 0
        self._paused_until = self._at
        self._guard = Lock()

    def take(self, most: int) -> int:
        """Take as many places as there are now, up to `most`."""
        with self._guard:
            self._refill()
            taken = max(0, min(most, int(self._places)))
            self._places -= taken
            return taken

    def give_back(self, places: int) -> None:
        """Give back places that were not needed."""
        with self._guard:
            self._places = min(float(self.burst), self._places + places)

    def spend(self, places: int) -> None:
        """Take what a sending needs beyond its own place. If there is not enough, later sendings wait for it."""
        with self._guard:
            self._refill()
            self._places -= places
            self._spent += places

    def pause(self, seconds: float) -> None:
        """Give no place for so long, as the platform asked."""
        self.hold(seconds)
        with self._guard:
            self._paused_until = max(self._paused_until, self._at + seconds)

    def hold(self, seconds: float) -> None:
        """Do the same for this process alone: other processes have taken all places."""
        with self._guard:
            self._refill()
            self._places = min(self._places, 1.0 - seconds * self.per_second)

    def owed(self) -> tuple[int, float]:
        """Return once, for those who share the rate, the places spent and the seconds left of a pause."""
        with self._guard:
            self._refill()
            spent, pause = self._spent, max(0.0, self._paused_until - self._at)
            self._spent, self._paused_until = 0, self._at
            return spent, pause

    def delay(self) -> float:
        """Seconds until there is a place."""
        with self._guard:
            self._refill()
            return max(0.0, (1.0 - self._places) / self.per_second)

    def _refill(self) -> None:
        now = self._monotonic()
        self._places = min(float(self.burst), self._places + (now - self._at) * self.per_second)
        self._at = now
