"""A day as people write it: `15/11`, `15 tháng 11`, `hôm qua`, `thứ sáu tuần trước`, `last friday`, `2026-11-15`.

A day without a year is the latest such day that is not in the future: reports look back.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from interview.limits import EARLIEST_YEAR, LATEST_YEAR, MAX_SAID
from interview.reading.spoken import COURTESY, EMOJI, without_courtesy
from interview.reading.text import fold, plain_digits
from interview.reading.unreadable import Unreadable

_NEAR_DAYS = {
    "hom nay": 0, "nay": 0, "today": 0, "bua nay": 0, "hnay": 0, "h nay": 0,
    "hom qua": -1, "qua": -1, "yesterday": -1, "bua qua": -1, "hqua": -1, "h qua": -1, "hom qa": -1,
    "hom kia": -2, "kia": -2, "day before yesterday": -2, "the day before yesterday": -2,
    "ngay mai": 1, "mai": 1, "tomorrow": 1, "ngay kia": 2,
}  # fmt: skip
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "thu hai|thu 2|t2|monday|mon", "thu ba|thu 3|t3|tuesday|tue", "thu tu|thu 4|t4|wednesday|wed",
            "thu nam|thu 5|t5|thursday|thu", "thu sau|thu 6|t6|friday|fri", "thu bay|thu 7|t7|saturday|sat",
            "chu nhat|cn|sunday|sun",
        )
    )
    for name in names.split("|")
}  # fmt: skip
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKS = {"tuan truoc": -1, "tuan roi": -1, "tuan qua": -1, "tuan nay": 0, "this week": 0, "last week": -1}
_LATEST = frozenset({"", "vua roi", "vua qua", "roi"})

DOUBTFUL = timedelta(days=183)
"""From here on a day without a year is nearer in the year to come than in the past."""
_HOUR = r"(?:(?:lúc |luc |vào |vao )?[0-9]{1,2} ?(?:giờ|gio|[hg:])(?: ?[0-9]{2}(?![-/.0-9]))? ?)"
_PART = r"(?:(?:buổi |buoi )?(?:sáng|sang|trưa|trua|chiều|chieu|tối|toi|đêm|dem) ?)"
_AROUND = re.compile(rf"^(?:{_HOUR}{_PART}?|{_PART})(?:ngày |ngay )?(?=\S)| (?:{_HOUR}{_PART}?|{_PART})$")
"""The time of day beside a day: "8h sáng hôm qua", "hôm qua lúc 8h"."""
_FILLER = re.compile(r"^(?:da |vao |hom |on |ngay |mung |mong )+(?=\S)")
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{1,2}) ?[-/.] ?(?P<m>[0-9]{1,2})(?: ?[-/.] ?(?P<y>[0-9]{4}|[0-9]{2}))?"),
    re.compile(r"(?P<d>[0-9]{1,2}) ?thang ?(?P<m>[0-9]{1,2})(?:,? ?nam ?(?P<y>[0-9]{4}))?"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_NAME})(?:,? (?P<y>[0-9]{{4}}))?"),
    re.compile(rf"(?P<m>{_NAME}) (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>[0-9]{{4}}))?"),
)
_BESIDE = "da vao hom on ngay mung mong luc gio h g buoi sang trua chieu toi dem thang nam of st nd rd th last this"
_WORDS = frozenset(" ".join((*_NEAR_DAYS, *_WEEKDAYS, *_MONTHS, *_WEEKS, *_LATEST, _BESIDE, fold(COURTESY))).split())
_DIGIT = re.compile("[0-9]")
_DAY_ALONE = re.compile(r"(?:ngay (?:mung |mong )?|mung |mong )([0-9]{1,2})")


def read_date(text: str, today: date) -> date | Unreadable:
    """The day that the whole `text` says, seen from `today`."""
    if len(text) > MAX_SAID:
        return Unreadable("not_a_date")
    written = without_courtesy(plain_digits(text)).lower().strip(" .,!")
    day = _read(fold(written), today)
    if day is None and (bare := _AROUND.sub("", written)) != written:
        day = _read(fold(bare), today)
    return Unreadable("not_a_date") if day is None else day


def may_be_of_a_day(word: str) -> bool:
    """Whether a word can be part of what `read_date` reads: it has a digit, or is one of its words."""
    said = fold(EMOJI.sub(" ", plain_digits(word)))
    return _DIGIT.search(said) is not None or all(part.strip(" .,!") in _WORDS for part in said.split())


def was_long_ago(text: str, day: date, today: date) -> bool:
    """Whether an unsaid year may be another: in November, "20/12" was nearly a year ago, or is still to come."""
    return today - day > DOUBTFUL and day.year < today.year and read_date(text, today + DOUBTFUL) != day


def _read(written: str, today: date) -> date | Unreadable | None:
    readers: tuple[Callable[[str, date], date | Unreadable | None], ...] = (_near_day, _day_alone, _weekday, _numeric)
    for said in dict.fromkeys((written, _FILLER.sub("", written))):
        for reader in readers:
            day = reader(said, today)
            if day is not None:
                return day
    return None


def _near_day(written: str, today: date) -> date | None:
    days = _NEAR_DAYS.get(written)
    return None if days is None else today + timedelta(days=days)


def _weekday(written: str, today: date) -> date | None:
    if written.startswith(("last ", "this ")):
        which, _, name = written.partition(" ")
        day = _WEEKDAYS.get(name)
        if day is None:
            return None
        back = (today.weekday() - day) % 7
        return today - timedelta(days=back or (7 if which == "last" else 0))
    for name in (written, *(written.removesuffix(" " + tail) for tail in (*_WEEKS, *_LATEST) if tail)):
        day = _WEEKDAYS.get(name)
        if day is not None:
            return _of_week(day, written[len(name) :].strip(), today)
    return None


def _of_week(day: int, which: str, today: date) -> date:
    if which in _WEEKS:
        return today + timedelta(days=day - today.weekday() + 7 * _WEEKS[which])
    return today - timedelta(days=(today.weekday() - day) % 7)


def _day_alone(written: str, today: date) -> date | Unreadable | None:
    match = _DAY_ALONE.fullmatch(written)
    if match is None:
        return None
    day, year, month = int(match[1]), today.year, today.month
    for _ in range(3):  # of three months in a row, one has 31 days
        try:
            if (candidate := date(year, month, day)) <= today:
                return candidate
        except ValueError:
            pass
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Unreadable("invalid_date")


def _numeric(written: str, today: date) -> date | Unreadable | None:
    for form in _FORMS:
        match = form.fullmatch(written)
        if match:
            month = match["m"]
            return _dated(int(match["d"]), _MONTHS.get(month) or int(month), match["y"], today)
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date | Unreadable:
    if year is not None:
        full = int(year) + (2000 if len(year) == 2 else 0)
        return _valid(full, month, day) if EARLIEST_YEAR <= full <= LATEST_YEAR else Unreadable("invalid_date")
    for back in range(9):  # nine years hold a 29 February
        candidate = _valid(today.year - back, month, day)
        if isinstance(candidate, date) and candidate <= today:
            return candidate
    return Unreadable("invalid_date")


def _valid(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("invalid_date")
