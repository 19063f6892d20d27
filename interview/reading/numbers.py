"""One number as people write it: `45`, `45 người`, `1.200`, `3️⃣0️⃣`, "khoảng ba mươi lăm người".

Digits are an allow-list and nothing is given to `int()` before its length is known (`reliability.md` R11).
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from interview.limits import MAX_DIGITS, MAX_NUMBER, MAX_SAID
from interview.reading.digits import whole_number
from interview.reading.numerals import NUMERALS, read_numerals
from interview.reading.spoken import WordSet, without_courtesy
from interview.reading.text import fold, fold_words, plain_digits
from interview.reading.unreadable import Unreadable

_NUMBER = re.compile(r"(?P<sign>[-−–+]|\bâm |\bam |\bminus )? ?(?P<digits>[0-9]+(?:[., ][0-9]+)*)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_THOUSANDS_MARK = re.compile(r"[., ]")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_ONE_THOUSANDS_MARK = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""No decimals, but a thousand: "1.200"."""
_WORD = re.compile(r"[^\W\d_]+")
_NOT_IN_WORDS = re.compile(r"[^\w .!]|[\d_]")
_AFTER = re.compile(r"(?: ?[^\W\d_]+(?: [^\W\d_]+){0,3})?[.!]?")
"""What may follow a number: the words for what is counted ("đại biểu tham dự"), no more than four."""

_BEFORE = frozenset(
    fold_words("dạ khoảng chừng tầm gần hơn có được là tổng cộng cả thảy tất số about around nearly total")
)
_MINUS = frozenset({"am", "minus"})
_MULTIPLIERS = {
    "chuc": 10,
    "tram": 100,
    "hundred": 100,
    "nghin": 1_000,
    "ngan": 1_000,
    "trieu": 1_000_000,
    "thousand": 1_000,
    "million": 1_000_000,
}
_MORE = frozenset({*NUMERALS, "rưỡi", "ruoi"})
_UNITS = frozenset(
    fold_words("người lượt bạn anh chị em cháu ông bà tờ cái vị hội viên đại biểu people persons women men")
)

_BULK = WordSet("thùng hộp xấp gói kiện ram", exact="lốc tá bó")
"""What holds several: "2 thùng" are not two."""
_KILO = re.compile(r"([0-9]{1,3})k([0-9]?)(?!\w)")
""" "1k2" are 1,200."""
_NOBODY = re.compile(r"(?:không|khong|ko|k|chẳng|chưa) (?:có|co)(?: ai| người nào| nguoi nao)?(?: (?:hết|het|cả|ca))?")

N = TypeVar("N", int, float)


def read_number(text: str, highest: int = MAX_NUMBER, lowest: int = 0) -> int | Unreadable:
    """The whole number that `text` surely says, between `lowest` and `highest`."""
    written = without_courtesy(plain_digits(text)).lower()
    if _NOBODY.fullmatch(written):
        return within(0, highest, lowest)
    if (kilo := _KILO.match(written)) is not None and _is_alone(written, *kilo.span()):
        return within(int(kilo[1]) * 1_000 + int(kilo[2] or 0) * 100, highest, lowest)
    match = _NUMBER.search(written)
    if match is None:
        return _in_words(written, highest, lowest)
    number = read_digits(match["digits"]) if _is_alone(written, *match.span()) else Unreadable("not_a_number")
    if isinstance(number, Unreadable):
        return number
    multiplier = _multiplier(written[match.end() :].split())
    if multiplier is None:
        return Unreadable("not_a_number")
    negative = (match["sign"] or "+").strip() != "+"
    return within(number * (-multiplier if negative else multiplier), highest, lowest)


def _multiplier(following: Sequence[str]) -> int | None:
    """What the words after digits multiply them by; `None` if they say more than one number, or count in boxes."""
    if not following:
        return 1
    multiplier = _MULTIPLIERS.get(fold(following[0]), 1)
    more = multiplier > 1 and not _MORE.isdisjoint(following[1:])  # "2 nghìn rưỡi", "2 nghìn ba"
    return None if more or following[0] in _BULK else multiplier


def within(number: N, highest: int, lowest: int) -> N | Unreadable:
    """The number, if it is neither too large nor too small."""
    if number < lowest:
        return _too_small(lowest)
    return Unreadable("too_large", {"limit": highest}) if number > highest else number


def read_digits(written: str) -> int | Unreadable:
    """Digits 0 to 9 with or without marks between the thousands (`1.200`, `1,200`, `1 200`)."""
    bare = _THOUSANDS_MARK.sub("", written) if _THOUSANDS.fullmatch(written) else written
    if not (bare.isascii() and bare.isdigit()):
        return Unreadable("decimal" if _DECIMAL.fullmatch(written) else "not_a_number")
    number = whole_number(bare.lstrip("0") or "0")
    return Unreadable("too_large", {"limit": MAX_NUMBER}) if number is None else number


def read_decimal(text: str, highest: int = MAX_NUMBER, lowest: int = 0) -> float | Unreadable:
    """A number with or without decimals: `1,5` and `1.5` alike; `1.200` is a thousand, as in Vietnamese."""
    written = plain_digits(text).lower()
    match = _NUMBER.search(written)
    if match is None or not _DECIMAL.fullmatch(match["digits"]) or _ONE_THOUSANDS_MARK.fullmatch(match["digits"]):
        return read_number(text, highest, lowest)
    if not _is_alone(written, *match.span()):
        return Unreadable("not_a_number")
    if len(match["digits"]) > MAX_DIGITS:
        return Unreadable("too_large", {"limit": highest})
    number = float(match["digits"].replace(",", "."))
    return within(-number if (match["sign"] or "+").strip() != "+" else number, highest, lowest)


def _in_words(written: str, highest: int, lowest: int) -> int | Unreadable:
    if len(written) > MAX_SAID or _NOT_IN_WORDS.search(written):
        return Unreadable("not_a_number")
    words = _after_filler(_WORD.findall(written))
    if words and words[0] not in NUMERALS and fold(words[0]) in _MINUS:
        return _too_small(lowest)
    end = next((at for at, word in enumerate(words) if word not in NUMERALS), len(words))
    if any(fold(word) not in _UNITS for word in words[end:]):
        return Unreadable("not_a_number")
    number = read_numerals(words[:end])
    return Unreadable("not_a_number") if number is None else within(number, highest, lowest)


def _after_filler(words: Sequence[str]) -> Sequence[str]:
    first = next((at for at, word in enumerate(words) if word in NUMERALS or fold(word) not in _BEFORE), len(words))
    return words[first:]


def _is_alone(written: str, first: int, last: int) -> bool:
    """Whether nothing but filler stands around the number."""
    around = written[:first] + written[last:]
    if len(around) > MAX_SAID or any(map(str.isnumeric, around)) or not _AFTER.fullmatch(written[last:]):
        return False
    return all(word in _BEFORE for word in fold(written[:first]).replace(":", " ").split())


def _too_small(lowest: int) -> Unreadable:
    return Unreadable("too_small", {"limit": lowest}) if lowest < 0 else Unreadable("negative")
