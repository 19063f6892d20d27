"""What every recipe of figures begins with: whose they are, of when, as of when, and whether they are made up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from locales import Say, number
from periods.period import Period
from reports.wording import span


def frame(
    language: str, unit: str, when: str, as_of: datetime, *, sample: bool, question: str, foot: Iterable[str]
) -> dict[str, Any]:
    """The head and foot of a recipe: `when`, `question` and the lines of the `foot` in words."""
    return {
        "language": language,
        "unit": unit,
        "when": when,
        "as_of": as_of.isoformat(timespec="minutes"),
        "sample": sample,
        "question": question,
        "foot": list(foot),
    }


def unapproved_text(say: Say, count: int) -> list[str]:
    """A line on reports that nobody has approved yet; none if there are none."""
    if not count:
        return []
    return [
        say.plural(
            "{count} report is not approved yet.",
            "{count} reports are not approved yet.",
            count,
            count=number(count, say.language),
        )
    ]


def weeks_text(say: Say, count: int, first: Period, last: Period) -> str:
    """ "12 tuần, 17/8 – 8/11/2020"."""
    days = span(first.first, last.last)
    return say.plural("{n} week, {days}", "{n} weeks, {days}", count, days=days)


def months_text(say: Say, count: int, first: Period, last: Period) -> str:
    """ "12 tháng, 1/12/2019 – 30/11/2020"."""
    days = span(first.first, last.last)
    return say.plural("{n} month, {days}", "{n} months, {days}", count, days=days)
