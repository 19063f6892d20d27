"""The rules of periods that ship, for tests that need no whole plan."""

from functools import cache
from pathlib import Path

from periods.cuts import Cuts
from plan.periods_file import load_periods


@cache
def shipped_cuts() -> Cuts:
    """The cut-offs, the Action Month and the results report of the shipped plan."""
    return load_periods(Path(__file__).parents[1] / "plan")
