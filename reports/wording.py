"""Weeks, days and moments as people read them, in both languages."""

from datetime import date, datetime

from locales import texts
from storage.weeks import ZONE


def day(value: date, language: str) -> str:
    """8/11/2020, or 8 Nov 2020."""
    return f"{value.day} {value:%b} {value.year}" if language == "en" else f"{value.day}/{value.month}/{value.year}"


def span(first: date, last: date, language: str) -> str:
    """2/11 – 8/11/2020: the first day's year only where it is another."""
    whole = day(first, language)
    if first.year == last.year:
        whole = whole.removesuffix(f"/{first.year}").removesuffix(f" {first.year}")
    return f"{whole} – {day(last, language)}"


def week_title(week: str, first: date, last: date, language: str) -> str:
    """Tuần 45 (2/11 – 8/11/2020)."""
    number = int(week.rpartition("W")[2])
    return texts(language)("Week {number} ({days})", number=number, days=span(first, last, language))


def moment(value: datetime, language: str) -> str:
    """07:30 ngày 9/11/2020, in local time."""
    local = value.astimezone(ZONE)
    return texts(language)("{time} on {day}", time=f"{local:%H:%M}", day=day(local.date(), language))
