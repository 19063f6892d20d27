"""Summaries made by hand: what the texts and pictures are tried on."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from periods.period import week_period
from reports.figures import Completeness, FigureRow, Figures, Inspections, People, UnitsOfWeek, WeekUnit

AS_OF = datetime(2020, 11, 9, 0, 30, tzinfo=UTC)


def row(code: str, name: str, reports: int = 1, female: int = 0, male: int = 0) -> FigureRow:
    return FigureRow(code, name, name, reports, People(female, male))


EMPTY = Figures(
    period=week_period("2020-W45"),
    as_of=AS_OF,
    language="vi",
    unit="P10",
    unit_level="ward",
    title="Phường 10",
    parts=("khu phố",),
    owing="khu phố",
    reports=0,
    people=People(),
    first=People(),
    helped=People(),
    media=(),
    inspections=Inspections(),
    surveys=0,
    documents=0,
    not_approved=0,
    by_kind=(),
    by_level=(),
    by_unit=(),
    by_activity=(),
    by_group=(),
    by_help=(),
    completeness=Completeness(),
    disputed=0,
    sample=False,
    sample_units=False,
)


def changed(figures: Figures, **values: Any) -> Figures:
    """Other figures; those of completeness (expected, late, nil, missing, mending) by their own names."""
    names = ("expected", "on_time", "late", "free", "nil", "missing", "mending")
    kept: dict[str, Any] = {name: values.pop(name) for name in names if name in values}
    if "nil" in kept:
        kept["nil"] = UnitsOfWeek(kept["nil"])
    for name in kept.keys() & {"missing", "mending"}:
        kept[name] = UnitsOfWeek(len(kept[name]), kept[name])
    return replace(figures, completeness=replace(figures.completeness, **kept), **values)


def summary(*units: FigureRow, **values: Any) -> Figures:
    """A ward's week made of its units' rows."""
    figures: dict[str, Any] = {
        "by_unit": units,
        "reports": sum(each.reports for each in units),
        "people": sum((each.people for each in units), People()),
    }
    return changed(EMPTY, **(figures | values))


def missing(count: int, line: str = "") -> tuple[WeekUnit, ...]:
    """Neighbourhoods that count on lines of their own, or on the line of their ward."""
    names = [f"Khu phố {n}" for n in range(1, count + 1)]
    return tuple(WeekUnit(f"P10-{name}", name, line or "Phường 10", line or name) for name in names)
