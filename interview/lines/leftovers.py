"""What a line says beside its answers: where it was, and what it was about, without the words that only join."""

import re
from collections.abc import Iterator, Sequence

from interview.lines.phrases import Span, WrittenLine
from interview.reading.spoken import EMOJI, WordSet
from interview.reading.text import fold

_AT = WordSet("ở tại")
"""Words before a place."""
_ABOUT = WordSet("về với từ lúc cho do có nhằm gồm")
"""Words that end a place."""
_ALONE = frozenset(
    map(
        fold,
        ("phát", "treo", "dán", "đăng", "giúp", "tổng cộng", "tổng số", "ngày", "người", "em", "chị", "anh", "tôi"),
    )
)
"""Words that are no topic by themselves: what was handed out, and to whom, is read elsewhere."""


def _any(phrases: str) -> str:
    """Any of these, with diacritics or without any."""
    said = phrases.split("|")
    return "|".join(sorted({*said, *map(fold, said)}, key=lambda phrase: (-len(phrase), phrase)))


_WHO = _any("em|tôi|mình|chúng tôi|chúng em|bên em")
_LEADING = _any(
    "dạ|vâng|có|đã|vừa|xin|báo cáo|tổ chức|buổi|cuộc|một|được|với|và|cùng|gồm|là|thì|ở|tại|về|lúc|vào|khoảng|nội dung"
    "|chủ đề"
)
_TRAILING = frozenset(
    _any("ạ|nhé|thôi|với|và|cùng|gồm|là|thì|ở|tại|về|lúc|vào|khoảng|có|tham dự|được|tổ chức|buổi|cuộc|một").split("|")
)
_START = re.compile(rf"(?!tai nan\b)(?:(?:{_WHO}) (?=(?:{_LEADING})\b)|(?:{_LEADING})(?: |$))+", re.IGNORECASE)
_TIME = r"[0-9]{1,2} ?(?:h|g|giờ|gio|:)(?: ?[0-9]{2}\b)?(?: (?:sáng|sang|trưa|trua|chiều|chieu|tối|toi))?"
_PART = _any("buổi sáng|buổi trưa|buổi chiều|buổi tối")
_HOURS = re.compile(
    rf"\b(?:(?:từ|tu|lúc|luc|vào|vao) )?{_TIME}(?: ?(?:đến|den|tới|toi|-|–)(?: ?{_TIME})?)?(?!\w)|\b(?:{_PART})\b"
)
_MARKS = " ,.;:-–"


def left_over(line: WrittenLine, unread: Span) -> tuple[str, str]:
    """The place and the topic in the words from which nothing was read, `unread` left out."""
    place, topic = "", []
    for run in _runs(line, unread):
        words = _HOURS.sub(" ", EMOJI.sub(" ", run)).split()
        first, last = _place(words)
        if not place and (named := _trimmed(words[first + 1 : last])):
            place, parts = named, (words[:first], words[last:])
        else:
            parts = (words, [])
        topic += [text for part in parts if (text := _trimmed(part))]
    return place, " ".join(topic)


def _runs(line: WrittenLine, unread: Span) -> Iterator[str]:
    run: list[str] = []
    for at, word in enumerate(line.words):
        if line.is_fresh((at, at + 1)) and not unread[0] <= at < unread[1]:
            run.append(word)
        elif run:
            yield " ".join(run)
            run = []
    yield " ".join(run)


def _place(words: Sequence[str]) -> Span:
    """The stretch from the word before a place to its end; empty if no place is said ("tai nan" is an accident)."""
    for at, word in enumerate(words[:-1]):
        if word in _AT and words[at + 1].lower() != "nan":
            return at, next((end for end in range(at + 2, len(words)) if words[end] in _ABOUT), len(words))
    return 0, 0


def _trimmed(words: Sequence[str]) -> str:
    """The words without those at the edges that only join."""
    said = " ".join(words).strip(_MARKS)
    if joined := _START.match(said):
        said = said[joined.end() :]
    said = _without_trailing(said.strip(_MARKS)).strip(_MARKS)
    return "" if fold(said) in _ALONE else said


def _without_trailing(said: str) -> str:
    words = said.split(" ")
    while words:
        length = next((length for length in (2, 1) if " ".join(words[-length:]).lower() in _TRAILING), 0)
        if not length:
            break
        del words[-length:]
    return " ".join(words)
