"""The period that a text names, and what speaks against it.

Every stretch that names one is a reading with its evidence (`interview.reading.evidence`), whose value is the period's
code. Two that stand together are one ("từ tháng 3 đến nay", "tháng 10 cùng kỳ năm trước").
A stretch without a year is the latest one that has begun: figures look back. That this was the last year's is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from interview.reading.evidence import Reading, best_cover, overlap
from interview.reading.period_rules import RULES, Calendar, Named
from interview.reading.writing import Span, Writing, rule, spelled
from periods.cuts import NO_CUTS, Cuts
from periods.neighbours import since_january, year_earlier
from periods.period import Length, Period, cut, period_of, span_period, week_period

LAST_YEAR = "last_year"
"""No year was said, and this year's has not begun: it is the last one's. Sure, and said beside the figures."""
NO_SUCH = "no_such"
"""There is no such period: the 13th month."""
SEVERAL = "several"
"""One cannot tell which of several is meant."""
PERIOD, EARLIER = "period", "earlier"
"""What a reading is of: a period, or the same period of the year before ("cùng kỳ năm trước")."""

_EARLIER = rule(
    "(?P<beside>so )?(?:với )?cùng kỳ(?: của)?(?: năm (?:trước|ngoái|rồi))?|(?:a |the )?year (?:earlier|before)"
)
_SO_FAR = rule(
    "(?:số )?lũy kế(?: (?:từ )?đầu năm)?(?: (?:đến|tới) (?:hôm |hiện |bây )?(?:nay|giờ)| của)?"
    "|(?:từ|tính từ|kể từ) đầu năm(?: (?:đến|tới) (?:hôm |hiện |bây )?(?:nay|giờ))?|(?:year to date|since january)"
)
_NOW = rule("(?:đến|tới) (?:hôm |hiện |bây )?(?:nay|giờ)")
_FROM = rule("từ|giai đoạn|from|kể từ|tính từ")
_TO = rule("đến hết|cho đến|đến|tới|to|until")
_BETWEEN = re.compile(rf"[ ,(]*(?:{spelled('của|tính đến|đến|tới|tính')})?[ ,(]*")
_DASHES = frozenset("-–")


@dataclass(frozen=True, slots=True)
class _Point:
    """What a rule made of a stretch, before it is known what stands beside it."""

    named: Named
    span: Span
    rule: str


def periods_in(written: Writing, today: date, cuts: Cuts = NO_CUTS) -> tuple[Reading, ...]:
    """All that names a period, in order; spans are those of `said`."""
    calendar = Calendar(today, cuts)
    points = list(_points(written.said, calendar))
    return tuple(_beside(written.said, _joined(written.said, points, calendar), calendar))


def _points(said: str, calendar: Calendar) -> Iterator[_Point]:
    found = [
        _Point(make(match, calendar), match.span(), name)
        for name, pattern, make in RULES
        for match in pattern.finditer(said)
    ]
    by_place = {(point.span, point.rule): point for point in reversed(found)}
    for standing in best_cover([Reading(PERIOD, None, point.span, point.rule) for point in found], len(said)):
        yield by_place[standing.span, standing.rule]


def _joined(said: str, points: Sequence[_Point], calendar: Calendar) -> Iterator[Reading]:
    """The points, of which two with "đến" between them are one, and so is one with "đến nay" after it."""
    at = 0
    while at < len(points):
        one, following = points[at], points[at + 1] if at + 1 < len(points) else None
        span = (_begins(said, one.span[0]), one.span[1])
        if following and _leads_to(said[one.span[1] : following.span[0]]):
            yield _from_to(one, following, (span[0], following.span[1]), calendar)
            at += 2
            continue
        now = _NOW.match(said, one.span[1] + (said[one.span[1] : one.span[1] + 1] == " "))
        yield _until_now(one, (span[0], now.end()), calendar) if now else _reading(one, one.span, calendar)
        at += 1


def _begins(said: str, at: int) -> int:
    """Where a stretch begins with the "từ" before it, if there is one."""
    words = [match for match in _FROM.finditer(said[:at]) if not said[match.end() : at].strip()]
    return words[0].start() if words else at


def _leads_to(between: str) -> bool:
    return between.strip() in _DASHES or bool(_TO.fullmatch(between.strip()))


def _from_to(one: _Point, other: _Point, span: Span, calendar: Calendar) -> Reading:
    last = _resolve(other.named, calendar)
    named = one.named
    has_no_year = named.year is None and named.period is None
    if last and has_no_year:
        named = replace(named, year=last.last.year)
    first = _resolve(named, calendar)
    if last and first and has_no_year and first.first > last.last:  # "từ tháng 11 đến tháng 2"
        first = _resolve(replace(named, year=last.last.year - 1), calendar)
    if not (first and last) or first.first > last.last:
        return Reading(PERIOD, None, span, "from one to another", sure=False, why=NO_SUCH)
    return _sure(_span(first.first, last.last, calendar), span, "from one to another")


def _until_now(one: _Point, span: Span, calendar: Calendar) -> Reading:
    first = _resolve(one.named, calendar)
    if first is None or first.first > calendar.today:
        return _reading(one, span, calendar)
    return _sure(_span(first.first, calendar.today, calendar), span, "until now")


def _reading(point: _Point, span: Span, calendar: Calendar) -> Reading:
    named = point.named
    period = _resolve(named, calendar) if named.length is not Length.SPAN or named.day or named.period else None
    options = tuple(option.code for option in (period, *named.options) if option is not None)
    if named.options:
        return Reading(PERIOD, None, span, point.rule, sure=False, why=SEVERAL, options=options)
    if period is None:
        return Reading(PERIOD, None, span, point.rule, sure=False, why=NO_SUCH)
    this_year = calendar.today.isocalendar().year if period.length is Length.WEEK else calendar.today.year
    is_last_years = named.period is None and named.year is None and period.year < this_year
    return Reading(PERIOD, period.code, span, point.rule, why=LAST_YEAR if is_last_years else "")


def _sure(period: Period, span: Span, name: str) -> Reading:
    return Reading(PERIOD, period.code, span, name)


def _resolve(named: Named, calendar: Calendar) -> Period | None:
    """The period that is named: of the year that was said, else the latest that has begun; `None` if there is none."""
    if named.period is not None:
        return named.period
    if named.year is not None:
        return _of_year(named, named.year, calendar)
    for year in range(calendar.today.year + 1, calendar.today.year - 9, -1):  # nine years hold a 29 February
        period = _of_year(named, year, calendar)
        if period and period.first <= calendar.today:
            return period
    return None


def _of_year(named: Named, year: int, calendar: Calendar) -> Period | None:
    try:
        if named.day:
            day, month = named.day
            return span_period(date(year, month, day), date(year, month, named.last or day))
        first = _cut(named, named.number, year - (0 < named.last < named.number), calendar)
        last = _cut(named, named.last, year, calendar) if named.last else first
    except ValueError:
        return None
    return first if last == first else _span(first.first, last.last, calendar)


def _cut(named: Named, number: int, year: int, calendar: Calendar) -> Period:
    if named.length is Length.WEEK:
        return week_period(f"{year}-W{number:02}")
    is_official = named.cut_off and named.length in calendar.cuts.cutoffs
    return cut(named.length, year, number, calendar.cuts, cut_off=is_official)


def _span(first: date, last: date, calendar: Calendar) -> Period:
    """The days from one to another, by the name that they have in the calendar, if they have one."""
    whole = span_period(first, last)
    if first.year == last.year:
        lengths = (Length.MONTH, Length.QUARTER, Length.HALF, Length.NINE_MONTHS, Length.TEN_MONTHS, Length.YEAR)
        number = {Length.MONTH: last.month, Length.QUARTER: (last.month + 2) // 3, Length.HALF: (last.month + 5) // 6}
        named = (cut(length, last.year, number.get(length, 1), calendar.cuts) for length in lengths)
        return next((each for each in named if (each.first, each.last) == (first, last)), whole)
    return whole


def _beside(said: str, readings: Iterator[Reading], calendar: Calendar) -> Iterator[Reading]:
    """The readings with what is said of the whole year or of the year before beside them."""
    earlier, so_far = _EARLIER.search(said), _SO_FAR.search(said)
    read = [match.span() for match in (earlier, so_far) if match]
    found = [reading for reading in readings if not any(overlap(reading.span, span) for span in read)]
    if so_far:
        until = _next_to(said, so_far.span(), found)
        last = period_of(str(until.value), calendar.cuts) if until else span_period(calendar.today, calendar.today)
        span = _around(so_far.span(), until.span) if until else so_far.span()
        found = [_sure(since_january(last), span, "since January"), *(each for each in found if each is not until)]
    beside = _next_to(said, earlier.span(), found) if earlier else None
    for reading in found:
        if reading is beside and earlier:
            period = period_of(str(reading.value), calendar.cuts)  # "so với cùng kỳ" stands beside every figure anyhow
            period = period if earlier["beside"] else year_earlier(period)
            yield _sure(period, _around(earlier.span(), reading.span), "a year earlier")
        else:
            yield reading
    if earlier and beside is None:
        yield Reading(EARLIER, None, earlier.span(), "a year earlier")


def _next_to(said: str, span: Span, readings: Sequence[Reading]) -> Reading | None:
    """The sure reading that stands beside a stretch, with nothing between them that says something else."""
    for reading in readings:
        first, last = sorted((span, reading.span))
        if reading.value is not None and _BETWEEN.fullmatch(said[first[1] : last[0]]):
            return reading
    return None


def _around(*spans: Span) -> Span:
    return min(first for first, _ in spans), max(last for _, last in spans)
