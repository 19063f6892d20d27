"""The roles that people hold in units, and which units have them.

The unit that all others lie in is the root, whatever its level: it has a secretariat, and no chair, since nobody else
looks after everything. Between the root and those who report stand chairs, each above all that lies in their unit.
"""

from collections.abc import Mapping
from enum import StrEnum

from rules.levels import Level


class Role(StrEnum):
    """What a person is in a unit."""

    PROPAGANDIST = "propagandist"
    WARD_CHAIR = "ward_chair"
    """The chair of a ward, or of a district that lies in a city."""
    AGENCY = "agency"
    SECRETARIAT = "secretariat"


BELOW_THE_ROOT: Mapping[Level, Role] = {
    Level.DISTRICT: Role.WARD_CHAIR,
    Level.WARD: Role.WARD_CHAIR,
    Level.AGENCY: Role.AGENCY,
    Level.NEIGHBOURHOOD: Role.PROPAGANDIST,
}
"""The role of a unit's people by its level, for all units but the root."""

ABOVE = frozenset({Role.WARD_CHAIR, Role.SECRETARIAT})
"""The roles of those who look after other people's units."""


def role_in(level: Level, *, is_root: bool) -> Role | None:
    """The one role that a unit has; `None` for a level that stands only at the top."""
    return Role.SECRETARIAT if is_root else BELOW_THE_ROOT.get(level)


def may_be_shared(role: str) -> bool:
    """Whether many may come by one code: only where the role shows nothing of other people's units."""
    return role == Role.PROPAGANDIST
