"""How letters name a period: with whole days, as "từ ngày 02/11/2020 đến ngày 08/11/2020"."""

from locales import texts
from periods.neighbours import year_earlier
from periods.period import Length, Period, before
from reports.letters.numerals import day
from reports.letters.sentences import Phrases
from reports.wording import period_text

LONGEST_COMPARED = 366
"""Days of a span that is still compared with the days before it."""


def period_named(phrase: Phrases, period: Period) -> str:
    """The period within a sentence or a title."""
    ends = {"first": day(period.first), "last": day(period.last)}
    if period.length is Length.WEEK:
        return phrase("period_week", number=period.number, **ends)
    if period.length is Length.SPAN:
        return phrase("period_span", **ends)
    return period_text(texts("vi"), period)


def title_of(title: str, phrase: Phrases, period: Period) -> str:
    """A letter's title with the period put in, without what is said of its figures, its lines apart by line breaks."""
    first, last = period.first.year, period.last.year
    years = str(last) if first == last else f"{first} - {last}"
    named = period_named(phrase, period).partition(";")[0]
    return title.format(period=named, year=period.year, years=years)


def base_of(period: Period) -> tuple[Period, str] | None:
    """What a period is compared with, and the phrase that names it: a week with the one before, others with a year
    earlier, a span with as many days before it; a programme of years with nothing."""
    if period.length is Length.WEEK:
        return before(period), "base_before_week"
    if period.length is not Length.SPAN:
        return year_earlier(period), "base_year_before"
    days = (period.last - period.first).days
    return (before(period), "base_before") if days < LONGEST_COMPARED else None
