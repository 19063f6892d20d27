"""Narrows figures to some of the reports: one activity, kind, group, item, level or place, or approved ones alone."""

from dataclasses import asdict, dataclass
from typing import Any

ALL_OVER = "*"
"""After the code of a unit: what took place all over it, and in none of the units in it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines of reports are counted: those that have everything that is named here, each by its code.

    `item` is a product or a kind of help, `level` that of the unit that reports. `place` is where it took place: the
    code of a unit, for it and all in it; a code with `ALL_OVER` for that unit as a whole and none in it; or a
    `rules.kinds.Place`: outside the unit of the figures, or not said. A report counts once if it has such a line. Who
    owes a week and who has reported is the same under any filter.
    """

    kind: str = ""
    activity: str = ""
    group: str = ""
    item: str = ""
    level: str = ""
    place: str = ""
    approved_only: bool = False

    @property
    def counted(self) -> str:
        """The column that counts a report once: of lines of one item or group it is their own."""
        return "item_reports" if self.item else "group_reports" if self.group else "reports"

    def to_dict(self) -> dict[str, Any]:
        """What is named, for JSON."""
        return {name: value for name, value in asdict(self).items() if value}


ALL = Filter()
"""Every report that counts."""
