"""Whether the figures of two periods may stand beside each other: only where about as much of both was reported.

With fewer weekly reports there are fewer activities, whatever took place. So periods are compared if at least half of
the weeks of each were received and their shares lie close together; where one is not nearly whole, the shares are said
beside the difference.
"""

from enum import StrEnum
from fractions import Fraction

NEARLY_WHOLE = Fraction(90, 100)
"""From this share on a period counts as reported."""
LEAST = Fraction(50, 100)
"""Below it a period says too little to be compared."""
MOST_APART = Fraction(10, 100)
"""Between the shares of two periods that are compared, unless both are nearly whole."""


class Fairness(StrEnum):
    """How two periods may be compared."""

    FAIR = "fair"
    ROUGH = "rough"
    """With the shares of both said."""
    NOT = "not"


def fairness(now: tuple[int, int], then: tuple[int, int]) -> Fairness:
    """Judge two periods by the weekly reports that were received and expected in each; where none are, all were."""
    shares = [Fraction(received, expected) if expected else Fraction(1) for received, expected in (now, then)]
    if min(shares) >= NEARLY_WHOLE:
        return Fairness.FAIR
    if min(shares) < LEAST or abs(shares[0] - shares[1]) > MOST_APART:
        return Fairness.NOT
    return Fairness.ROUGH
