"""What people write around an answer: words of courtesy, emoji, and names for people that say their sex.

A word with diacritics is only itself ("đã" is not "dạ", "ảnh" not "anh"); one without any may be any of its spellings.
"""

import re

from interview.reading.text import fold

EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\u3030\U0001f000-\U0001faff\ufe0f\u200d]+")
_MARKS = " ,.!;:"


class WordSet:
    """A set of words as people type them, with their diacritics or without any."""

    def __init__(self, spelled: str, exact: str = "") -> None:
        """`exact` are words that only their diacritics tell from others of another meaning."""
        self._bare = frozenset(fold(word) for word in spelled.split())
        self._spelled = frozenset((spelled + " " + exact).split())

    def __contains__(self, word: str) -> bool:
        said = word.lower().strip(_MARKS)
        return said in self._spelled or (said.isascii() and said in self._bare)


_FIRST, _DA, _LAST = "vâng thưa em", "dạ", "ạ nhé nhe nha nghe em thôi luôn đó ha ơi"
COURTESY = f"{_FIRST} {_DA} {_LAST}"
"""The words of courtesy around an answer."""
_BEFORE = WordSet(_FIRST, exact=_DA)
_AFTER = WordSet(_LAST)
_NAMES_IN_EM = frozenset(
    f"{first} em"
    for word in ("trẻ", "chị", "anh", "các", "bé", "mấy")
    for first in (word, word.capitalize(), fold(word))
)
""" "em" that is no courtesy: the end of a name for people."""

_IDIOMS = tuple(
    (re.compile(rf"\b(?:{said})\b"), meant)
    for said, meant in (
        ("(?:các |cac )?(?:bà con|ba con|cô bác|co bac|ông bà|ong ba|anh chị em|anh chi em|anh chị|anh chi)", "người"),
        ("(?:các |cac )?(?:chị em phụ nữ|chi em phu nu|phụ nữ|phu nu|nữ giới|nu gioi|chị em|chi em|bà)", "nữ"),
        ("(?:các |cac )?(?:nam giới|nam gioi|đàn ông|dan ong|anh em|ông|ong)", "nam"),
    )
)
"""Names for people by their sex, or for all of them; "ba" without diacritics is three."""

_TENS = re.compile(r"\b(?:([1-9])|một|mot) (?:chục|chuc)\b")


def without_courtesy(text: str) -> str:
    """The text without the courtesy and the emoji around it; if it is nothing else, as it was."""
    words = EMOJI.sub(" ", text).split()
    first, last = 0, len(words)
    while first < last and words[first] in _BEFORE:
        first += 1
    while last > first and words[last - 1] in _AFTER and " ".join(words[max(0, last - 2) : last]) not in _NAMES_IN_EM:
        last -= 1
    return " ".join(words[first:last]) or text
