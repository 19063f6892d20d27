"""Reads what the secretariat types to close a period, to open it again, or to decline a request for a reason.

"/chotso tháng 10", "/moso 2026-10 vì bổ sung báo cáo", "/tuchoi 12 đã báo cáo cấp trên".
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidAfterSlash, sure
from handlers.access import may
from handlers.closing import periods, queue
from handlers.context import Replies, Turn
from interview.reading.period_rules import BARE
from interview.reading.periods import periods_in
from interview.reading.writing import writing
from messages.actions import Closing, Requests
from periods.cuts import NO_CUTS, Cuts
from periods.period import Period, period_of

_MOST_WORDS = 8
"""Words that name a period: "từ ngày 1 tháng 10 đến ngày 15 tháng 10" is among the longest."""
_REASON = re.compile(r"\A\s*(?:[:,–-]\s*)?(?:(?:vì|do|because)\s+)?", re.IGNORECASE)
_IN_A_ROW = re.compile(r"\s[-–]\s")
"""In "tháng 10 - 2 báo cáo đến muộn" a reason begins, no second month."""
_NO_PERIOD = BARE - {"month and year", "year alone"}
"""A day closes nothing."""


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
        period = _period(" ".join(words[:count]).rstrip(" :,"), today, cuts)
        if period is not None:
            return period, _REASON.sub("", " ".join(words[count:]), count=1)
    return None, ""


def _period(words: str, today: date, cuts: Cuts) -> Period | None:
    """The period that some words name and nothing else, if it has begun."""
    said = writing(words)
    readings = periods_in(said, today, cuts)
    if len(readings) != 1 or readings[0].value is None or readings[0].span != (0, len(said.said)):
        return None
    if readings[0].rule in _NO_PERIOD or _IN_A_ROW.search(words):
        return None
    period = period_of(str(readings[0].value), cuts)
    return period if period.first <= today else None


_DEEDS: Mapping[str, Callable[[Turn, str], Replies]] = {
    **dict.fromkeys(("chotso", "close"), _close),
    **dict.fromkeys(("moso", "reopen"), _reopen),
    **dict.fromkeys(("tuchoi", "decline"), _decline),
}
