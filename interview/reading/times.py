"""A time of day as people write it: `14:30`, `14h30`, `2 giờ chiều`, `2 giờ rưỡi chiều`, `2:30 pm`."""

import re
from datetime import time

from interview.limits import MAX_SAID
from interview.reading.text import fold, plain_digits
from interview.reading.unreadable import Unreadable

_TIME = re.compile(
    r"(?:luc |vao |at )?(?P<h>[0-9]{1,2}) ?(?:(?::|\.|h|g|gio) ?(?P<m>[0-9]{1,2}|ruoi)?(?: ?phut)?)?"
    r" ?(?P<part>sang|trua|chieu|toi|dem|am|pm)?"
)
_BARE = re.compile(r"(?:luc |vao |at )?[0-9]+")
_AFTERNOON = frozenset({"chieu", "toi", "pm"})


def read_time(text: str) -> time | Unreadable:
    """The time that the whole `text` says; a bare number is not one."""
    if len(text) > MAX_SAID:
        return Unreadable("not_a_time")
    written = fold(plain_digits(text)).strip(" .,!")
    match = _TIME.fullmatch(written)
    if match is None or _BARE.fullmatch(written):
        return Unreadable("not_a_time")
    hour = _hour(int(match["h"]), match["part"])
    minute = 30 if match["m"] == "ruoi" else int(match["m"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else Unreadable("invalid_time")


def _hour(hour: int, part: str | None) -> int:
    if part in _AFTERNOON and 1 <= hour < 12:
        return hour + 12
    if part == "trua" and 1 <= hour <= 2:
        return hour + 12
    if part == "dem" and 7 <= hour < 12:
        return hour + 12
    if part in {"dem", "am"} and hour == 12:
        return 0
    return hour
