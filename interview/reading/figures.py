"""Every number of a text: in digits (`1.200`, `1k2`), in words ("hai lăm"), in both ("1 trăm", "2 chục"), with doubts.

What is no whole number for sure – a range, "vài chục", "một trăm mốt" – keeps its place, without a value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from interview.reading.evidence import Cover
from interview.reading.numbers import read_digits
from interview.reading.numerals import NUMERALS, read_numerals
from interview.reading.writing import Span, Writing, rule, spelled


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its place in `said`; without a value, `options` may be meant."""

    span: Span
    value: int | None
    why: str = ""
    options: tuple[int, ...] = ()
    weak: bool = False
    """Whether it is a number only beside what it counts ("ba", "năm")."""


CORRECTS = "corrects"
"""Why a stretch is no number of its own: "à nhầm 32" stands for the number before it."""
_STEP = spelled("chục|trăm|nghìn|ngàn|triệu")
_WORDS = "|".join(sorted({re.escape(word) for word in NUMERALS if word != "and"}, key=len, reverse=True))
_ONES = "|".join(sorted({re.escape(word) for word in NUMERALS if word not in {"and", "nam"}}, key=len, reverse=True))
_RANGE = re.compile(
    rf"(?<![\w/.,])(?P<low>[0-9]{{1,6}})(?: ?[-–~] ?"
    rf"|{spelled(' (?:đến|tới|hoặc|hay) ')})(?P<high>[0-9]{{1,6}})(?![\w/])(?![.,][0-9])"
)
_VAGUE = rule(
    "(?:vài|mấy|chừng chục|khoảng chục|cả) (?:chục|trăm|nghìn|ngàn)|vài ba|một số|một vài|một ít|một nhóm"
    "|hàng (?:chục|trăm|nghìn|ngàn)|(?:hơn |gần |quá )?(?:một |1 )?nửa|phân nửa"
    f"|(?:{_WORDS}|[0-9]+)(?: mươi| chục| trăm)? mấy|(?:mười|mươi) mấy"
)
_DIGITS = re.compile(
    rf"(?<![0-9_])(?<![0-9]/)(?<!\W/)(?<!^/)(?<![0-9][.,])(?P<minus>(?<![\w ])[-−](?=[0-9])"
    rf"|(?<=^)[-−](?=[0-9]))?(?P<number>[0-9]+(?:[.,][0-9]{{3}})*)(?:(?P<kilo>k)(?P<rest>[0-9]?)(?!\w)"
    rf"|(?P<step>(?: ?(?:{_STEP}))+)(?: (?P<ones>(?:{_ONES}|[0-9]{{1,2}}"
    rf"|{spelled('rưỡi')})(?: (?:{_ONES}))*)(?!\w))?(?!\w))?(?![0-9])(?![.,][0-9])(?!/[0-9])(?![a-z][0-9])"
)
_FEW = rf"(?:[0-9]{{1,6}}|(?:{_ONES})(?: (?:{_ONES}|{_STEP})){{0,5}})"
"""A number in digits or in a few words."""
_WINDOW = 60
"""Characters beside a correction in which its numbers are looked for."""
_MARK = spelled("(?:nhầm|lộn|không phải|à không|ý không|không|xin lỗi|sorry|đúng ra|phải là)")
_CORRECTION = re.compile(
    rf"[ ,;.(]{{1,3}}(?:{spelled('(?:à|ủa|ý|dạ)')},? ){{0,2}}{_MARK}"
    rf"(?: {spelled('(?:rồi|là|phải là|chính xác là|mới đúng)')}){{0,2}}[ ,:]{{1,3}}(?!\W)"
)
_BEFORE_CORRECTION = re.compile(rf"(?<![\w/.,])(?P<wrong>{_FEW})(?: [^\W\d_]+){{0,3}}$")
_AFTER_CORRECTION = re.compile(rf"{_FEW}(?!\w)")
_NOT_BUT = re.compile(
    rf"(?<!\w){spelled('không phải(?: là)?')} {_FEW},? {spelled('(?:mà(?: là)?|phải là|là)')} (?P<right>{_FEW})(?!\w)"
)
""" "không phải 30 mà 13"."""
_SPELLED = re.compile(rf"(?<!\w)(?:{_WORDS}|{spelled('rưỡi')})(?: (?:{_WORDS}|{spelled('rưỡi')}))*(?!\w)")
_MORE_OR_LESS = rule("hơn|trên|gần|chưa tới|chưa đến|không tới|ngót|xấp xỉ")
_EACH = re.compile(rf"(?<!\w){spelled('mỗi')} [^,.;\n0-9]{{1,24}}$")
_MISTYPED = re.compile(r"(?<![\w])[0-9]+[ol][0-9]*(?!\w)")
""" "3O": a letter among the digits."""
"""A number for each of several."""


def corrections_in(written: Writing) -> tuple[Span, ...]:
    """The stretches that say what a number before them should have been: they are no topic."""
    return tuple(beside for _, beside, _ in _corrections(written.said))


def _corrections(said: str) -> Iterator[tuple[Span, Span, str]]:
    """ "30, à nhầm 32", "200 tờ rơi, à nhầm 250": the wrong number, the words about it, and the right number."""
    for match in _CORRECTION.finditer(said):
        start = max(0, match.start() - _WINDOW)
        before = _BEFORE_CORRECTION.search(said[start : match.start()])
        after = _AFTER_CORRECTION.match(said[match.end() : match.end() + _WINDOW])
        if before is not None and after is not None:
            wrong = before.span("wrong")
            yield (start + wrong[0], start + wrong[1]), (match.start(), match.end() + after.end()), after[0]


@lru_cache(maxsize=64)
def figures_in(written: Writing, taken: tuple[Span, ...]) -> tuple[Figure, ...]:
    """The numbers that lie outside of what was read already, in their order."""
    said = written.said
    cover = Cover(len(said), taken)
    figures: list[Figure] = []
    for figure in _figures(said):
        if cover.free(figure.span):
            cover.take(figure.span)
            figures.append(_weighed(said, figure))
    return tuple(sorted(figures, key=lambda figure: figure.span))


def _weighed(said: str, figure: Figure) -> Figure:
    """ "hơn 30" and "gần 50" are no number that anybody counted."""
    before = said[max(0, figure.span[0] - 30) : figure.span[0]]
    if _EACH.search(before):
        return Figure(figure.span, None, "each", ())
    near = [match.end() for match in _MORE_OR_LESS.finditer(before)]
    if figure.value is None or not near or before[near[-1] :].strip():
        return figure
    return Figure(figure.span, None, "about", (figure.value,))


def _figures(said: str) -> Iterator[Figure]:
    for match in _NOT_BUT.finditer(said):
        yield _corrected(match.span(), match["right"])
    for wrong, beside, right in _corrections(said):
        yield _corrected(wrong, right)
        yield Figure(beside, None, CORRECTS, weak=True)
    for match in _MISTYPED.finditer(said):
        yield Figure(match.span(), None, "unclear")
    for match in _RANGE.finditer(said):
        low, high = int(match["low"]), int(match["high"])
        yield Figure(match.span(), None, "range", (low, high))
    for match in _VAGUE.finditer(said):
        yield Figure(match.span(), None, "about")
    for match in _DIGITS.finditer(said):
        yield _in_digits(match)
    for match in _SPELLED.finditer(said):
        yield from _in_words(match)
    for at, character in enumerate(said):
        if not character.isascii() and character.isnumeric():  # "①", "²": looks like a number, and is none
            yield Figure((at, at + 1), None, "unclear")


def _corrected(span: Span, right: str) -> Figure:
    """What stands for a number that was wrong."""
    value = int(right) if right.isdigit() else read_numerals(right.split())
    return Figure(span, value, "" if value is not None else "unclear")


def _in_digits(match: re.Match[str]) -> Figure:
    number = read_digits(match["number"])
    if not isinstance(number, int) or match["minus"]:
        return Figure(match.span(), None, "unclear")
    if match["kilo"]:
        return Figure(match.span(), number * 1_000 + int(match["rest"] or 0) * 100)
    if not match["step"]:
        return Figure(match.span(), number)
    words = [str(number), *match["step"].split(), *(match["ones"] or "").split()]
    value = read_numerals(words)
    return Figure(match.span(), value, "" if value is not None else "unclear", _guesses(words) if value is None else ())


def _in_words(match: re.Match[str]) -> Iterator[Figure]:
    """A row of numerals; "nam" without its mark at the end may be the men."""
    words, (first, last) = match[0].split(), match.span()
    while words and words[-1] == "nam":
        words, last = words[:-1], last - len("nam") - (len(words) > 1)
    while words and words[0] == "nam":
        words, first = words[1:], first + len("nam ")
    if "nam" in words:
        at = words.index("nam")
        head = " ".join(words[:at])
        yield from _row(words[:at], (first, first + len(head)))
        yield from _row(words[at + 1 :], (first + len(head) + len(" nam "), last))
    elif words:
        yield from _row(words, (first, last))


def _row(words: list[str], span: Span) -> Iterator[Figure]:
    if not words:
        return
    value = read_numerals(words)
    yield Figure(
        span,
        value,
        "" if value is not None else "unclear",
        _guesses(words) if value is None else (),
        weak=len(words) == 1 and words[0] not in {"mười", "muoi"},
    )


def _guesses(words: list[str]) -> tuple[int, ...]:
    """ "một trăm mốt": 110 to most, 101 to some."""
    step = NUMERALS.get(words[-2]) if len(words) > 1 else None
    ones, head = NUMERALS.get(words[-1]), read_numerals(words[:-1])
    if step not in {100, 1_000} or not isinstance(step, int) or not isinstance(ones, int) or head is None:
        return ()
    return head + ones * step // 10, head + ones
