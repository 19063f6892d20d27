"""What is shown of the people whom services helped, as values: counts, or what stands in the place of hidden ones."""

from dataclasses import dataclass
from typing import Any

from reports.figures import People
from rules.suppression import Cell


@dataclass(frozen=True, slots=True)
class HelpRow:
    """Visits to services as they are shown. By sex only where that is shown: else all three are `None`."""

    code: str
    name: str
    total: Cell
    women: Cell | None = None
    men: Cell | None = None
    unsorted: Cell | None = None

    @classmethod
    def whole(cls, code: str, name: str, people: People) -> "HelpRow":
        """The row as those see it who may open the reports."""
        return cls(code, name, people.total, people.female, people.male, people.unsorted)

    def to_dict(self, key: str) -> dict[str, Any]:
        """The row with its code under `key`; what is hidden is "few" (1 to 4) or "withheld"."""
        by_sex = {"female": self.women, "male": self.men, "unsorted": self.unsorted}
        shown = {name: cell for name, cell in by_sex.items() if cell is not None}
        return {key: self.code, "name": self.name, "total": self.total, **shown}


@dataclass(frozen=True, slots=True)
class Services:
    """What is shown of a unit's services in a period: in all, by kind of help, and by the unit's lines."""

    whole: HelpRow
    by_help: tuple[HelpRow, ...] = ()
    by_unit: tuple[HelpRow, ...] = ()
