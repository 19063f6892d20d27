"""Reads what the secretariat types to close a period, to open it again, or to decline a request for a reason.

"/chotso tháng 10", "/moso 2026-10 vì bổ sung báo cáo", "/tuchoi 12 đã báo cáo cấp trên".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidAfterSlash, sure
from handlers.access import may
from handlers.closing import periods, queue
from handlers.context import Replies, Turn
from interview import fold
from messages.actions import Closing, Requests
from periods.cuts import NO_CUTS, Cuts
from periods.period import Length, Period, around, before, period_of

_MOST_WORDS = 3
"""Words that name a period: "tháng 10 / 2026" is written in one to three."""
_REASON = re.compile(r"\A\s*(?:[:,–-]\s*)?(?:(?:vì|do|because)\s+)?", re.IGNORECASE)
_NEAR = {
    "tuan truoc": Length.WEEK,
    "thang truoc": Length.MONTH,
    "quy truoc": Length.QUARTER,
    "nam truoc": Length.YEAR,
    "nam ngoai": Length.YEAR,
}
_NUMBERED = re.compile(r"(tuan|thang|quy) ?([0-9]{1,2}|i{1,3}|iv)(?: ?[/-] ?([0-9]{4}))?")
_YEAR = re.compile(r"nam ([0-9]{4})")
_CODES = {"tuan": "{year}-W{number:02}", "thang": "{year}-{number:02}", "quy": "{year}-Q{number}"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def typed(said: SaidAfterSlash) -> Reading:
    """Read a command of the secretariat with what follows it."""
    deed = _DEEDS.get(said.name)
    if deed is None or not said.rest or not may(said.turn, Closing()):
        return NO_READING
    return sure(Meaning.COMMAND, partial(deed, said.turn, said.rest))


def _close(turn: Turn, text: str) -> Replies:
    period, reason = period_and_reason(text, turn.today, turn.plan.periods)
    return _which_period(turn) if period is None else periods.close_because(turn, period, reason)


def _reopen(turn: Turn, text: str) -> Replies:
    period, reason = period_and_reason(text, turn.today, turn.plan.periods)
    return _which_period(turn) if period is None else periods.reopen_period(turn, period, reason)


def _decline(turn: Turn, text: str) -> Replies:
    number, _, reason = text.partition(" ")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        how = turn.say("Write the request's number and the reason: /tuchoi 12 số liệu đã báo cáo cấp trên")
        return queue.show(turn, Requests(), intro=how)
    return queue.decline_because(turn, int(number), reason.strip())


def _which_period(turn: Turn) -> Replies:
    return periods.show(turn, Closing(), intro=turn.say("I did not find that period."))


def period_and_reason(text: str, today: date, cuts: Cuts = NO_CUTS) -> tuple[Period | None, str]:
    """Split a text into the period with which it begins, if it does, and the reason after it."""
    words = text.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        period = _period(fold(" ".join(words[:count])).rstrip(" :,"), today, cuts)
        if period is not None:
            return period, _REASON.sub("", " ".join(words[count:]), count=1)
    return None, ""


def _period(said: str, today: date, cuts: Cuts) -> Period | None:
    if said in _NEAR:
        return before(around(_NEAR[said], today))
    return next((period for code in _named(said, today) if (period := _of(code, cuts)) and period.first <= today), None)


def _named(said: str, today: date) -> Iterator[str]:
    """The codes that a text may mean, the likeliest first; without a year this year's comes before the last one's."""
    yield said.upper()
    if year := _YEAR.fullmatch(said):
        yield year[1]
    if match := _NUMBERED.fullmatch(said):
        number = _ROMAN.get(match[2]) or int(match[2])
        for its_year in [int(match[3])] if match[3] else [today.year, today.year - 1]:
            yield _CODES[match[1]].format(year=its_year, number=number)


def _of(code: str, cuts: Cuts) -> Period | None:
    try:
        return period_of(code, cuts)
    except ValueError:
        return None


_DEEDS: Mapping[str, Callable[[Turn, str], Replies]] = {
    **dict.fromkeys(("chotso", "close"), _close),
    **dict.fromkeys(("moso", "reopen"), _reopen),
    **dict.fromkeys(("tuchoi", "decline"), _decline),
}
