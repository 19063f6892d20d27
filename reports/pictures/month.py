"""The recipe of a month of action, day by day against the one of the year before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from locales import Say, number, texts
from messages.outgoing import Picture
from periods.days import local_day
from periods.period import Period
from reports.pictures.frame import frame


def month_picture(
    period: Period,
    visits: Sequence[int],
    before: Sequence[int],
    *,
    when: str,
    unit: str,
    as_of: datetime,
    language: str,
    sample: bool,
) -> Picture:
    """The visits of each day of a period, and of each day a year earlier (none if nothing was reported then).

    Days to come are left out; `when` is the period in words.
    """
    say = texts(language)
    length = (period.last - period.first).days + 1
    gone = min(length, max(0, (local_day(as_of) - period.first).days + 1))
    now, earlier = list(visits[:gone]), list(before[:length]) if any(before) else []
    names = [str(period.first.year), str(period.first.year - 1)]
    data: dict[str, Any] = frame(
        language,
        unit,
        when,
        as_of,
        sample=sample,
        question=say("Are we ahead of last year?"),
        foot=[say("Visits are counted: who came twice counts twice."), say("A report counts on its last day.")],
    )
    data |= {"first": period.first.isoformat(), "length": length, "names": names}
    data |= {"visits": now, "visits_before": earlier, "notes": _notes(say, now, earlier, names[1])}
    return Picture("month", data, _alt(say, unit, when, now, earlier, names[1]))


def _notes(say: Say, now: Sequence[int], earlier: Sequence[int], last: str) -> list[str]:
    if not earlier:
        return [say("There are no reports of {year}.", year=last)]
    count, more = len(now), sum(now) - sum(earlier[: len(now)])
    change = number(abs(more), say.language)
    if not count:
        return []
    if more > 0:
        return [say("After {days} days: {change} visits more than in {year}.", days=count, change=change, year=last)]
    if more < 0:
        return [say("After {days} days: {change} visits fewer than in {year}.", days=count, change=change, year=last)]
    return [say("After {days} days: as many visits as in {year}.", days=count, year=last)]


def _alt(say: Say, unit: str, when: str, now: Sequence[int], earlier: Sequence[int], last: str) -> str:
    words = {
        "unit": unit,
        "when": when,
        "visits": number(sum(now), say.language),
        "days": len(now),
    }
    if not earlier:
        return say("Day by day, {unit}, {when}: {visits} visits in {days} days", **words)
    return say(
        "Day by day, {unit}, {when}: {visits} visits in {days} days; {before} in {year} by the same day",
        **words,
        before=number(sum(earlier[: len(now)]), say.language),
        year=last,
    )
