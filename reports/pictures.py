"""Pictures as recipes: what an outbox row carries, to be rendered after the commit from the very figures of the text.

A recipe is JSON and holds everything its renderer needs, so that equal recipes are one picture, rendered once.
"""

from datetime import date
from typing import Any

from locales import number, texts
from messages.outgoing import Picture
from reports.summary import Row, Summary
from reports.wording import week_text

MAX_BARS = 36
"""More would be unreadable on a phone; the district has 16 wards and 15 agencies. The rest is summed in one bar."""


def week_bars(summary: Summary) -> Picture:
    """A week's attendance as bars, by ward or neighbourhood."""
    data: dict[str, Any] = {
        "language": summary.language,
        "week": summary.week,
        "as_of": summary.as_of.isoformat(timespec="minutes"),
        "unit": f"{summary.unit_name}, {summary.above}" if summary.unit_level == "neighbourhood" else summary.unit_name,
        "level": summary.unit_level,
        "reports": summary.reports,
        "female": summary.female,
        "male": summary.male,
        "helped": [summary.helped_female, summary.helped_male],
        "bars": [[row.name, row.reports, row.female, row.male] for row in _bars(summary)],
        "expected": summary.expected,
        "missing": len(summary.missing),
        "sample": summary.sample,
        "sample_units": summary.sample_units,
    }
    return Picture("week_bars", data, _alt(summary))


def invitation_card(link: str, code: str, role: str, unit: str, expires: date, language: str) -> Picture:
    """An invitation to show or print: the link as a QR code, the code to type, whom it makes what (in words)."""
    data = {
        "language": language,
        "link": link,
        "code": code,
        "role": role,
        "unit": unit,
        "expires": expires.isoformat(),
    }
    alt = texts(language)("QR code of the invitation: {role}, {unit}", role=role, unit=unit)
    return Picture("qr", data, alt)


def _bars(summary: Summary) -> list[Row]:
    rows = list(summary.by_unit)
    if len(rows) <= MAX_BARS:
        return rows
    kept, rest = rows[: MAX_BARS - 1], rows[MAX_BARS - 1 :]
    name = texts(summary.language)("{count} other units", count=len(rest))
    folded = Row(
        code="",
        name=name,
        short=name,
        reports=sum(row.reports for row in rest),
        female=sum(row.female for row in rest),
        male=sum(row.male for row in rest),
    )
    return [*kept, folded]


def _alt(summary: Summary) -> str:
    say = texts(summary.language)
    return say(
        "Chart, {unit}, {week}: {women} women, {men} men",
        unit=summary.unit_name,
        week=week_text(say, summary.week),
        women=number(summary.female, summary.language),
        men=number(summary.male, summary.language),
    )
