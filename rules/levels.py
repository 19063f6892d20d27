"""The levels of the hierarchy."""

from collections.abc import Mapping
from enum import StrEnum


class Level(StrEnum):
    """The level of a unit in the hierarchy; a level comes after the one that its units lie in."""

    DISTRICT = "district"
    WARD = "ward"
    AGENCY = "agency"
    NEIGHBOURHOOD = "neighbourhood"


PARENT_LEVEL: Mapping[Level, Level | None] = {
    Level.DISTRICT: None,
    Level.WARD: Level.DISTRICT,
    Level.AGENCY: Level.DISTRICT,
    Level.NEIGHBOURHOOD: Level.WARD,
}
"""The level that a unit's parent must have; `None` where the hierarchy ends."""
