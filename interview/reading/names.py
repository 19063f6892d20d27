"""Words of a line that look like a count and are none: "Việt Nam", "câu lạc bộ phụ nữ", "khu phố 5", "8h30", "50m²".

Also without their diacritics: "to chuc" is no "chục" (ten).
"""

import re
from collections.abc import Iterator, Sequence

from interview.reading.text import fold, fold_words, plain_digits

NUMBERED = frozenset(fold_words("phố phường tổ khu ấp kp số đường hẻm ngõ nhà quận lớp khối đợt lần kỳ thứ ngày tháng"))
"""Words before a number that is a name: "khu phố 5", "lớp 9", "đợt 2"."""

_NAMED = NUMBERED - {"so", "lop"}
"""After the others ("số 30", "lớp 30 nữ") a number may count people."""
_NAMES = tuple(
    tuple(fold(name).split())
    for name in (
        "câu lạc bộ phụ nữ", "clb phụ nữ", "hội phụ nữ", "hội liên hiệp phụ nữ", "ngày phụ nữ", "phụ nữ việt nam",
        "việt nam", "miền nam", "bình đẳng nam nữ", "tổ chức", "chúc mừng", "chức năng",
    )
)  # fmt: skip
_TIME = re.compile(r"[0-9]{1,2}(?:h|g|:)(?:[0-9]{2})?")
_CLOCK = frozenset({"gio", "h", "g", "phut"})
_MEASURE = re.compile(r"[0-9]{1,6}(?:m|m2|m²|km|km2|km²|ha)")
_MEASURES = frozenset({"m", "m2", "m²", "met", "km", "ha"})
"""After a number these make it a length or an area ("50m", "50 m²"), which is nobody's number."""
_NUMBER = re.compile(r"[0-9][-–0-9.,]*[^\W\d_]*")
_MARKS = " ,.;:()"


def names_in(words: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches that are names of something."""
    said = [fold(word).strip(_MARKS) for word in words]
    names = [
        (at, at + len(name))
        for name in _NAMES
        for at in range(len(said) - len(name) + 1)
        if tuple(said[at : at + len(name)]) == name
    ]
    return names + [(at, at + 1) for at in _numbered(words, said)]


def says_number(word: str) -> bool:
    """Whether a word is a number in digits, with or without its unit ("25", "25nữ")."""
    return _NUMBER.fullmatch(plain_digits(word).lower().strip(_MARKS)) is not None


def _numbered(words: Sequence[str], said: Sequence[str]) -> Iterator[int]:
    for at, word in enumerate(said):
        before = said[at - 1] if at and words[at - 1][-1] not in _MARKS else ""
        after = said[at + 1] if at + 1 < len(said) else ""
        if _TIME.fullmatch(word) or _MEASURE.fullmatch(word):
            yield at
        elif word.isdigit() and after in _MEASURES:
            yield from (at, at + 1)
        elif word.isdigit() and (after in _CLOCK or before in _NAMED):
            yield at
