"""How far targets are, as values: the texts, the command line and whatever else shows them are made of these."""

from dataclasses import dataclass
from typing import Any

from periods.period import Period
from plan.model import Target
from reports.figures import Figures
from reports.supplied import Counted
from rules.bounds import Ends, Visits
from rules.kinds import Measure
from rules.targets import Basis, Judged
from storage.directory.units import Unit
from storage.records.supplies import Number


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that has yet to supply numbers: of which groups, and for a list what it shows of them."""

    unit: Unit
    groups: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A target group that counts, with its visits; `partly` if only some of its people do."""

    group: str
    visits: Visits
    partly: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit is with a target in a period.

    `low` and `high` are the ends by sex, `single` the largest event, which holds without any assumption; they are there
    where the basis is visits. `denominator` is `None` while somebody is `owing` it.
    """

    target: Target
    period: Period
    basis: Basis
    judged: Judged
    denominator: Counted | None
    owing: tuple[Owing, ...]
    components: tuple[Component, ...] = ()
    low: Ends | None = None
    high: Ends | None = None
    single: int = 0
    survey: Number | None = None
    earlier: Counted | None = None
    """People whom earlier results count, from before there were reports."""

    @property
    def has_assumption(self) -> bool:
        """Whether the lower end rests on more than what was seen."""
        return self.basis is Basis.BOUNDS and self.judged.low > self.single

    def to_dict(self) -> dict[str, Any]:
        judged, denominator = self.judged, self.denominator
        return {
            "code": self.target.code,
            "percent": self.target.percent,
            "basis": self.basis.value,
            "low": judged.low,
            "high": judged.high,
            "denominator": denominator.total if denominator else None,
            "source": denominator.source if denominator else None,
            "as_of": denominator.as_of.isoformat() if denominator else None,
            "share_low": judged.share_low,
            "share_high": judged.share_high,
            "state": judged.state.value,
            "missing": [owing.unit.code for owing in self.owing],
        }


@dataclass(frozen=True, slots=True)
class Targets:
    """All targets of a unit in a period, and its figures as far as the period has gone.

    `over_wards`: wards lie in the unit, so that the lower ends are sums over them.
    """

    period: Period
    figures: Figures
    listed: tuple[Progress, ...]
    over_wards: bool

    def to_dict(self) -> dict[str, Any]:
        targets = [progress.to_dict() for progress in self.listed]
        return {"period": self.period.code, "unit": self.figures.unit, "targets": targets}
