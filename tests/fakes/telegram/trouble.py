"""Misbehaviour on order: what a network and a server under load do to a client."""

import random
from collections import defaultdict, deque
from enum import Enum


class Mishap(Enum):
    """Something that goes wrong with one call. AFTER means that it took effect, and the client cannot know."""

    SILENT_BEFORE = "no answer, nothing done"
    SILENT_AFTER = "no answer, but done"
    CUT_BEFORE = "connection closed, nothing done"
    CUT_AFTER = "connection closed in the middle of the answer"
    ERROR_500 = "an internal error as JSON, nothing done"
    HTML_502 = "a page of HTML, nothing done"
    HTML_502_AFTER = "a page of HTML, but done"
    SLOW_DOWN = "429 with retry_after"
    REPEATED = "updates twice, and in another order"

    @property
    def takes_effect(self) -> bool:
        return self in {Mishap.SILENT_AFTER, Mishap.CUT_AFTER, Mishap.HTML_502_AFTER, Mishap.REPEATED}


class Trouble:
    """Which call meets which mishap: those ordered by name first, then by chance."""

    def __init__(self) -> None:
        self._ordered: dict[str, deque[Mishap | None]] = defaultdict(deque)
        self._chance = 0.0
        self._kinds: tuple[Mishap, ...] = ()
        self._random = random.Random(0)
        self.happened = 0

    def order(self, method: str, *mishaps: Mishap | None) -> None:
        """The next calls of a method meet these, in this order; None goes well."""
        self._ordered[method.lower()].extend(mishaps)

    def by_chance(self, share: float, seed: int, *kinds: Mishap) -> None:
        """From now on this share of all calls meets one of these."""
        self._chance, self._kinds, self._random = share, kinds, random.Random(seed)

    def stop(self) -> None:
        self._chance = 0.0
        self._ordered.clear()

    def next(self, method: str) -> Mishap | None:
        mishap = self._draw(method)
        self.happened += mishap is not None
        return mishap

    def _draw(self, method: str) -> Mishap | None:
        if self._ordered[method]:
            return self._ordered[method].popleft()
        if self._chance and self._random.random() < self._chance:
            return self._random.choice(self._kinds)
        return None
