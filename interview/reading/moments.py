"""A day and a time of it, in either order: "8h sáng 15/11", "hôm qua lúc 2 giờ chiều", "thứ sáu tuần trước 14:30".

The words are parted in every way that leaves a row of them as a time; of those whose other words are a day, the longest
time is meant. A part of the day that stands by the day ("chiều hôm qua 2 giờ") belongs to the time as well.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from interview.limits import EARLIEST_YEAR, LATEST_YEAR, MAX_SAID
from interview.reading.dates import DOUBTFUL, read_date
from interview.reading.spoken import without_courtesy
from interview.reading.text import fold, plain_digits
from interview.reading.times import read_time
from interview.reading.unreadable import Unreadable

_MOST_WORDS = 16
"""Words of the longest moment: "lúc 8 giờ 30 phút sáng thứ sáu ngày 15 tháng 11 năm 2026" has 14."""
_LONGEST_TIME = 7
"""Words of the longest time: "vào lúc 8 giờ 30 phút sáng"."""

_NOW = frozenset({"bay gio", "ngay bay gio", "luc nay", "vua xong", "moi xong", "now", "just now", "right now"})
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}\S*", re.IGNORECASE)
_BESIDE = ",;()'’"
_JOINTS = frozenset({"luc", "vao", "hoi", "at", "-", "–"})
"""Words between a day and a time that belong to neither."""
_PARTS = frozenset({"sáng", "trưa", "chiều", "tối", "đêm", "sang", "trua", "chieu", "toi", "dem"})


def read_moment(text: str, now: datetime) -> datetime | Unreadable:
    """The moment that the whole `text` says, to the minute and in the zone of `now`."""
    if len(text) > MAX_SAID:
        return Unreadable("not_a_moment")
    written = without_courtesy(plain_digits(text)).strip(" .,!")
    if fold(written) in _NOW:
        return now.replace(second=0, microsecond=0)
    if (moment := iso_moment(written, now)) is not None:
        return moment
    words = [bare for word in written.split() if (bare := word.strip(_BESIDE)) and bare not in "-–"]
    if len(words) > _MOST_WORDS:
        return Unreadable("not_a_moment")
    return _read(words, now)


def moment_was_long_ago(text: str, moment: datetime, now: datetime) -> bool:
    """Whether the year was not said and may be another, as of a day."""
    doubtful = now.date() - moment.date() > DOUBTFUL and moment.year < now.year
    return doubtful and read_moment(text, now + DOUBTFUL) != moment


def iso_moment(written: str, now: datetime) -> datetime | None:
    """A moment as machines write it, in the zone of `now`; without an offset it is meant there."""
    if not _ISO.fullmatch(written) or not EARLIEST_YEAR < int(written[:4]) < LATEST_YEAR:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    local = moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return local.replace(second=0, microsecond=0)


def _read(words: Sequence[str], now: datetime) -> datetime | Unreadable:
    wrong: Unreadable | None = None
    for day, clock in _parted(words, now.date()):
        if isinstance(day, Unreadable):
            wrong = wrong or day
        elif isinstance(clock, Unreadable):
            wrong = wrong or clock
        else:
            return datetime.combine(day, clock, now.tzinfo)
    return wrong or _half(" ".join(words), now.date())


def _parted(words: Sequence[str], today: date) -> Iterator[tuple[date | Unreadable, time | Unreadable]]:
    """The ways to part the words into a day and a time, the longest time first; either may be `Unreadable`."""
    for length in range(min(_LONGEST_TIME, len(words) - 1), 0, -1):
        for first in range(len(words) - length + 1):
            rest = _without_joints((*words[:first], *words[first + length :]))
            clock = _time(words[first : first + length], rest)
            if _is(clock, "not_a_time"):
                continue
            day = read_date(" ".join(rest), today)
            if not _is(day, "not_a_date"):
                yield day, clock


def _time(words: Sequence[str], rest: Sequence[str]) -> time | Unreadable:
    """The time, with the part of the day that stands among the rest."""
    said = " ".join(_without_joints(words))
    parts = [word for word in rest if word.lower() in _PARTS]
    if parts and isinstance(clock := read_time(f"{said} {parts[0]}"), time):
        return clock
    return read_time(said)


def _without_joints(words: Sequence[str]) -> Sequence[str]:
    first, last = 0, len(words)
    while first < last and fold(words[first]) in _JOINTS:
        first += 1
    while last > first and fold(words[last - 1]) in _JOINTS:
        last -= 1
    return words[first:last]


def _half(text: str, today: date) -> Unreadable:
    """What is missing if only the day or only the time was said; the example shows both."""
    day = read_date(text, today)
    if isinstance(day, date):
        return Unreadable("time_missing", {"example": f"08:00 {day:%d/%m/%Y}"})
    clock = read_time(text)
    if isinstance(clock, time):
        return Unreadable("day_missing", {"example": f"{clock:%H:%M} {today:%d/%m/%Y}"})
    return Unreadable("not_a_moment")


def _is(value: date | time | Unreadable, code: str) -> bool:
    return isinstance(value, Unreadable) and value.code == code
