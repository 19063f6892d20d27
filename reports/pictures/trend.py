"""The recipe of a trend: weeks or months side by side, the last one perhaps not over yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from locales import Say, capital, number, texts
from messages.outgoing import Picture
from periods.days import local_day
from periods.period import Length, Period
from reports.pictures.frame import frame, months_text, unapproved_text, weeks_text
from reports.series import Point


def trend_picture(points: Sequence[Point], *, unit: str, as_of: datetime, language: str, sample: bool) -> Picture:
    """Weeks or months one after the other (at least one), each with its women, men and unsorted people."""
    say, today = texts(language), local_day(as_of)
    unapproved = unapproved_text(say, sum(point.not_approved for point in points))
    when = _when(say, points)
    data: dict[str, Any] = frame(
        language,
        unit,
        when,
        as_of,
        sample=sample,
        question=say("Is attendance rising or falling?"),
        foot=[say("Visits are counted: who came twice counts twice."), *unapproved],
    )
    data["columns"] = [_column(say, points, place, point.period.last >= today) for place, point in enumerate(points)]
    data["notes"] = _notes(say, points, is_open=points[-1].period.last >= today)
    return Picture("trend", data, _alt(say, unit, when, points))


def _when(say: Say, points: Sequence[Point]) -> str:
    words = weeks_text if points[0].period.length is Length.WEEK else months_text
    return words(say, len(points), points[0].period, points[-1].period)


def _column(say: Say, points: Sequence[Point], place: int, is_open: bool) -> list[Any]:
    """Weeks stand over their months, months over their years."""
    point = points[place]
    under = _under(say, point.period)
    if place and under == _under(say, points[place - 1].period):
        under = ""
    people = point.people
    return [
        str(point.period.number),
        under,
        point.reports,
        people.female,
        people.male,
        people.unsorted,
        is_open,
    ]


def _under(say: Say, period: Period) -> str:
    if period.length is Length.WEEK:
        return say("month {number}", number=period.last.month)
    return str(period.first.year)


def _short(say: Say, period: Period) -> str:
    """ "tuần 45", "tháng 11"."""
    names: Mapping[bool, str] = {
        True: say("week {number}", number=period.number),
        False: say("month {number}", number=period.number),
    }
    return names[period.length is Length.WEEK]


def _notes(say: Say, points: Sequence[Point], *, is_open: bool) -> list[str]:
    """How the last one that is over differs from the one before it, and that the last one is not over."""
    if not any(point.people.total for point in points):
        return [say("No visits have been reported.")]
    over = points[:-1] if is_open else points
    lines = [_compared(say, over[-2], over[-1])] if len(over) > 1 else []
    if is_open:
        lines.append(say("{period} is not over yet.", period=capital(_short(say, points[-1].period))))
    return lines


def _compared(say: Say, before: Point, now: Point) -> str:
    count, more = now.people.total, now.people.total - before.people.total
    words = {
        "period": capital(_short(say, now.period)),
        "count": number(count, say.language),
        "before": _short(say, before.period),
        "change": number(abs(more), say.language),
    }
    if more > 0:
        return say("{period}: {count} visits, {change} more than in {before}.", **words)
    if more < 0:
        return say("{period}: {count} visits, {change} fewer than in {before}.", **words)
    return say("{period}: {count} visits, as many as in {before}.", **words)


def _alt(say: Say, unit: str, when: str, points: Sequence[Point]) -> str:
    highest = max(points, key=lambda point: point.people.total)
    return say(
        "Trend of {unit}, {when}: {last} {last_count} visits; most in {highest}: {highest_count} visits",
        unit=unit,
        when=when,
        last=_short(say, points[-1].period),
        last_count=number(points[-1].people.total, say.language),
        highest=_short(say, highest.period),
        highest_count=number(highest.people.total, say.language),
    )
