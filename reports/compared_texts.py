"""Differences in words and signs: "nhiều hơn 12 hoạt động (+25 %) so với tháng 10/2026"."""

from collections.abc import Callable

from locales import Say, number
from periods.period import Period
from reports.beside import Beside
from reports.comparing import Difference
from reports.figures import Completeness
from reports.kinds_texts import activities_text
from reports.series import Point
from reports.wording import period_text
from rules.comparing import Fairness, fairness

Counting = Callable[[Say, int], str]
"""Says a number of things: "12 hoạt động"."""


def compared_text(say: Say, beside: Beside) -> str:
    """A line for each period beside this one that has reports; one that is both, as for nine months, stands once."""
    earlier = {point.period: point for point in (beside.before, beside.year_earlier) if point is not None}
    return "\n".join(_line(say, beside.now, point) for point in earlier.values())


def _line(say: Say, now: Point, then: Point) -> str:
    period, found = period_text(say, then.period), fairness(*(_received(point) for point in (now, then)))
    if found is Fairness.NOT:
        least = min(then, now, key=lambda point: _share(point.completeness))
        return say(
            "Not compared with {period}: in {incomplete} {received} of {expected} weekly reports were received.",
            period=period,
            incomplete=_short(say, least.period),
            received=number(least.completeness.received, say.language),
            expected=number(least.completeness.expected, say.language),
        )
    reports = difference_text(say, Difference(now.reports, then.reports), activities_text)
    visits = difference_text(say, Difference(now.people.total, then.people.total), _visits)
    text = say("Against {period}: {reports}; {visits}.", period=period, reports=reports, visits=visits)
    if found is Fairness.FAIR:
        return text
    received, then_received = (f"{round(100 * _share(point.completeness))} %" for point in (now, then))
    return f"{text} {say('Weekly reports received: {now}, then {before}.', now=received, before=then_received)}"


def _received(point: Point) -> tuple[int, int]:
    return point.completeness.received, point.completeness.expected


def _share(kept: Completeness) -> float:
    return kept.received / kept.expected if kept.expected else 1.0


def _short(say: Say, period: Period) -> str:
    """A period without its days."""
    return period_text(say, period).partition(" (")[0]


def _visits(say: Say, count: int) -> str:
    return say.plural("{count} visit", "{count} visits", count, count=number(count, say.language))


def difference_text(say: Say, difference: Difference, counted: Counting) -> str:
    """ "nhiều hơn 12 hoạt động (+25 %)": no per cent of nothing."""
    things = counted(say, abs(difference.by))
    if not difference.by:
        return say("as many: {things}", things=counted(say, difference.now))
    words = say("{things} more", things=things) if difference.by > 0 else say("{things} fewer", things=things)
    percent = difference.percent
    if percent is None:
        return words
    sign = "+" if difference.by > 0 else "−"
    return f"{words} ({sign}{number(abs(percent), say.language)} %)"
