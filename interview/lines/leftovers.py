"""What a line says beside its answers: where it was, and what it was about, without the words that only join.

What is left over is a topic only where it reads like one: numbers and words that join are none.
"""

import re
from collections.abc import Iterator, Sequence

from interview.lines.phrases import WrittenLine, runs_of
from interview.reading.spoken import EMOJI, WordSet
from interview.reading.text import fold
from interview.reading.writing import Span, rule

_AT = WordSet("ở tại")
"""Words before a place."""
_PLACE_FIRST = WordSet("hẻm ngõ")
_ABOUT = WordSet("về với từ lúc cho do có nhằm gồm hồi theo để chào kỷ hưởng nhân trong vào được", exact="nữ nam")
"""Words that end a place."""
_GOES_ON = WordSet("phường quận khu kp tổ đường p10 ấp")
"""Words of an address after a comma."""
_ALONE = frozenset(
    map(
        fold,
        (
            *(
                "phát",
                "treo",
                "dán",
                "đăng",
                "giúp",
                "tổng cộng",
                "tổng số",
                "ngày",
                "người",
                "em",
                "chị",
                "anh",
                "tôi",
                "in",
            ),
            *(
                "khu phố",
                "khu phố em",
                "khu phố tôi",
                "khu phố mình",
                "bên khu phố",
                "kp",
                "phường",
                "báo cáo",
                "bc",
                "số lượng",
            ),
        ),
    )
)
"""Words that are no topic by themselves: what was handed out, and to whom, is read elsewhere."""


def _any(phrases: str) -> str:
    """Any of these, with diacritics or without any."""
    said = phrases.split("|")
    return "|".join(sorted({*said, *map(fold, said)}, key=lambda phrase: (-len(phrase), phrase)))


_WHO = _any("em|tôi|mình|chúng tôi|chúng em|bên em")
_LEADING = _any(
    "dạ|vâng|có|đã|vừa|xin|báo cáo|bc|tổ chức|buổi|cuộc|một|được|với|và|cùng|gồm|là|thì|ở|tại|về|lúc|vào"
    "|khoảng|nội dung"
    "|chủ đề|trong|hồi|từ|đến"
)
_TRAILING = frozenset(
    _any(
        "ạ|nhé|thôi|với|và|cùng|gồm|là|thì|ở|tại|về|lúc|vào|khoảng|có|tham dự|được|tổ chức|buổi|cuộc|một|dự"
        "|tham gia|trong"
        "|từ|hồi|ngày|số|tổng|tổng số|tổng cộng"
    ).split("|")
)
_START = re.compile(rf"(?!tai nan\b)(?:(?:{_WHO}) (?=(?:{_LEADING})\b)|(?:{_LEADING})(?: |$))+", re.IGNORECASE)
_PART = rule("buổi sáng|buổi trưa|buổi chiều|buổi tối")
_MARKS = " ,.;:-–()[]\"'“”+=*•"
_LETTERS = re.compile(r"[^\W\d_]{2}")


def left_over(line: WrittenLine, unread: Sequence[Span] = ()) -> tuple[str, str]:
    """The place and the topic in the words from which nothing was read, those of `unread` (characters) left out."""
    place, topic = "", []
    for run in _runs(line, unread):
        words = EMOJI.sub(" ", run).split()
        first, last = _place(words)
        if not place and (
            named := _trimmed(words[first + (words[first : first + 1] != [] and words[first] in _AT) : last])
        ):
            place, parts = named, (words[:first], words[last:])
        else:
            parts = (words, [])
        topic += [text for part in parts if (text := _trimmed(part)) and _LETTERS.search(text)]
    return place, " ".join(topic)


def _runs(line: WrittenLine, unread: Sequence[Span]) -> Iterator[str]:
    for first, last in runs_of(line):
        for start, end in _outside(line, (first, last), unread):
            yield line.written.written((line.places[start][0], line.places[end - 1][1]))


def _outside(line: WrittenLine, run: Span, unread: Sequence[Span]) -> Iterator[Span]:
    start = run[0]
    for at in range(run[0], run[1] + 1):
        ends = at == run[1] or any(line.places[at][0] < last and first < line.places[at][1] for first, last in unread)
        if ends:
            if start < at:
                yield start, at
            start = at + 1


def _place(words: Sequence[str]) -> Span:
    """The stretch from the word before a place to its end; empty if no place is said ("tai nan" is an accident)."""
    for at, word in enumerate(words[:-1]):
        if (word in _AT and words[at + 1].lower() != "nan") or (word in _PLACE_FIRST and words[at + 1][:1].isdigit()):
            return at, _end_of_place(words, at + 1)
    return 0, 0


def _end_of_place(words: Sequence[str], at: int) -> int:
    while at < len(words):
        at += 1
        if at == len(words) or words[at] in _ABOUT:
            return at
        if words[at - 1][-1] in ",;." and words[at] not in _GOES_ON:
            return at
    return at


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
