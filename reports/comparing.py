"""Figures of a period with those of the period before and of a year earlier beside them, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from periods.days import local_day
from periods.neighbours import year_earlier
from periods.period import Period, before
from plan.model import Plan
from reports.figures import Figures
from reports.filtering import ALL, Filter
from reports.reckoning import figures_of
from reports.scope import UnknownUnitError


@dataclass(frozen=True, slots=True)
class Difference:
    """A number, and what it was then."""

    now: int
    then: int

    @property
    def by(self) -> int:
        """How many more there are now; below zero for fewer."""
        return self.now - self.then

    @property
    def percent(self) -> int | None:
        """The same in whole per cent of what it was, half a per cent away from zero; `None` where it was nothing."""
        if not self.then:
            return None
        whole, rest = divmod(abs(self.by) * 100, self.then)
        size = whole + (2 * rest >= self.then)
        return size if self.by >= 0 else -size


@dataclass(frozen=True, slots=True)
class Compared:
    """Figures, and those of the period before and of a year earlier: `None` where the unit is none of that time.

    While a period `is_running` its earlier neighbours are whole all the same, and that has to be said.
    """

    figures: Figures
    before: Figures | None
    year_earlier: Figures | None
    is_running: bool

    def against(self, then: Figures | None) -> Iterator[tuple[str, Difference]]:
        """What differs from earlier figures, by the name of the figure; nothing where there are none.

        Shares of weeks stand by themselves: `Completeness` has both numbers of each.
        """
        if then is not None:
            for name, now, earlier in zip(_NAMES, _numbers(self.figures), _numbers(then), strict=True):
                yield name, Difference(now, earlier)


_NAMES = ("reports", "visits", "female", "male", "unsorted", "helped", "given", "made", "inspections")


def _numbers(figures: Figures) -> tuple[int, ...]:
    people, media = figures.people, figures.media
    of_mode = (sum(row.quantity for row in media if row.mode == mode) for mode in ("given", "made"))
    kept = (people.total, people.female, people.male, people.unsorted, figures.helped.total)
    return (figures.reports, *kept, *of_mode, figures.inspections.checked)


def compared(
    db: Connection,
    plan: Plan,
    unit: str,
    period: Period,
    now: datetime,
    language: str = "vi",
    *,
    only: Filter = ALL,
    units_of: date | None = None,
) -> Compared:
    """The figures of a period (`reports.reckoning.figures_of`) beside earlier ones, all as they stand at `now`."""

    def of(days: Period) -> Figures:
        return figures_of(db, plan, unit, days, now, language, only=only, units_of=units_of)

    def earlier(find: Period) -> Figures | None:
        try:
            return of(find)
        except UnknownUnitError:
            return None

    return Compared(of(period), earlier(before(period)), earlier(year_earlier(period)), local_day(now) in period)
