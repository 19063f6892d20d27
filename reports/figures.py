"""A unit's figures of a period as one value, in one language: all texts, pictures and answers are made of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from periods.period import Length, Period
from reports.filtering import ALL, Filter


@dataclass(frozen=True, slots=True)
class People:
    """Visits, never people: those of women, of men, and of people whose sex nobody noted, who are never split."""

    female: int = 0
    male: int = 0
    unsorted: int = 0

    @property
    def total(self) -> int:
        return self.female + self.male + self.unsorted

    def __add__(self, other: "People") -> "People":
        return People(self.female + other.female, self.male + other.male, self.unsorted + other.unsorted)

    def to_dict(self) -> dict[str, int]:
        return {"female": self.female, "male": self.male, "unsorted": self.unsorted}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a breakdown; `short` is its name where a phone is narrow. A report counts once in its rows."""

    code: str
    name: str
    short: str
    reports: int
    people: People
    helped: People = People()
    """Visits to services: they are never among `people`."""

    @property
    def attendance(self) -> int:
        return self.people.total

    def to_dict(self, key: str) -> dict[str, Any]:
        """The row with its code under `key`."""
        return {key: self.code, "name": self.name, "reports": self.reports, **self.people.to_dict()}


@dataclass(frozen=True, slots=True)
class ProductRow:
    """How many of a product were made, or given out: never one sum."""

    product: str
    mode: str
    name: str
    reports: int
    quantity: int

    def to_dict(self) -> dict[str, Any]:
        return {"product": self.product, "name": self.name, "mode": self.mode, "quantity": self.quantity}


@dataclass(frozen=True, slots=True)
class Inspections:
    """What inspections looked at, how many violations they found, and how many of these were handled."""

    checked: int = 0
    violations: int = 0
    handled: int = 0

    def to_dict(self) -> dict[str, int]:
        return {"checked": self.checked, "violations": self.violations, "handled": self.handled}


@dataclass(frozen=True, slots=True)
class WeekUnit:
    """A unit that owes its week, by which a list names it, with the title of the one that it lies in."""

    code: str
    name: str
    ward: str
    line: str
    """The name of the line on which it counts: its own, or that of a larger unit."""


@dataclass(frozen=True, slots=True)
class UnitsOfWeek:
    """Units of which the same holds in a week: how many, and which.

    In longer periods `count` is of unit-weeks, and `units` is `None`.
    """

    count: int = 0
    units: tuple[WeekUnit, ...] | None = ()

    @property
    def codes(self) -> list[str] | None:
        return None if self.units is None else [unit.code for unit in self.units]


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the units that owe a week have done about it; in longer periods these are unit-weeks.

    A week that is not missing was received: so completeness is `received` of `expected`, timeliness `on_time` of them.
    """

    expected: int = 0
    on_time: int = 0
    late: int = 0
    """Reports that came after the deadline, by which the unit had said that nothing took place."""
    missing: UnitsOfWeek = UnitsOfWeek()
    mending: UnitsOfWeek = UnitsOfWeek()
    """Only returned reports: nothing of them is counted until they are sent again."""
    nil: UnitsOfWeek = UnitsOfWeek()
    """Nothing but the word that there was no activity."""
    free: tuple[str, ...] = ()
    """The weeks that nobody owes, since the secretariat declared them free."""

    @property
    def received(self) -> int:
        return self.expected - self.missing.count

    @property
    def reported(self) -> int:
        """Those with a report that stands or the word that there was no activity."""
        return self.received - self.mending.count


@dataclass(frozen=True, slots=True)
class Basis:
    """By which units reports are counted: as they were, each under the parent of its day, unless `units_of` is a day.

    Then they are restated to the units of that day; `units` says how many lie in this one: "6 phường".
    """

    units_of: date | None = None
    units: str = ""
    moved: tuple[date, ...] = ()
    """The days of the period on which units of the scope moved."""
    is_former: bool = False
    """Units of the scope have changed after the period."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A unit's period as it stood at `as_of`.

    A breakdown has only lines with a report. Rows by group may count a report several times, so a total is never made
    from rows.
    """

    period: Period
    as_of: datetime
    language: str
    unit: str
    unit_level: str
    title: str
    """The unit as people read it."""
    parts: tuple[str, ...]
    """What the units of its lines are called: ("phường", "cơ quan")."""
    owing: str
    """What those are called who owe a week: "khu phố"."""
    reports: int
    people: People
    """Attendance of events."""
    first: People
    """Those of them who came for the first time this year, where that was asked."""
    helped: People
    """Visits to services: they came to no event, so only the rows by kind and by kind of help have them as people.

    Who may not open the reports sees of them what `reports.published` leaves.
    """
    media: tuple[ProductRow, ...]
    inspections: Inspections
    surveys: int
    """Survey forms."""
    documents: int
    """Texts reviewed."""
    not_approved: int
    """Counted reports that nobody has approved yet."""
    by_kind: tuple[FigureRow, ...]
    by_level: tuple[FigureRow, ...]
    by_unit: tuple[FigureRow, ...]
    by_activity: tuple[FigureRow, ...]
    by_group: tuple[FigureRow, ...]
    by_help: tuple[FigureRow, ...]
    """By kind of help; a row's people are visits to services."""
    completeness: Completeness
    disputed: int
    """Events whose reports disagree, and about which nobody has decided yet."""
    sample: bool
    """Sample reports are counted, too: nothing of this may be shown as true."""
    sample_units: bool
    """The neighbourhoods are the shipped sample spread, not the district's own list."""
    basis: Basis = Basis()
    by_place: tuple[FigureRow, ...] = ()
    """Where it took place, whoever reports: in units directly below, all over the unit, outside it, or unsaid."""
    only: Filter = ALL
    """Which reports are counted, if not all."""

    def to_dict(self) -> dict[str, Any]:
        """The figures as `summary --json` prints them."""
        week = {"week": self.period.code} if self.period.length is Length.WEEK else {}
        kept = self.completeness
        return {
            "period": self.period.code,
            **week,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "unit": self.unit,
            **({"only": self.only.to_dict()} if self.only != ALL else {}),
            **({"units_of": self.basis.units_of.isoformat()} if self.basis.units_of else {}),
            "reports": self.reports,
            **self.people.to_dict(),
            "first_female": self.first.female,
            "first_male": self.first.male,
            "by_kind": [row.to_dict("kind") for row in self.by_kind],
            "helped": self.helped.to_dict(),
            "by_help": [row.to_dict("help") for row in self.by_help],
            "media": [row.to_dict() for row in self.media],
            "inspections": self.inspections.to_dict(),
            "surveys": self.surveys,
            "documents": self.documents,
            "by_unit": [row.to_dict("unit") for row in self.by_unit],
            "by_activity": [row.to_dict("activity") for row in self.by_activity],
            "by_group": [row.to_dict("group") for row in self.by_group],
            "by_level": [row.to_dict("level") for row in self.by_level],
            "by_place": [row.to_dict("place") for row in self.by_place],
            "expected_units": kept.expected,
            "reported_units": kept.reported,
            "on_time_units": kept.on_time,
            "missing_units": kept.missing.codes,
            "mending_units": kept.mending.codes,
            "nil_units": kept.nil.codes,
            "not_approved": self.not_approved,
            "disputed": self.disputed,
        }
