"""Summaries made by hand: what the texts and pictures are tried on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from reports.summary import Missing, Row, Summary

AS_OF = datetime(2020, 11, 9, 0, 30, tzinfo=UTC)


def row(code: str, name: str, reports: int = 1, female: int = 0, male: int = 0) -> Row:
    return Row(code, name, name, reports, female, male)


EMPTY = Summary(
    week="2020-W45",
    first=date(2020, 11, 2),
    last=date(2020, 11, 8),
    as_of=AS_OF,
    language="vi",
    unit="P10",
    unit_name="Phường 10",
    unit_level="ward",
    above="Quận Gò Vấp",
    reports=0,
    female=0,
    male=0,
    helped_female=0,
    helped_male=0,
    by_unit=(),
    by_activity=(),
    by_group=(),
    expected=0,
    nil=0,
    missing=(),
    sample=False,
    sample_units=False,
)


def summary(*units: Row, **values: Any) -> Summary:
    """A ward's week made of its units' rows."""
    figures: dict[str, Any] = {
        "by_unit": units,
        "reports": sum(each.reports for each in units),
        "female": sum(each.female for each in units),
        "male": sum(each.male for each in units),
    }
    return replace(EMPTY, **(figures | values))


def missing(count: int, ward: str = "Phường 10") -> tuple[Missing, ...]:
    return tuple(Missing(f"P10-KP{n}", f"Khu phố {n}", ward) for n in range(1, count + 1))
