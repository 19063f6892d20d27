"""What a reader made of a stretch of a text, and what that rests on.

Readings do not overlap. A sure one is taken and shown; a doubtful one is asked about, and nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from interview.reading.writing import Span
from interview.steps import Json


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: `what` it is of (a day, counts, a name, a question of the form), its value, place and rule."""

    what: str
    value: Json
    span: Span
    """Characters of the text that was read."""
    rule: str
    sure: bool = True
    why: str = ""
    """What speaks against it."""
    options: tuple[Json, ...] = ()
    """What may be meant, the likeliest first."""


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


class Cover:
    """Which characters of a text are read already."""

    def __init__(self, length: int, taken: Iterable[Span] = ()) -> None:
        self._taken = bytearray(length + 1)
        for span in taken:
            self.take(span)

    def take(self, span: Span) -> None:
        """Note that a stretch is read."""
        self._taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])

    def free(self, span: Span) -> bool:
        """Whether nothing of a stretch is read."""
        return b"\1" not in self._taken[span[0] : span[1]]


def best_cover(readings: Iterable[Reading], length: int) -> list[Reading]:
    """The readings that stand: of those that overlap the one that came first, so that rules are tried in order."""
    cover, standing = Cover(length), []
    for reading in readings:
        if cover.free(reading.span):
            cover.take(reading.span)
            standing.append(reading)
    return sorted(standing, key=lambda reading: reading.span)
