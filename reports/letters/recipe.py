"""What a letter's file is asked to be, as a recipe's data says it."""

from dataclasses import dataclass
from typing import Any, Final

from periods.period import Period
from periods.written import to_json

DRAFT_LETTER: Final = "draft_letter"
"""The kind of recipe of a draft plan's letter: `year`, and `draft` for one draft only (0: all of the year)."""


@dataclass(frozen=True, slots=True)
class LetterRecipe:
    """A letter of a kind about a unit's period; `language` is that of the message that brings it."""

    kind: str
    unit: str
    period: Period
    language: str

    def written(self) -> dict[str, Any]:
        """The recipe's data; what it is issued with is added when it is issued (`reports.files.issued`)."""
        return {"kind": self.kind, "unit": self.unit, "period": to_json(self.period), "language": self.language}
