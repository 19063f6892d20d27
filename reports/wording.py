"""Days, weeks and moments as people read them: one way of writing each, whoever says it."""

from datetime import date, datetime

from locales import Say, number
from periods.days import ZONE, local_day
from periods.weeks import monday_of, sunday_of


def day_text(day: date) -> str:
    """8/11/2020, in both languages: it is how the officers write it, and how they are asked for it."""
    return f"{day.day}/{day.month}/{day.year}"


def span(first: date, last: date) -> str:
    """2/11 – 8/11/2020: the first day's year only where it is another."""
    whole = day_text(first)
    if first.year == last.year:
        whole = whole.removesuffix(f"/{first.year}")
    return f"{whole} – {day_text(last)}"


def week_text(say: Say, week: str) -> str:
    """tuần 45 (2/11 – 8/11/2020)."""
    return say("week {number} ({days})", number=int(week[-2:]), days=span(monday_of(week), sunday_of(week)))


def week_title(say: Say, week: str) -> str:
    """The same at the beginning of a line."""
    words = week_text(say, week)
    return words[:1].upper() + words[1:]


def moment(say: Say, value: datetime) -> str:
    """07:30 ngày 9/11/2020, in local time."""
    return say("{time} on {day}", time=f"{value.astimezone(ZONE):%H:%M}", day=day_text(local_day(value)))


def how_many_reported(say: Say, reported: int, expected: int) -> str:
    """How many of the neighbourhoods that owe a week have reported: none, some or all."""
    if not reported:
        return say("None of the {expected} neighbourhoods has reported.", expected=expected)
    if reported == expected:
        return say("All {expected} neighbourhoods have reported. Thank you!", expected=expected)
    return say("Reported: {reported} of {expected} neighbourhoods", reported=reported, expected=expected)


def helped_text(say: Say, women: int, men: int) -> str:
    """ "Tư vấn, hỗ trợ: 4 lượt (3 nữ, 1 nam)": beside the visits to events, never among them."""
    return say(
        "Helped by services: {total} ({women} women, {men} men)",
        total=number(women + men, say.language),
        women=number(women, say.language),
        men=number(men, say.language),
    )
