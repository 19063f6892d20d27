"""The recipe of a period's attendance by unit."""

from typing import Any

from locales import number, texts
from messages.outgoing import Picture
from periods.written import to_json
from reports.figures import FigureRow, Figures, People
from reports.wording import as_they_were, period_text, restated_text

MAX_BARS = 36
"""More would be unreadable on a phone; the district has 16 wards and 15 agencies. The rest is summed in one bar."""


def attendance_bars(figures: Figures) -> Picture:
    """A period's attendance as bars, by ward or neighbourhood.

    Pictures are passed on, so they say nothing of the people whom services helped (`rules.small_numbers`).
    """
    say = texts(figures.language)
    data: dict[str, Any] = {
        "language": figures.language,
        "period": to_json(figures.period),
        "as_of": figures.as_of.isoformat(timespec="minutes"),
        "unit": figures.title,
        "level": figures.unit_level,
        "owing": figures.owing,
        "reports": figures.reports,
        **figures.people.to_dict(),
        "bars": [
            [row.name, row.reports, row.people.female, row.people.male, row.people.unsorted] for row in _bars(figures)
        ],
        "expected": figures.completeness.expected,
        "missing": figures.completeness.missing.count,
        "not_approved": figures.not_approved,
        "sample": figures.sample,
        "sample_units": figures.sample_units,
    }
    if basis := [*filter(None, (restated_text(say, figures.basis), *as_they_were(say, figures.basis)))]:
        data["basis"] = basis
    return Picture("attendance", data, _alt(figures))


def _bars(figures: Figures) -> list[FigureRow]:
    rows = list(figures.by_unit)
    if len(rows) <= MAX_BARS:
        return rows
    kept, rest = rows[: MAX_BARS - 1], rows[MAX_BARS - 1 :]
    name = texts(figures.language)("{count} other units", count=len(rest))
    folded = FigureRow(
        code="",
        name=name,
        short=name,
        reports=sum(row.reports for row in rest),
        people=sum((row.people for row in rest), People()),
    )
    return [*kept, folded]


def _alt(figures: Figures) -> str:
    say = texts(figures.language)
    return say(
        "Chart, {unit}, {period}: {women} women, {men} men",
        unit=figures.title,
        period=period_text(say, figures.period),
        women=number(figures.people.female, figures.language),
        men=number(figures.people.male, figures.language),
    )
