"""The levels that units can have.

They are the vocabulary of lists, forms and figures. Which of them there are, what they are called, which lies in which
and which owe a week are the plan's (`plan/levels.csv`).
"""

from enum import StrEnum


class Level(StrEnum):
    """The level of a unit in the hierarchy; a level comes after all in which its units may lie."""

    CITY = "city"
    DISTRICT = "district"
    WARD = "ward"
    AGENCY = "agency"
    NEIGHBOURHOOD = "neighbourhood"
