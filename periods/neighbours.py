"""What may be looked at beside a period: a year earlier, the wider one, the narrower ones, and the year so far."""

from collections.abc import Iterator, Mapping
from datetime import date

from periods.cuts import Cuts
from periods.period import Length, Period, after, around, cut, span_period, week_period, weeks_owed

_WIDER: Mapping[Length, Length] = {
    Length.WEEK: Length.MONTH,
    Length.MONTH: Length.QUARTER,
    Length.QUARTER: Length.HALF,
    Length.HALF: Length.YEAR,
    Length.NINE_MONTHS: Length.YEAR,
    Length.TEN_MONTHS: Length.YEAR,
    Length.ACTION_MONTH: Length.YEAR,
    Length.RESULTS: Length.YEAR,
}
_NARROWER: Mapping[Length, Length] = {
    Length.MONTH: Length.WEEK,
    Length.QUARTER: Length.MONTH,
    Length.HALF: Length.QUARTER,
    Length.YEAR: Length.QUARTER,
    Length.NINE_MONTHS: Length.QUARTER,
    Length.TEN_MONTHS: Length.MONTH,
    Length.ACTION_MONTH: Length.WEEK,
    Length.RESULTS: Length.MONTH,
}
_OF_A_SPAN = ((93, Length.WEEK), (2 * 366, Length.MONTH))
"""The longest span in days that is looked at by weeks, and by months; any longer one is by years."""
_FROM_JANUARY = (Length.MONTH, Length.QUARTER, Length.HALF, Length.NINE_MONTHS, Length.TEN_MONTHS, Length.YEAR)


def year_earlier(period: Period) -> Period:
    """The same period of the year before, "cùng kỳ năm trước".

    A week has the same number, of which 53 may be none: then it is the year's last. 29 February becomes the 28th.
    """
    if period.length is Length.WEEK:
        year, week = (int(part) for part in period.code.split("-W"))
        last_week = date(year - 1, 12, 28).isocalendar().week  # 28 December lies in the last week of every year
        return week_period(f"{year - 1}-W{min(week, last_week):02}")
    if period.length is Length.SPAN:
        return span_period(_a_year_before(period.first), _a_year_before(period.last))
    return cut(period.length, period.year - 1, period.number, period.cuts, cut_off=period.is_cut_off)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def wider(period: Period) -> Period | None:
    """The next longer period in which this one lies; a week lies in the month of its Sunday. `None` if there is none.

    That of an official report's period is an official report's, too.
    """
    if period.is_cut_off:
        above = wider(on_calendar(period))
        return above and at_cutoffs(above, period.cuts)
    if period.length is Length.SPAN:
        year = around(Length.YEAR, period.last)
        return year if period.first in year and (period.first, period.last) != (year.first, year.last) else None
    length = _WIDER.get(period.length)
    return around(length, period.last) if length else None


def narrower(period: Period) -> tuple[Period, ...]:
    """The next shorter periods that end in this one, in order; none for a week.

    Those of an official report's period are official reports', too, where the rules know such.
    """
    length = _NARROWER.get(period.length)
    if period.length is Length.SPAN:
        days = (period.last - period.first).days + 1
        length = next((length for most, length in _OF_A_SPAN if days <= most), Length.YEAR)
    if length is Length.WEEK:
        return tuple(map(week_period, weeks_owed(period)))
    if period.is_cut_off:
        parts = (at_cutoffs(part, period.cuts) for part in narrower(on_calendar(period)))
        return tuple(part for part in parts if part is not None)
    return tuple(_ending_in(period, length)) if length else ()


def _ending_in(period: Period, length: Length) -> Iterator[Period]:
    part = around(length, period.first)
    while part.last <= period.last:
        yield part
        part = after(part)


def at_cutoffs(period: Period, cuts: Cuts) -> Period | None:
    """The period of an official report that goes by the same name; `None` if the rules know none."""
    if period.length not in cuts.cutoffs:
        return None
    return cut(period.length, period.year, period.number, cuts, cut_off=True)


def on_calendar(period: Period) -> Period:
    """The calendar's period that goes by the same name as that of an official report; any other as it is."""
    return cut(period.length, period.year, period.number, period.cuts) if period.is_cut_off else period


def since_january(period: Period) -> Period:
    """From the first day of the year in which a period ends to its last, "lũy kế từ đầu năm".

    The year of an official report begins at its own cut-off.
    """
    year = around(Length.YEAR, period.last)
    if period.is_cut_off:
        year = at_cutoffs(around(Length.YEAR, on_calendar(period).last), period.cuts) or year
    named = (cut(length, year.year, 1, period.cuts) for length in _FROM_JANUARY)
    if period.is_cut_off:
        named = (part for each in named if (part := at_cutoffs(each, period.cuts)))
    same = (each for each in named if (each.first, each.last) == (year.first, period.last))
    return next(same, None) or span_period(year.first, period.last)


def last_action_month(cuts: Cuts, day: date) -> Period | None:
    """The Action Month that began last by a day; `None` where the rules know none."""
    for year in (day.year, day.year - 1):
        if cuts.action_month(year) is None:
            continue
        month = cut(Length.ACTION_MONTH, year, 1, cuts)
        if month.first <= day:
            return month
    return None
