"""The day that a text says, and what speaks against it.

Every stretch that looks like a day is a reading with its evidence; the verdict over them is one day, several in a row,
or a question. Two readings that support each other (thứ Năm 26/11) are one; two that contradict each other are asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from interview.limits import MAX_SAID
from interview.reading.day_doubts import doubt_about
from interview.reading.day_rules import PART_OF_TODAY, RULES
from interview.reading.day_values import Day
from interview.reading.evidence import Reading, best_cover
from interview.reading.names import names_in
from interview.reading.spoken import COURTESY, EMOJI
from interview.reading.unreadable import Unreadable
from interview.reading.writing import Span, Writing, rule, spelled, writing
from interview.steps import Json

DOUBTFUL = timedelta(days=183)
"""From here on a day without a year is nearer in the year to come than in the past."""
_CLOCK = rule(
    r"(?:từ |khoảng )?[0-9]{1,2} ?(?:đến|tới|-|–) ?[0-9]{1,2} ?(?:giờ|h|g)(?:[0-9]{2})?|(?:(?:từ|lúc|vào"
    r"|hồi) )?(?:lúc )?[0-9]{1,2}(?: ?(?:giờ|g|h|:) ?(?:[0-9]{2}|rưỡi)?(?: phút)?)"
    r"(?: ?(?:đến|tới|-|–|->)(?: ?[0-9]{1,2} ?(?:giờ|g|h|:) ?(?:[0-9]{2}|rưỡi)?(?: phút)?)?)?"
    r"(?: ?(?:buổi )?(?:sáng|trưa|chiều|tối|đêm))?"
)
_PART = rule(
    "(?:(?:vào )?buổi )?(?:sáng sớm|sáng|trưa|chiều|tối|đêm|khuya)(?: ngày)?|buổi sáng|buổi trưa|buổi chiều|buổi tối"
)
_FILLER = rule(
    f"{COURTESY.replace(' ', '|')}|vào|hồi|lúc|on|at|từ|là|ngày|trong|đã|xong|rồi|tức|nhằm|thì|hôm|the|của"
    "|á|à|nha|nghen|hen|đấy|chị|anh|evening|morning|afternoon|nhầm|lộn|ủa|mới đúng|à không|sáng|chiều|tây"
    "|dương lịch|ago"
)
_SHORT = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}
_AND = re.compile(rf"[ ,]*(?:{spelled('và|cùng')}|,|&|\+)[ ,]*(?:{spelled('ngày')} ?)?")
_TO = re.compile(rf" *(?:{spelled('đến hết|cho đến|đến|tới')}|-|–|->|→)+ *(?:{spelled('ngày|hết ngày')} *)?")
_OR = re.compile(rf"[ ,]*(?:{spelled('hoặc|hay là|hay')})[ ,]*(?:{spelled('ngày')} ?)?")
_BESIDE = re.compile(rf"[ ,()–.-]*(?:{spelled('ngày|tức là|tức|nhằm ngày|nhằm|là|vào')}[ ,(]*)*")
_MARKS = re.compile(r"[\s,.;:!?()–\-]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The day that a text says, or what to ask about it."""

    day: date | None = None
    last: date | None = None
    options: tuple[date, ...] = ()
    why: str = ""
    """Why no day is taken; empty if one is, or none was said."""
    invalid: bool = False


@lru_cache(maxsize=64)
def days_in(written: Writing, today: date) -> tuple[Reading, ...]:
    """All that looks like a day, with what speaks against it; spans are those of `said`."""
    stops = names_in(written)
    cover = best_cover((*(stop for stop in stops if not _gives_way(stop)), *_found(written, today)), len(written.said))
    return tuple(_joined(written.said, [reading for reading in cover if reading.what != "name"], today))


def _gives_way(name: Reading) -> bool:
    """Whether a day is more than a name: "3 ngày" is part of "3 ngày trước"."""
    return name.rule in {"month or year", "year", "duration", "fixed name"}


def _found(written: Writing, today: date) -> Iterator[Reading]:
    for name, pattern, make in RULES:
        for match in pattern.finditer(written.said):
            made = make(match, today)
            yield _reading(written, match, made, name, today)


def _reading(written: Writing, match: re.Match[str], made: Day, name: str, today: date) -> Reading:
    days = tuple(day.isoformat() for day in made.days)
    if made.last is not None:
        days = (*days, made.last.isoformat())
    within = tuple(day.isoformat() for day in made.within or ())
    groups = match.groupdict()
    plain = name == "numeric day" and not groups["lead"] and not groups["y"] and not groups["w"]
    doubt = made.why or ("invalid_date" if made.invalid else doubt_about(written, match, made, name, today))
    what = "days" if made.last is not None else "week" if within else "day"
    if doubt in {"occasion", "fraction", "name", "count"}:
        what = doubt
    elif made.invalid and plain and (int(match["m"]) > 12 or int(match["d"]) > 31):
        what = "fraction"  # "30/45" in a line; alone it is a day that does not exist
    value: Json = list(within or days) if within or what == "days" else days[0] if days else None
    return Reading(what, value, match.span(), name, sure=not doubt, why=doubt, options=days if doubt else ())


def _joined(said: str, readings: Sequence[Reading], today: date) -> Iterator[Reading]:
    """Days that stand together made one: support, a row of days, or a contradiction."""
    one: Reading | None = None
    for reading in readings:
        both = _together(said, one, reading, today) if one else None
        if both is None and one is not None:
            yield one
        one = both or reading
    if one is not None:
        yield one


def _together(said: str, one: Reading, other: Reading, today: date) -> Reading | None:
    between, span = said[one.span[1] : other.span[0]], (one.span[0], other.span[1])
    if one.what == "occasion" and _TO.fullmatch(between):  # "tháng hành động 15/11-15/12"
        return replace(one, span=span)
    if {one.what, other.what} != {"day"} or one.value is None or other.value is None:
        return None
    first, last = str(one.value), str(other.value)
    joined = one.sure and other.sure and _AND.fullmatch(between) and not _BESIDE.fullmatch(between)
    nearby = date.fromisoformat(last) - date.fromisoformat(first) == timedelta(days=1)
    if _TO.fullmatch(between) or (joined and nearby):
        return _row(one, other, span, today)
    beside, numeric = _BESIDE.fullmatch(between), (last, first) if one.rule == "weekday" else (first, last)
    if beside and first == last:
        return replace(one, span=span, sure=one.sure and other.sure, why=one.why or other.why)
    if _OR.fullmatch(between) or (beside and one.why == other.why == ""):
        return Reading("day", None, span, "two days", sure=False, why="contradiction", options=numeric)
    return None


def _row(one: Reading, other: Reading, span: Span, today: date) -> Reading | None:
    first, last = date.fromisoformat(str(one.value)), date.fromisoformat(str(other.value))
    if first > last and one.rule == "weekday":  # "từ thứ hai đến thứ tư"
        first -= timedelta(days=7)
    if not first < last <= today or last - first > timedelta(days=31):
        return replace(
            other, span=span, value=None, sure=False, why="contradiction", options=(str(one.value), str(other.value))
        )
    sure = one.sure and other.sure
    value = [first.isoformat(), last.isoformat()]
    return Reading(
        "days", list(value), span, "from one day to another", sure=sure, why=one.why or other.why, options=tuple(value)
    )


def verdict(readings: Sequence[Reading]) -> Verdict:
    """What all of them say together."""
    if any(reading.rule != PART_OF_TODAY for reading in readings if reading.what in {"day", "days", "week"}):
        readings = [reading for reading in readings if reading.rule != PART_OF_TODAY]
    days = [reading for reading in readings if reading.what in {"day", "days"}]
    sure = {_key(reading) for reading in days if reading.sure}
    weeks = [reading.value for reading in readings if reading.what == "week"]
    if len(sure) == 1:
        first, last = sure.pop()
        if all(isinstance(week, list) and str(week[0]) <= first <= str(week[1]) for week in weeks):
            end = date.fromisoformat(last) if last != first else None
            return Verdict(date.fromisoformat(first), end)
        return Verdict(options=(date.fromisoformat(first),), why="contradiction")
    options = tuple(dict.fromkeys(date.fromisoformat(str(day)) for reading in days for day in _options(reading)))
    if len(sure) > 1:
        return Verdict(options=options, why="contradiction")
    doubtful = [reading for reading in readings if not reading.sure or reading.what == "week"]
    if not doubtful:
        return Verdict()
    occasions = tuple(
        date.fromisoformat(str(day)) for reading in doubtful if reading.what == "occasion" for day in reading.options
    )
    invalid = all(reading.why == "invalid_date" for reading in doubtful)
    return Verdict(options=options or occasions, why=doubtful[0].why, invalid=invalid)


def _key(reading: Reading) -> tuple[str, str]:
    value = reading.value
    return (str(value[0]), str(value[-1])) if isinstance(value, list) else (str(value), str(value))


def _options(reading: Reading) -> tuple[object, ...]:
    if reading.options:
        return reading.options
    return (
        () if reading.value is None else tuple(reading.value) if isinstance(reading.value, list) else (reading.value,)
    )


def read_day(text: str, today: date) -> Verdict | None:
    """What the whole text says of a day; `None` if it says something else."""
    if len(text) > MAX_SAID:
        return None
    written = writing(text.strip())
    short = _rest(written.said, ())
    if short in _SHORT:
        return Verdict(today + timedelta(days=_SHORT[short]))
    readings = days_in(written, today)
    if not readings or _rest(written.said, [reading.span for reading in readings]):
        return None
    return verdict(
        [replace(reading, what="day") if reading.what in {"fraction", "count"} else reading for reading in readings]
    )


def read_date(text: str, today: date) -> date | Unreadable:
    """The one day that the whole `text` says, seen from `today`, whether or not it is far away."""
    said = read_day(text, today)
    if said is None or said.last is not None:
        return Unreadable("not_a_date")
    if said.invalid:
        return Unreadable("invalid_date")
    if said.day is None and said.why not in {"future", "holiday"}:
        return Unreadable("not_a_date")
    return said.day or said.options[0]


def _rest(said: str, spans: Sequence[Span]) -> str:
    """What is left of a text without these stretches, clock times and courtesy."""
    for first, last in reversed(spans):
        said = said[:first] + " | " + said[last:]
    for pattern in (EMOJI, _CLOCK, _PART, _FILLER):
        said = pattern.sub(" ", said)
    return " ".join(_MARKS.sub(" ", said.replace("|", " ")).split())


def clock_times(written: Writing) -> tuple[Span, ...]:
    """The stretches that say a time of day: they answer nothing, and are no topic."""
    return tuple(match.span() for pattern in (_CLOCK, _PART) for match in pattern.finditer(written.said))
