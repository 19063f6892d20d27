"""The levels of tests that need no files: those of a district."""

from functools import cache
from pathlib import Path

from plan.levels import COLUMNS, Levels, read_levels
from plan.problems import Problems
from plan.tables import read_rows
from plan.units import distinct

SHIPPED = Path(__file__).parents[1] / "plan" / "levels.csv"


@cache
def shipped_levels() -> Levels:
    """The levels that ship: a district with wards, agencies and neighbourhoods."""
    return read_levels(distinct(read_rows(SHIPPED, "levels.csv", COLUMNS, Problems()), "code"))
