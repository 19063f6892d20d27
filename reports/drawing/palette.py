"""The colours of all pictures: one meaning each, told apart by colour-blind people and, with the patterns, in grey.

What carries a meaning stands out from white by 3:1 at least (WCAG 1.4.11), and any two that meet in a picture differ
for readers with deuteranopia, protanopia and tritanopia, too; `tests/unit/reports/test_palette.py` computes both.
"""

from typing import Final

PAPER: Final = "#ffffff"
INK: Final = "#1c1b22"
QUIET: Final = "#5d5a68"
RULE: Final = "#d9d6e0"
"""Lines that only lead the eye: nothing is lost where they are not seen."""
SAMPLE: Final = "#8a1c1c"

WOMEN: Final = "#5b2a86"
"""Plain and dark."""
MEN: Final = "#d97b12"
"""Light, with dark stripes."""
MEN_EDGE: Final = "#8f4e00"
UNSORTED: Final = "#6a6773"
"""The edge of an empty box: nobody knows."""

ON_TIME: Final = "#0f4c81"
LATE: Final = "#3f8fc9"
NIL: Final = "#6a6773"
MENDING: Final = "#c07a00"
MISSING: Final = "#9b1c1c"

THIS_YEAR: Final = "#0f4c81"
LAST_YEAR: Final = "#6a6773"
"""Drawn dashed or as an outline."""

SURE: Final = "#0f4c81"
POSSIBLE: Final = "#3f8fc9"
"""Striped: as many more there may be."""
GOAL: Final = "#9b1c1c"

SEXES: Final = (WOMEN, MEN, UNSORTED)
WEEK_STATES: Final = (ON_TIME, LATE, NIL, MENDING, MISSING)
PROGRESS: Final = (SURE, POSSIBLE, GOAL)
YEARS: Final = (THIS_YEAR, LAST_YEAR)
