"""A period: the days that figures are about, known by a code.

| code | what it is |
|---|---|
| `2020-W45` | an ISO week |
| `2020-11`, `2020-Q4`, `2020-H2`, `2020` | a month, a quarter, a half-year, a year |
| `2020-9M`, `2020-10M` | nine or ten months from 1 January |
| `2019-05-08..2020-12-31` | any two days, both included |
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from periods.weeks import monday_of, week_of

MOST_DAYS = 366 * 60
"""Days of the longest span: a longer one is a typing error, and its weeks would be counted one by one."""
_A_DAY = timedelta(days=1)


class Length(StrEnum):
    """How a period is cut out of the calendar."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    NINE_MONTHS = "nine_months"
    TEN_MONTHS = "ten_months"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    code: str
    length: Length
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def number(self) -> int:
        """Which week, month, quarter or half of its year this is; 1 for all others."""
        if self.length is Length.WEEK:
            return self.first.isocalendar().week
        return (self.first.month - 1) // _MONTHS.get(self.length, 12) + 1


_MONTHS: Mapping[Length, int] = {
    Length.MONTH: 1,
    Length.QUARTER: 3,
    Length.HALF: 6,
    Length.YEAR: 12,
    Length.NINE_MONTHS: 9,
    Length.TEN_MONTHS: 10,
}
_CODES: Mapping[Length, str] = {
    Length.MONTH: "{year}-{number:02}",
    Length.QUARTER: "{year}-Q{number}",
    Length.HALF: "{year}-H{number}",
    Length.YEAR: "{year}",
    Length.NINE_MONTHS: "{year}-9M",
    Length.TEN_MONTHS: "{year}-10M",
}
_OF_A_YEAR = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?:"
    r"(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine_months>9M)|(?P<ten_months>10M)))?",
    re.IGNORECASE,
)
_DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_SPAN = re.compile(rf"({_DAY})\.\.({_DAY})")


def period_of(code: str) -> Period:
    """The period that a code names; `ValueError` if there is none."""
    try:
        return _read(code.strip())
    except ValueError:
        likes = "2020-W45, 2020-11, 2020-Q4, 2020 or 2020-10-01..2020-10-15"
        raise ValueError(f"{code!r} is no period like {likes}") from None


def _read(code: str) -> Period:
    if span := _SPAN.fullmatch(code):
        return span_period(date.fromisoformat(span[1]), date.fromisoformat(span[2]))
    cut = _OF_A_YEAR.fullmatch(code)
    if cut is None:
        return week_period(code)
    length = Length(cut.lastgroup or Length.YEAR)
    counted = length in (Length.MONTH, Length.QUARTER, Length.HALF)
    return _cut(length, int(cut["year"]), int(cut[length]) if counted else 1)


def week_period(week: str) -> Period:
    """An ISO week as a period; `ValueError` if there is no such week."""
    monday = monday_of(week)
    return Period(week_of(monday), Length.WEEK, monday, monday + timedelta(days=6))


def week_around(day: date) -> Period:
    """The ISO week that a day lies in."""
    return week_period(week_of(day))


def span_period(first: date, last: date) -> Period:
    """Any two days; `ValueError` where the last comes before the first, or decades after it."""
    if not 0 <= (last - first).days <= MOST_DAYS:
        raise ValueError(f"from {first} to {last} is no period")
    return Period(f"{first}..{last}", Length.SPAN, first, last)


def around(length: Length, day: date) -> Period:
    """The week, month, quarter, half or year that a day lies in; nine or ten months begin with its year."""
    if length is Length.WEEK:
        return week_around(day)
    return _cut(length, day.year, (day.month - 1) // _MONTHS[length] + 1)


def before(period: Period) -> Period:
    """The period that ends where this one begins; for nine or ten months, those of the year before."""
    if period.length is Length.SPAN:
        return span_period(period.first - (period.last - period.first) - _A_DAY, period.first - _A_DAY)
    return _next_to(period, period.first - _A_DAY)


def after(period: Period) -> Period:
    """The period that begins where this one ends; for nine or ten months, those of the year after."""
    if period.length is Length.SPAN:
        return span_period(period.last + _A_DAY, period.last + (period.last - period.first) + _A_DAY)
    beyond = date(period.last.year, 12, 31) if period.length in _FROM_JANUARY else period.last
    return _next_to(period, beyond + _A_DAY)


def weeks_owed(period: Period) -> list[str]:
    """The weeks that are owed in a period: those whose Sunday lies in it."""
    sunday = period.first + timedelta(days=6 - period.first.weekday())
    count = (period.last - sunday).days // 7 + 1
    return [week_of(sunday + timedelta(weeks=index)) for index in range(count)]


def whole_weeks(period: Period) -> tuple[str, str] | None:
    """The first and the last of the weeks that lie in a period as a whole; `None` where none does."""
    monday = period.first + timedelta(days=-period.first.weekday() % 7)
    sunday = period.last - timedelta(days=(period.last.weekday() + 1) % 7)
    return (week_of(monday), week_of(sunday)) if monday < sunday else None


_FROM_JANUARY = frozenset({Length.NINE_MONTHS, Length.TEN_MONTHS})


def _next_to(period: Period, day: date) -> Period:
    return _cut(period.length, day.year, 1) if period.length in _FROM_JANUARY else around(period.length, day)


def _cut(length: Length, year: int, number: int) -> Period:
    """The `number`-th stretch of so many months in a year."""
    months = _MONTHS[length]
    last_month = months * number
    last = (date(year, last_month, 28) + timedelta(days=4)).replace(day=1) - _A_DAY
    return Period(_CODES[length].format(year=year, number=number), length, date(year, last_month - months + 1, 1), last)
