"""Where official reports cut the year: the rules by which some periods get their days. They are data of a plan.

A `Cuts` is handed to `periods.period.period_of`; without one only the calendar's own periods have days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A reporting period counts from the day `first` of the month before it to the day `last` of its last month."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class YearSpan:
    """From one day of a year to another, each as (month, day); to one of the next year if that comes earlier in it."""

    first: tuple[int, int]
    last: tuple[int, int]

    def beginning_in(self, year: int) -> tuple[date, date]:
        """The first and the last day of the span that begins in a year."""
        return date(year, *self.first), date(year + (self.last < self.first), *self.last)


@dataclass(frozen=True, slots=True)
class Names:
    """What something is called, in Vietnamese and in English."""

    vi: str
    en: str

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class ActionMonth:
    """The days and the name of the Action Month, from the one that begins in the year `since`."""

    since: int
    days: YearSpan
    names: Names
    activities: tuple[str, ...] = ()
    """The activities that belong in it, by their codes."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The rules of a plan: cut-offs by the length of the period (a `Length`), Action Months in the order of time.

    `results` are the days of the plan's yearly results report.
    """

    cutoffs: Mapping[str, Cutoff] = field(default_factory=lambda: MappingProxyType({}))
    action_months: tuple[ActionMonth, ...] = ()
    results: YearSpan | None = None

    def action_month(self, year: int) -> ActionMonth | None:
        """The Action Month as it is in the year in which it begins; `None` before there was one."""
        return next((month for month in reversed(self.action_months) if month.since <= year), None)


NO_CUTS = Cuts()
"""The calendar alone."""
