"""What is usual for a unit, by its own earlier reports, and what is far from that.

Numbers of people are skewed: most evenings have thirty, one had four hundred. So quartiles are taken of logarithms, and
an evening that was far off moves them little. Too few earlier numbers say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from statistics import quantiles

LEAST_EARLIER = 8
"""Earlier numbers from which on there is something usual."""
FAR = 2.5
"""Times the distance between the quartiles, beyond the nearer one of them."""
NARROW = 0.405
"""The least distance between the quartiles (one and a half times): who always had thirty may well have sixty."""
FEW = 10
"""Numbers no further apart than that are never far: three people helped, or nine."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What four of five earlier numbers lie between, without those that were far off; `of` is how many there were."""

    low: int
    high: int
    of: int


def far_from_usual(count: int, earlier: Sequence[int]) -> Usual | None:
    """What is usual, if a number is far from it; nothing if it is not, or too few are known."""
    if len(earlier) < LEAST_EARLIER:
        return None
    logs = [log1p(number) for number in earlier]
    lower, _, upper = quantiles(logs, n=4, method="inclusive")
    reach = FAR * max(upper - lower, NARROW)
    if lower - reach <= log1p(count) <= upper + reach:
        return None
    ordinary = [number for number, log in zip(earlier, logs, strict=True) if lower - reach <= log <= upper + reach]
    deciles = quantiles(ordinary, n=10, method="inclusive")
    usual = Usual(round(deciles[0]), round(deciles[-1]), len(earlier))
    is_near = min(abs(count - usual.low), abs(count - usual.high)) <= FEW
    return None if is_near else usual
