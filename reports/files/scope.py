"""What a file is asked to show, as a recipe's data says it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from periods.period import Period
from periods.written import from_json, to_json
from reports.files.building import Data
from reports.files.standing import Entered
from reports.filtering import Filter


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit's period in a language; `shared`: for whoever gets the file, hence without what small numbers give away.

    `units_of`: restated to the units of that day. `entered`: with what it is issued, if it is no draft.
    """

    unit: str
    period: Period
    language: str
    shared: bool = True
    units_of: date | None = None
    approved_only: bool = False
    entered: Entered | None = None

    @property
    def only(self) -> Filter:
        """Which reports count."""
        return Filter(approved_only=self.approved_only)

    @classmethod
    def read(cls, data: Data) -> "Wanted":
        """As a recipe's data say."""
        day = data.get("units_of")
        return cls(
            unit=str(data["unit"]),
            period=from_json(data["period"]),
            language=str(data["language"]),
            shared=bool(data.get("shared", True)),
            units_of=date.fromisoformat(str(day)) if day else None,
            approved_only=bool(data.get("approved_only")),
            entered=Entered.read(data),
        )

    def written(self) -> dict[str, Any]:
        """The recipe's data."""
        return {
            "unit": self.unit,
            "period": to_json(self.period),
            "language": self.language,
            "shared": self.shared,
            **({"approved_only": True} if self.approved_only else {}),
            **({"units_of": self.units_of.isoformat()} if self.units_of else {}),
        }
