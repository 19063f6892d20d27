"""Days, periods and moments as people read them, written in one way everywhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from locales import Say, capital, number
from periods.days import ZONE, local_day
from periods.period import Length, Period, week_period
from reports.figures import Basis, People
from reports.help import HelpRow
from rules.suppression import Cell, Hidden

A_YEAR = timedelta(days=335)
"""From here on a day without its year could be taken for another one."""


def short_day(day: date) -> str:
    """8/11, in both languages, where the year goes without saying."""
    return f"{day.day}/{day.month}"


def known_day(day: date, today: date) -> str:
    """8/11 where that can be one day only, with the year where it was nearly a year ago, or longer."""
    return short_day(day) if abs(today - day) < A_YEAR else day_text(day)


def day_text(day: date) -> str:
    """8/11/2020, in both languages: it is how the officers write it, and how they are asked for it."""
    return f"{short_day(day)}/{day.year}"


def deadline(say: Say, due_on: date) -> str:
    """ "before 5/11 (last day 4/11)": people read "before" in two ways, so both are said."""
    return say("before {day} (last day {last})", day=day_text(due_on + timedelta(days=1)), last=day_text(due_on))


def span(first: date, last: date) -> str:
    """2/11 – 8/11/2020: the first day's year only where it is another."""
    return " – ".join(_two_days(first, last))


def _two_days(first: date, last: date) -> tuple[str, str]:
    return short_day(first) if first.year == last.year else day_text(first), day_text(last)


def week_text(say: Say, week: str) -> str:
    """tuần 45 (2/11 – 8/11/2020)."""
    return period_text(say, week_period(week))


def period_text(say: Say, period: Period) -> str:
    """tuần 45 (2/11 – 8/11/2020), tháng 11/2020, quý IV/2020, năm 2020, từ 1/10 – 15/10/2020.

    kỳ báo cáo tháng 11/2020 (số liệu từ 15/10 đến 14/11/2020), Tháng hành động … năm 2020 (15/11 – 15/12/2020).
    """
    words = _PERIODS[period.length](say, period)
    if not period.is_cut_off:
        return words
    first, last = _two_days(period.first, period.last)
    return say("the reporting period {period} (figures from {first} to {last})", period=words, first=first, last=last)


def period_title(say: Say, period: Period) -> str:
    """The same at the beginning of a line."""
    return capital(period_text(say, period))


def moment(say: Say, value: datetime) -> str:
    """07:30 ngày 9/11/2020, in local time."""
    return say("{time} on {day}", time=f"{value.astimezone(ZONE):%H:%M}", day=day_text(local_day(value)))


def how_many_reported(say: Say, reported: int, expected: int, owing: str) -> str:
    """How many of the units that owe a week (`owing` is what they are called) have reported: none, some or all."""
    if not reported:
        return say("None of the {expected} {owing} has reported.", expected=expected, owing=owing)
    if reported == expected:
        return say("All {expected} {owing} have reported. Thank you!", expected=expected, owing=owing)
    return say("Reported: {reported} of {expected} {owing}", reported=reported, expected=expected, owing=owing)


def joined(say: Say, names: Sequence[str]) -> str:
    """Names in one breath: "phường, cơ quan", "ward and agency"."""
    if len(names) < 2:
        return "".join(names)
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def how_many_weeks(say: Say, reported: int, expected: int) -> str:
    """The same for longer periods, in which a unit owes a report for every week."""
    return say(
        "Weekly reports: {reported} of {expected}",
        reported=number(reported, say.language),
        expected=number(expected, say.language),
    )


def sexes(say: Say, people: People) -> str:
    """ "30 nữ, 15 nam, 5 chưa phân nam nữ": only what is there, and women and men unless all are unsorted."""
    women, men, unsorted = (number(count, say.language) for count in (people.female, people.male, people.unsorted))
    parts = [say("{women} women, {men} men", women=women, men=men)] if people.female or people.male else []
    parts += [say("{unsorted} not yet by sex", unsorted=unsorted)] if people.unsorted else []
    return ", ".join(parts)


def restated_text(say: Say, basis: Basis) -> str:
    """ "Theo 6 phường từ 1/7/2025": nothing for figures as they were."""
    if basis.units_of is None:
        return ""
    day = day_text(basis.units_of)
    if basis.units:
        return say("By {units} from {day} on", units=basis.units, day=day)
    return say("By the units from {day} on", day=day)


def as_they_were(say: Say, basis: Basis) -> tuple[str, ...]:
    """What has to be said of figures as they were where units have changed since, or in between."""
    lines = []
    if basis.moved:
        days = ", ".join(day_text(day) for day in basis.moved)
        lines.append(
            say(
                "Units moved on {days}: a report counts where its unit lay that day, a week where it lay on Sunday.",
                days=days,
            )
        )
    if basis.is_former:
        lines.append(say("By the units of that time."))
    return tuple(lines)


def cell_text(say: Say, cell: Cell) -> str:
    """A count of people whom services helped, as it may be shown: "12", "dưới 5", "không hiển thị"."""
    if isinstance(cell, int):
        return number(cell, say.language)
    return say("under 5") if cell is Hidden.FEW else say("not shown")


def services_text(say: Say, row: HelpRow) -> str:
    """ "24 lượt người được tư vấn, hỗ trợ: 20 nữ, dưới 5 nam": by sex only where that is shown."""
    if row.women is None or row.men is None:
        return say("{total} people helped", total=cell_text(say, row.total))
    women, men = cell_text(say, row.women), cell_text(say, row.men)
    parts = [say("{women} women, {men} men", women=women, men=men)] if row.women or row.men or not row.unsorted else []
    if row.unsorted:
        parts.append(say("{unsorted} not yet by sex", unsorted=cell_text(say, row.unsorted)))
    return say("{total} people helped: {sexes}", total=cell_text(say, row.total), sexes=", ".join(parts))


def _half(say: Say, period: Period) -> str:
    year = period.year
    return (
        say("the first half of {year}", year=year)
        if period.number == 1
        else say("the second half of {year}", year=year)
    )


def _action_month(say: Say, period: Period) -> str:
    name = period.names.of(say.language) if period.names else say("Action Month")
    return say("{name} {year} ({days})", name=name, year=period.year, days=span(period.first, period.last))


def _results(say: Say, period: Period) -> str:
    """What the results report is about: "10 tháng đầu năm 2020; số liệu tính đến 31/10/2020"."""
    first, last = period.first, period.last
    if (first.month, first.day) != (1, 1) or (last + timedelta(days=1)).day != 1:
        return say("from {first} to {last}", first=day_text(first), last=day_text(last))
    return say(
        "the first {months} months of {year}; figures up to {day}",
        months=last.month,
        year=period.year,
        day=day_text(last),
    )


_ROMAN = ("I", "II", "III", "IV")
_PERIODS: Mapping[Length, Callable[[Say, Period], str]] = {
    Length.WEEK: lambda say, it: say("week {number} ({days})", number=it.number, days=span(it.first, it.last)),
    Length.MONTH: lambda say, it: say("month {number}/{year}", number=it.number, year=it.year),
    Length.QUARTER: lambda say, it: say("quarter {number}/{year}", number=_ROMAN[it.number - 1], year=it.year),
    Length.HALF: _half,
    Length.NINE_MONTHS: lambda say, it: say("the first nine months of {year}", year=it.year),
    Length.TEN_MONTHS: lambda say, it: say("the first ten months of {year}", year=it.year),
    Length.YEAR: lambda say, it: say("the year {year}", year=it.year),
    Length.ACTION_MONTH: _action_month,
    Length.RESULTS: _results,
    Length.SPAN: lambda say, it: say("from {first} to {last}", first=day_text(it.first), last=day_text(it.last)),
}


MAX_NAME = 45
"""Characters of a name in a line on a phone."""


def shortened(name: str, most: int = MAX_NAME) -> str:
    """A name as a line has room for it: whole words, unless the first alone is too long."""
    if len(name) <= most:
        return name
    begun = name[:most]
    return (begun.rpartition(" ")[0] or begun[:-1]).rstrip(" ,;–") + "…"


def free_weeks(say: Say, weeks: Sequence[str]) -> str:
    """The free weeks of a longer period, by their numbers; empty if there are none."""
    numbers = ", ".join(str(int(week[6:])) for week in weeks)
    return say("Free weeks: {numbers}", numbers=numbers) if numbers else ""
