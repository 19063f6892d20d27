"""The recipe of a month of action, day by day against the one of the year before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from locales import Say, number, texts
from messages.outgoing import Picture
from reports.day_by_day import DayByDay
from reports.pictures.frame import frame
from reports.wording import period_title


def month_picture(found: DayByDay, *, as_of: datetime, language: str, sample: bool) -> Picture:
    """The visits of each day so far, and of each day a year earlier (none if nothing was reported then)."""
    say, period = texts(language), found.period
    when = period_title(say, period)
    now, before = ([day.people.total for day in days] for days in (found.days, found.earlier))
    earlier = before if any(before) else []
    names = [str(each.first.year) for each in (period, found.earlier_period)]
    data: dict[str, Any] = frame(
        language,
        found.title,
        when,
        as_of,
        sample=sample,
        question=say("Are we ahead of last year?"),
        foot=[say("Visits are counted: who came twice counts twice."), say("A report counts on its last day.")],
    )
    data |= {"first": period.first.isoformat(), "length": (period.last - period.first).days + 1, "names": names}
    data |= {"visits": now, "visits_before": earlier, "notes": _notes(say, now, earlier, names[1])}
    return Picture("month", data, _alt(say, found.title, when, now, earlier, names[1]))


def _notes(say: Say, now: Sequence[int], earlier: Sequence[int], last: str) -> list[str]:
    if now and not any(now):
        return [say("No visits have been reported.")]
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
