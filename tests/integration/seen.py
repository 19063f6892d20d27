"""Who sees what: written down by hand, for the tests of actions and of use cases alike."""

from collections.abc import Mapping

from rules.roles import Role

HOMES: Mapping[str, str] = {
    Role.PROPAGANDIST: "P10-KP05",
    Role.WARD_CHAIR: "P10",
    Role.AGENCY: "CQ-VHTT",
    Role.SECRETARIAT: "GV",
}
SEEN: Mapping[str, set[str]] = {
    Role.PROPAGANDIST: {"P10-KP05"},
    Role.WARD_CHAIR: {"P10", "P10-KP05", "P10-KP06"},
    Role.AGENCY: {"CQ-VHTT"},
    Role.SECRETARIAT: {"GV", "P10", "P11", "P10-KP05", "P10-KP06", "P11-KP01", "CQ-VHTT", "CQ-GDDT"},
}
"""Whose figures and reports each role may look at, of these units."""
ELSEWHERE: Mapping[str, set[str]] = {
    Role.PROPAGANDIST: {"P11-KP01"},
    Role.WARD_CHAIR: {"P11", "P11-KP01"},
    Role.AGENCY: {"CQ-GDDT"},
}
"""The same of a second role, in another ward or agency; the unit that it is held in comes first in order."""
UNITS = [*sorted(SEEN[Role.SECRETARIAT]), "P02", ""]
NOBODY = "nobody"
