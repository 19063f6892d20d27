"""A unit's figures of a period as one value, in one language: all texts, pictures and answers are made of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from periods.period import Length, Period
from rules.levels import Level
from storage.directory.units import titled


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a breakdown; `short` is its name where a phone is narrow."""

    code: str
    name: str
    short: str
    reports: int
    female: int
    male: int

    @property
    def attendance(self) -> int:
        return self.female + self.male

    def to_dict(self, key: str) -> dict[str, Any]:
        """The row with its code under `key`."""
        return {key: self.code, "name": self.name, "reports": self.reports, "female": self.female, "male": self.male}


@dataclass(frozen=True, slots=True)
class MissingUnit:
    """A neighbourhood that owes its week."""

    code: str
    name: str
    ward: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the neighbourhoods that owe a week have reported it; in longer periods these are unit-weeks.

    `nil` of them only said "no activity". `missing` names those of a week that have not reported; it is `None` for a
    longer period.
    """

    expected: int
    reported: int
    nil: int
    missing: tuple[MissingUnit, ...] | None

    @property
    def owing(self) -> int:
        return self.expected - self.reported


@dataclass(frozen=True, slots=True)
class Figures:
    """A unit's period as it stood at `as_of`. A breakdown has only lines with a report and adds up to the totals."""

    period: Period
    as_of: datetime
    language: str
    unit: str
    unit_name: str
    unit_level: str
    above: str
    """The name of the unit in which this one lies, or nothing."""
    reports: int
    female: int
    male: int
    helped_female: int
    helped_male: int
    """People whom services helped: they came to no event, so no breakdown counts them."""
    by_unit: tuple[FigureRow, ...]
    by_activity: tuple[FigureRow, ...]
    by_group: tuple[FigureRow, ...]
    completeness: Completeness
    sample: bool
    """Sample reports are counted, too: nothing of this may be shown as true."""
    sample_units: bool
    """The neighbourhoods are the shipped sample spread, not the district's own list."""

    @property
    def title(self) -> str:
        """The unit as people read it."""
        return titled(self.unit_name, self.above if self.unit_level == Level.NEIGHBOURHOOD else None)

    @property
    def attendance(self) -> int:
        """Visits, not people."""
        return self.female + self.male

    @property
    def helped(self) -> int:
        return self.helped_female + self.helped_male

    def to_dict(self) -> dict[str, Any]:
        """The figures as `summary --json` prints them."""
        week = {"week": self.period.code} if self.period.length is Length.WEEK else {}
        missing = self.completeness.missing
        return {
            "period": self.period.code,
            **week,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "unit": self.unit,
            "reports": self.reports,
            "female": self.female,
            "male": self.male,
            "by_unit": [row.to_dict("unit") for row in self.by_unit],
            "by_activity": [row.to_dict("activity") for row in self.by_activity],
            "by_group": [row.to_dict("group") for row in self.by_group],
            "expected_units": self.completeness.expected,
            "reported_units": self.completeness.reported,
            "missing_units": None if missing is None else [unit.code for unit in missing],
        }
