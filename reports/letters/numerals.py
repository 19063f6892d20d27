"""Numbers, shares and days as official letters write them."""

from datetime import date
from fractions import Fraction

from locales import decimal, number


def count(value: int) -> str:
    """09, 10, 1.150: 1 to 9 with a zero before them, so that nobody adds a digit; 0 stays 0."""
    return f"{value:02}" if 0 < value < 10 else number(value)


def percent(part: int, whole: int) -> str:
    """A share in percent, to a tenth where there is one: 62, 28,8. A half goes up. `whole` is not 0."""
    tenths = int(Fraction(part * 1000, whole) + Fraction(1, 2))
    return share(tenths / 10)


def share(value: float) -> str:
    """A share that is in percent already."""
    return number(int(value)) if value == int(value) else decimal(value)


def day(value: date) -> str:
    """02/11/2020."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def month_in_words(value: date) -> str:
    """The month in a date line: a zero before 1 and 2 alone, since only they could become 11 and 12."""
    return f"{value.month:02}" if value.month < 3 else str(value.month)
