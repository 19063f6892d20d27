"""Cuts a period into whole months, whole weeks of what is left, and single days: of the first two sums are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from periods.period import Length, Period, after, around, span_period, whole_weeks
from periods.weeks import monday_of, sunday_of, touched

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Months and weeks by their codes, and spans of days: each day of the period lies in one of them."""

    months: tuple[str, ...]
    weeks: tuple[str, ...]
    days: tuple[Period, ...]


def pieces_of(period: Period) -> Pieces:
    """The fewest pieces of a period: a week is itself, a year is twelve months."""
    if period.length is Length.WEEK:
        return Pieces((), (period.code,), ())
    months = tuple(_whole_months(period))
    left = [period]
    if months:
        ends = (period.first, months[0].first - _A_DAY), (months[-1].last + _A_DAY, period.last)
        left = [span_period(*end) for end in ends if end[0] <= end[1]]
    weeks: list[str] = []
    days: list[Period] = []
    for span in left:
        whole = whole_weeks(span)
        if whole is None:
            days.append(span)
            continue
        weeks += touched(monday_of(whole[0]), sunday_of(whole[1]))
        ends = (span.first, monday_of(whole[0]) - _A_DAY), (sunday_of(whole[1]) + _A_DAY, span.last)
        days += (span_period(*end) for end in ends if end[0] <= end[1])
    return Pieces(tuple(month.code for month in months), tuple(weeks), tuple(days))


def _whole_months(period: Period) -> Iterator[Period]:
    month = around(Length.MONTH, period.first)
    while month.last <= period.last:
        if month.first >= period.first:
            yield month
        month = after(month)
