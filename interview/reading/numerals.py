"""Numbers in words, Vietnamese (with or without diacritics) and English, up to the millions.

Only what has one meaning is read: "một trăm hai" (120 to some, 102 to others) is not a number here.
"""

from collections.abc import Sequence
from enum import Enum

from interview.reading.text import fold


class _Link(Enum):
    LINK = 0


LINK = _Link.LINK
"""A word that joins ("linh", "lẻ", "and"): the next digit counts ones."""

_VIETNAMESE: dict[str, int | _Link] = {
    "không": 0, "ko": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mươi": 10, "chục": 10, "trăm": 100, "nghìn": 1_000,
    "ngàn": 1_000, "triệu": 1_000_000, "linh": LINK, "lẻ": LINK,
}  # fmt: skip
_ENGLISH: dict[str, int | _Link] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1_000, "million": 1_000_000,
    "and": LINK,
}  # fmt: skip
NUMERALS: dict[str, int | _Link] = (
    _ENGLISH | {fold(word): value for word, value in _VIETNAMESE.items()} | _VIETNAMESE | {"hăm": 20, "băm": 30}
)
"""Exact spellings and those without any diacritics. A word with other diacritics ("bà", "tạm") is no numeral."""
_ONES_AFTER_TENS = frozenset({"lăm", "lam", "nhăm", "nham", "mốt", "tư", "tu"})
""" "hai lăm" leaves out its "mươi"."""
_HALF = frozenset({"rưỡi", "ruoi"})


def read_numerals(words: Sequence[str]) -> int | None:
    """The number that lower-case `words` spell, all of them, or `None`; plain digits may stand among them."""
    if len(words) > 1 and words[-1] in _HALF:
        return _and_a_half(words[:-1])
    spoken = len(words) > 1 and words[-1] in _ONES_AFTER_TENS and NUMERALS.get(words[-2], 10) in range(2, 10)
    if spoken:
        words = (*words[:-1], "mươi", words[-1])
    values = [
        int(word) if word.isascii() and word.isdigit() and len(word) < 4 else NUMERALS.get(word) for word in words
    ]
    total, rest = 0, values
    for multiplier in (1_000_000, 1_000):
        if multiplier in rest:
            cut = rest.index(multiplier)
            count = _below_thousand(rest[:cut])
            if count is None:
                return None
            total, rest = total + count * multiplier, rest[cut + 1 :]
            if not rest:
                return total
            if len(rest) == 1:  # "hai nghìn ba": 2,003 or 2,300
                return None
    ending = _below_thousand(rest)
    return None if ending is None else total + ending


def _and_a_half(words: Sequence[str]) -> int | None:
    """ "một trăm rưỡi": half of the last step more."""
    last, number = NUMERALS.get(words[-1]), read_numerals(words)
    return number + last // 2 if isinstance(last, int) and last in {10, 100, 1_000} and number else None


def _below_thousand(values: Sequence[int | _Link | None]) -> int | None:
    if 100 not in values[1:]:
        return _below_hundred(values) if values != [100] else 100
    cut = values.index(100, 1)
    count = values[0] if cut == 1 else None
    if not isinstance(count, int) or not 1 <= count <= 9:
        return None
    rest = values[cut + 1 :]
    if not rest:
        return count * 100
    if len(rest) == 1 and isinstance(rest[0], int) and rest[0] < 10:  # "một trăm hai": 102 or 120
        return None
    ending = _below_hundred(rest)
    return None if ending is None else count * 100 + ending


def _below_hundred(values: Sequence[int | _Link | None]) -> int | None:  # noqa: PLR0911 (one case a way to say it)
    if values and values[0] is LINK:
        values = values[1:]
    numbers = [value for value in values if isinstance(value, int)]
    if not numbers or len(numbers) != len(values):
        return None
    match numbers:
        case [one] if one < 100:
            return one
        case [10, ones] if 1 <= ones <= 9:
            return 10 + ones
        case [tens, 10] if 1 <= tens <= 9:
            return tens * 10
        case [tens, 10, ones] if 2 <= tens <= 9 and 1 <= ones <= 9:
            return tens * 10 + ones
        case [20 | 30 | 40 | 50 | 60 | 70 | 80 | 90 as tens, ones] if 1 <= ones <= 9:
            return tens + ones
    return None
