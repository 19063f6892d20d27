"""Shows how far a long job is: a line on standard error every few seconds. A short job shows none."""

import sys
from collections.abc import Callable

EVERY_SECONDS = 3.0


class ProgressLine:
    """May be called as often as one likes; it prints a line only every few seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._next = monotonic() + EVERY_SECONDS

    def __call__(self, what: str, done: int, whole: int) -> None:
        if self._monotonic() < self._next:
            return
        self._next = self._monotonic() + EVERY_SECONDS
        print(f"{what}: {100 * done // max(whole, 1)} %", file=sys.stderr, flush=True)  # noqa: T201 (for who waits)
