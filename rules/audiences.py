"""To whom something may be announced: everybody, those of one role, whole wards, or the people of chosen units."""

from collections.abc import Mapping
from enum import StrEnum

from rules.roles import Role


class Audience(StrEnum):
    """For whom an announcement is."""

    ALL = "all"
    CHAIRS = "chairs"
    AGENCIES = "agencies"
    PROPAGANDISTS = "propagandists"
    WITHIN = "within"
    """Everybody in some units, and in all that lies in them."""
    CHOSEN = "chosen"
    """The people of some units themselves."""


ROLES: Mapping[Audience, tuple[Role, ...]] = {
    Audience.CHAIRS: (Role.WARD_CHAIR,),
    Audience.AGENCIES: (Role.AGENCY,),
    Audience.PROPAGANDISTS: (Role.PROPAGANDIST,),
}
"""The roles that an audience means; any other means all."""
NAMES_UNITS = frozenset({Audience.WITHIN, Audience.CHOSEN})
