"""A year of sample reports restated to the twelve wards of January 2025 and the six of July: every total holds."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from periods.period import Period, span_period, week_around
from plan.comparing import compare
from plan.importing import read_list
from plan.ledger import read_ledger
from plan.sync import apply, ensure_units, stored_units
from reports.figures import Figures
from reports.reckoning import figures_of
from rules.levels import Level
from storage.directory.units import unit_tree
from tests.conversation import shipped_plan
from tests.integration.reports.world import World, small_plan

CHANGES = Path(__file__).parents[3] / "plan" / "changes"
JANUARY, JULY = date(2025, 1, 1), date(2025, 7, 1)
FIRST, DAYS, REPORTS = date(2024, 9, 1), 365, 500
NOW = datetime(2025, 9, 1, tzinfo=UTC)
BECAME = {
    JANUARY: {"P04": "P01", "P07": "P01", "P09": "P08", "P13": "P15"},
    JULY: {
        **dict.fromkeys(("P01", "P03", "P04", "P07"), "HANHTHONG"),
        **dict.fromkeys(("P05", "P06"), "ANNHON"),
        **dict.fromkeys(("P10", "P17"), "GOVAP"),
        **dict.fromkeys(("P13", "P15", "P16"), "ANHOIDONG"),
        **dict.fromkeys(("P08", "P09", "P11"), "THONGTAYHOI"),
        **dict.fromkeys(("P12", "P14"), "ANHOITAY"),
    },
}
"""By hand: in which ward of a day the land of each ward of 2019 lies."""


class Year:
    """The district with both reorganisations behind it, and reports of all its units over a year."""

    def __init__(self, db: Connection) -> None:
        ensure_units(db, shipped_plan())
        for day in (JANUARY, JULY):
            stored = stored_units(db)
            new = read_list(CHANGES / f"{day}.units.csv", stored, shipped_plan().levels)
            apply(db, compare(stored, new, day, read_ledger(CHANGES / f"{day}.changes.csv")), NOW)
        self.world = World(db)
        self.tree = unit_tree(db)
        self.chance = random.Random(2025)
        self.reported: list[tuple[str, date, int, int]] = []
        for _ in range(REPORTS):
            self._report(FIRST + timedelta(days=self.chance.randrange(DAYS)))

    def _report(self, day: date) -> None:
        units = self.tree.on(day)
        unit = self.chance.choice(units.of_level(Level.WARD, Level.NEIGHBOURHOOD))
        women, men = self.chance.randrange(50), self.chance.randrange(50)
        self.world.units[unit.code] = unit.id
        self.world.report(unit.code, day, women, men)
        self.reported.append((unit.code.split("-")[0], day, women, men))

    def figures(self, unit: str, period: Period, units_of: date | None) -> Figures:
        return figures_of(self.world.db, small_plan(), unit, period, NOW, units_of=units_of)

    def periods(self) -> Iterator[Period]:
        for _ in range(5):
            yield week_around(FIRST + timedelta(days=self.chance.randrange(DAYS)))
        yield from (week_around(day) for day in (JANUARY, JULY))
        for _ in range(5):
            first, last = sorted(FIRST + timedelta(days=self.chance.randrange(DAYS)) for _ in range(2))
            yield span_period(first, last)
        yield span_period(FIRST, FIRST + timedelta(days=DAYS))

    def expected(self, period: Period, units_of: date) -> Counter[tuple[str, str]]:
        """Added up by hand: the reports, women and men of each ward of the day."""
        sums: Counter[tuple[str, str]] = Counter()
        for ward, day, women, men in self.reported:
            if day in period:
                line = BECAME[units_of].get(ward, ward)
                sums += Counter({(line, "reports"): 1, (line, "women"): women, (line, "men"): men})
        return sums


@pytest.fixture(scope="module")
def year(shared_db: Connection) -> Year:
    """For tests that look at it."""
    return Year(shared_db)


def test_every_total_holds_to_twelve_and_to_six_wards(year: Year) -> None:
    for period in year.periods():
        was = year.figures("GV", period, None)
        for units_of, wards in ((JANUARY, "12 phường"), (JULY, "6 phường")):
            value = year.figures("GV", period, units_of)
            assert (value.reports, value.people, value.basis.units) == (was.reports, was.people, wards)
            found: Counter[tuple[str, str]] = Counter()
            for row in value.by_unit:
                people = row.people
                of_row = {"reports": row.reports, "women": people.female, "men": people.male}
                found += Counter({(row.code, name): count for name, count in of_row.items()})
            assert found == year.expected(period, units_of)


def test_a_wards_own_figures_are_its_line_of_the_districts(year: Year) -> None:
    for units_of, last in ((JANUARY, JULY - timedelta(days=1)), (JULY, FIRST + timedelta(days=DAYS))):
        period = span_period(FIRST, last)
        rows = {row.code: (row.reports, row.people) for row in year.figures("GV", period, units_of).by_unit}
        wards = year.tree.on(units_of).of_level(Level.WARD)
        own = {ward.code: year.figures(ward.code, period, units_of) for ward in wards}
        assert rows == {code: (value.reports, value.people) for code, value in own.items() if value.reports}
