"""The roles that people hold in units, and which units have them."""

from collections.abc import Mapping
from enum import StrEnum

from rules.levels import Level


class Role(StrEnum):
    """What a person is in a unit."""

    PROPAGANDIST = "propagandist"
    WARD_CHAIR = "ward_chair"
    AGENCY = "agency"
    SECRETARIAT = "secretariat"


LEVEL_OF: Mapping[str, Level] = {
    Role.PROPAGANDIST: Level.NEIGHBOURHOOD,
    Role.WARD_CHAIR: Level.WARD,
    Role.AGENCY: Level.AGENCY,
    Role.SECRETARIAT: Level.DISTRICT,
}
"""The level of the units that have a role."""

ABOVE = frozenset({Role.WARD_CHAIR, Role.SECRETARIAT})
"""The roles of those who look after other people's units."""
