"""What a stretch of a text says of days: which may be meant, and what speaks against them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """What a rule made of its words: the days that may be meant; several, or none, are a question."""

    days: tuple[date, ...] = ()
    last: date | None = None
    """The last day, if it took several."""
    within: tuple[date, date] | None = None
    """The days among which it lies, if only that was said."""
    why: str = ""
    invalid: bool = False


NO_SUCH_DAY = Day(invalid=True)


def day_of(year: int, month: int, day: int) -> Day:
    """The day, or that there is none."""
    try:
        return Day((date(year, month, day),))
    except ValueError:
        return NO_SUCH_DAY


def of_latest_month(number: int, today: date) -> Day:
    """The latest day with this number that is not in the future."""
    year, month = today.year, today.month
    for _ in range(3):  # of three months in a row, one has 31 days
        made = day_of(year, month, number)
        if made.days and made.days[0] <= today:
            return made
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return NO_SUCH_DAY
