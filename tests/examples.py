"""How many histories Hypothesis tries: few each time the suite runs, many in `make soak-histories`."""

import os

TIMES = int(os.environ.get("EXAMPLES", "1"))


def examples(usual: int) -> int:
    """So many, or as many times that as is asked for outside."""
    return usual * TIMES
