"""A period: the days that figures are about, known by a code.

| code | what it is |
|---|---|
| `2020-W45` | an ISO week |
| `2020-11`, `2020-Q4`, `2020-H2`, `2020` | a month, a quarter, a half-year, a year |
| `2020-9M`, `2020-10M` | nine or ten months from 1 January |
| `2020-11@chot` and so on | the same as official reports cut it off |
| `2020-AM` | the Action Month that begins in 2020 |
| `2020-KQ` | what the plan's results report of 2020 is about |
| `2019-05-08..2020-12-31` | any two days, both included |

The days of the last three kinds but one are a plan's: `Cuts` says them, and a period keeps those by which it was cut.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from periods.cuts import NO_CUTS, Cuts, Names
from periods.weeks import monday_of, week_of

MOST_DAYS = 366 * 60
"""Days of the longest span: a longer one is a typing error, and its weeks would be counted one by one."""
CUT_OFF = "@chot"
"""What follows the code of a period as official reports cut it off."""
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
    ACTION_MONTH = "action_month"
    RESULTS = "results"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    code: str
    length: Length
    first: date
    last: date
    names: Names | None = field(default=None, compare=False)
    """What the plan calls it, where it has a name: an Action Month."""
    cuts: Cuts = field(default=NO_CUTS, compare=False, repr=False)
    """The rules by which it was cut, and by which its neighbours are."""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_cut_off(self) -> bool:
        """Whether it has the days of an official report instead of the calendar's."""
        return self.code.endswith(CUT_OFF)

    @property
    def year(self) -> int:
        """The year of its code; of a span, that of its last day."""
        return self.last.year if self.length is Length.SPAN else int(self.code[:4])

    @property
    def number(self) -> int:
        """Which week, month, quarter or half of its year this is; 1 for all others."""
        if self.length is Length.WEEK:
            return self.first.isocalendar().week
        return (self.last.month - 1) // _MONTHS[self.length] + 1 if self.length in _COUNTED else 1


_MONTHS: Mapping[Length, int] = {
    Length.MONTH: 1,
    Length.QUARTER: 3,
    Length.HALF: 6,
    Length.YEAR: 12,
    Length.NINE_MONTHS: 9,
    Length.TEN_MONTHS: 10,
}
_COUNTED: Mapping[Length, int] = {Length.MONTH: 12, Length.QUARTER: 4, Length.HALF: 2}
"""Of these a year has so many; of all others but weeks one."""
_CODES: Mapping[Length, str] = {
    Length.MONTH: "{year}-{number:02}",
    Length.QUARTER: "{year}-Q{number}",
    Length.HALF: "{year}-H{number}",
    Length.YEAR: "{year}",
    Length.NINE_MONTHS: "{year}-9M",
    Length.TEN_MONTHS: "{year}-10M",
    Length.ACTION_MONTH: "{year}-AM",
    Length.RESULTS: "{year}-KQ",
}
_OF_A_YEAR = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<nine_months>9M)|(?P<ten_months>10M)|(?P<action_month>AM)|(?P<results>KQ)))?"
    rf"(?P<cut_off>{CUT_OFF})?",
    re.IGNORECASE,
)
_DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_SPAN = re.compile(rf"({_DAY})\.\.({_DAY})")


def period_of(code: str, cuts: Cuts = NO_CUTS) -> Period:
    """The period that a code names by a plan's rules; `ValueError` if there is none."""
    try:
        return _read(code.strip(), cuts)
    except ValueError:
        likes = "2020-W45, 2020-11, 2020-Q4, 2020 or 2020-10-01..2020-10-15"
        raise ValueError(f"{code!r} is no period like {likes}") from None


def _read(code: str, cuts: Cuts) -> Period:
    if span := _SPAN.fullmatch(code):
        return span_period(date.fromisoformat(span[1]), date.fromisoformat(span[2]))
    written = _OF_A_YEAR.fullmatch(code)
    if written is None:
        return week_period(code)
    length = _length(written)
    number = int(written[length]) if length in _COUNTED else 1
    return cut(length, int(written["year"]), number, cuts, cut_off=bool(written["cut_off"]))


def _length(written: re.Match[str]) -> Length:
    """The length that the code of a part of a year says."""
    return next((length for length in _CODES if length is not Length.YEAR and written[length]), Length.YEAR)


def written_down(code: str, first: date, last: date, names: Names | None = None) -> Period:
    """The period of a code beside which its days were written down: they hold whatever the rules are by now."""
    written = _OF_A_YEAR.fullmatch(code)
    length = Length.SPAN if _SPAN.fullmatch(code) else _length(written) if written else Length.WEEK
    return Period(code, length, first, last, names)


def cut(length: Length, year: int, number: int = 1, cuts: Cuts = NO_CUTS, *, cut_off: bool = False) -> Period:
    """The `number`-th period of a length in a year; `cut_off` as official reports have it.

    `ValueError` if the rules know no such period.
    """
    days, names = _calendar_days(length, year, number), None
    if length is Length.ACTION_MONTH and (month := cuts.action_month(year)):
        days, names = month.days.beginning_in(year), month.names
    elif length is Length.RESULTS and cuts.results:
        days = cuts.results.beginning_in(year)
    if days is None or (cut_off and length not in cuts.cutoffs):
        raise ValueError(f"no rules for the {length} of {year}")
    if cut_off:
        off = cuts.cutoffs[length]
        days = (days[0] - _A_DAY).replace(day=off.first), days[1].replace(day=off.last)
    code = _CODES[length].format(year=year, number=number) + (CUT_OFF if cut_off else "")
    return Period(code, length, *days, names, cuts)


def _calendar_days(length: Length, year: int, number: int) -> tuple[date, date] | None:
    """The first and last day of the `number`-th stretch of so many months; `None` for what is not made of months."""
    months = _MONTHS.get(length)
    if months is None:
        return None
    last_month = months * number
    last = (date(year, last_month, 28) + timedelta(days=4)).replace(day=1) - _A_DAY
    return date(year, last_month - months + 1, 1), last


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
    return cut(length, day.year, (day.month - 1) // _MONTHS[length] + 1)


def before(period: Period) -> Period:
    """The period of the same length before this one; where a year has only one of them, that of the year before."""
    return _beside(period, -1)


def after(period: Period) -> Period:
    """The period of the same length after this one; where a year has only one of them, that of the year after."""
    return _beside(period, 1)


def _beside(period: Period, by: int) -> Period:
    if period.length in (Length.SPAN, Length.WEEK):
        shift = by * (period.last - period.first + _A_DAY)
        first, last = period.first + shift, period.last + shift
        return week_around(first) if period.length is Length.WEEK else span_period(first, last)
    a_year = _COUNTED.get(period.length, 1)
    year, index = divmod(period.year * a_year + period.number - 1 + by, a_year)
    return cut(period.length, year, index + 1, period.cuts, cut_off=period.is_cut_off)


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
