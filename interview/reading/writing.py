"""A text as the readers of a line see it: one spelling for letters, digits and tones, and every place known.

A rule is written with its diacritics: `spelled("thứ ba")` reads "thứ ba" and "thu ba", but not "thủ ba": with
diacritics a word is only itself, without any it may be each of its spellings. `năm!` stands for that spelling alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from interview.reading.text import fold, plain_digits

Span = tuple[int, int]
"""A stretch of a text in characters: the first, and the one after the last."""

_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f\ufe0f\u20e3]*|[\u0300-\u036f]+")
_OLD_TONES = {
    f"{first}{marked}": f"{other}{second}"
    for first, second, pairs in (
        ("o", "a", "àò áó ảỏ ãõ ạọ"),
        ("o", "e", "èò éó ẻỏ ẽõ ẹọ"),
        ("u", "y", "ỳù ýú ỷủ ỹũ ỵụ"),
    )
    for marked, other in (tuple(pair) for pair in pairs.split())
}
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})(?![^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+!?")
_CHUNK = re.compile(r"\S+")
_PART = re.compile(r"[0-9]+(?=[^\W\d_]{2,}[,.;]?(?:\s|$))|[^\s]+?(?<=[^\W\d_])[,;](?=\S)|\S+")
""" "200tờ" and "rơi,10" are two words each."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A text, and `said`: the same in lower case, composed, with plain digits and the tones where they stand today."""

    text: str
    said: str
    places: tuple[int, ...] | None
    """For each character of `said` and its end the place in `text`; `None` if they are the same."""

    def place(self, span: Span) -> Span:
        """The place in the text of a stretch of `said`."""
        return span if self.places is None else (self.places[span[0]], self.places[span[1]])

    def written(self, span: Span) -> str:
        """The words of a stretch of `said` as they were written."""
        first, last = self.place(span)
        return unicodedata.normalize("NFC", self.text[first:last])

    def chunks(self) -> Iterator[Span]:
        """The stretches between blanks."""
        for match in _CHUNK.finditer(self.said):
            first = match.start()
            if match[0].isalpha():
                yield match.span()
                continue
            for part in _PART.finditer(match[0]):
                yield first + part.start(), first + part.end()


@lru_cache(maxsize=64)  # several readers read one text
def writing(text: str) -> Writing:
    """The text as its readers see it."""
    said = text.lower()
    if len(said) == len(text) and plain_digits(said) == said and "  " not in said:
        return Writing(text, _today(said), None)
    letters: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(text):
        plain = plain_digits(match[0].lower())
        if match[0].isspace():  # runs of blanks are one; a new line stays
            plain = "\n" if "\n" in match[0] else "" if letters and letters[-1].isspace() else " "
        letters += plain
        places += [match.start()] * len(plain)
    return Writing(text, _today("".join(letters)), (*places, len(text)))


def _today(said: str) -> str:
    """The tones where they stand today: "hoà" is "hòa"; no length changes."""
    return _OLD_TONE.sub(lambda match: _OLD_TONES[match[0]], said)


def spelled(pattern: str) -> str:
    """The pattern in which each word reads its own spelling, and the one without any diacritics."""
    return _LETTERS.sub(_either, _today(pattern))


def _either(match: re.Match[str]) -> str:
    word = match[0].removesuffix("!")
    return word if word.isascii() or match[0] != word else f"(?:{word}|{fold(word)})"


def rule(pattern: str) -> re.Pattern[str]:
    """A rule for whole words, spelled either way."""
    return re.compile(rf"(?<![\w])(?:{spelled(pattern)})(?![\w])")
