"""A text about numbers of people as a row of items: numbers, parts, totals, what stands between, and other words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from interview.reading import people
from interview.reading.digits import whole_number
from interview.reading.evidence import Cover
from interview.reading.figures import CORRECTS, Figure, figures_in
from interview.reading.spoken import EMOJI
from interview.reading.text import fold_words
from interview.reading.writing import Span, Writing, writing

_SAME = (
    frozenset(["nữ", "nu", "nử", "chị", "chi", "phụ", "phu", "female", "females", "woman", "women", "f"]),
    frozenset(["nam", "anh", "male", "males", "man", "men", "m"]),
)
"""Words that mean the same in labels of counts by sex."""
_COMMON_WORDS = "số người có và với là đã dự tham gia lượt tổng cộng bao nhiêu"
_COMMON = frozenset((*_COMMON_WORDS.split(), *fold_words(_COMMON_WORDS)))
"""Words of labels that tell no part from the others."""
_WORDS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+|[^\s]")
SLASHED = re.compile(
    r"(?<!\w)(?P<one>[^\W\d_]+) ?/ ?(?P<other>[^\W\d_]+) ?:? ?(?P<first>[0-9]{1,5}) ?/ ?(?P<second>[0-9]{1,5})(?![\w/])"
)
""" "nữ/nam 30/15": two names, and two numbers."""
_CUTS = ",;\n+.()[]/&•"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("filler", people.VOCATIVE),
    ("unsorted", people.NOT_SORTED),
    ("none", people.NOBODY),
    ("rest", people.REST),
    ("cut", people.WITHIN),
)
_LATER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("other", people.OTHERS),
    ("all", people.ALL),
    ("total", people.TOTAL),
    ("either", people.EITHER),
    ("just", people.JUST),
    ("filler", people.FILLER),
)
_NO = frozenset({"không", "khong", "ko", "k", "chẳng"})
_PARENTHESES = frozenset("()")
WITHIN = "within"
"""The name of a cut after which the parts of a total come: "trong đó"."""
_CALLED = "called"
"""The name of a part that stands for it by a word for people ("chị")."""
_FIGURES = frozenset({"number", "doubt"})
_NO_NOUNS: Mapping[Span, str] = {}


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its kind, its place in `said`, and what it names or counts."""

    kind: str
    span: Span
    part: int = -1
    figure: Figure | None = None
    name: str = ""
    express: bool = False

    @property
    def value(self) -> int:
        """The number; 0 for an item that says that nobody came."""
        return self.figure.value or 0 if self.figure else 0


def part_words(labels: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """The words that tell one part from the others; `labels[i]` are the names of part i (all languages)."""
    said = [_related({word for label in names for word in _label_words(label)}) for names in labels]
    return tuple(
        frozenset(word for word in own if not any(word in other for at, other in enumerate(said) if at != index))
        for index, own in enumerate(said)
    )


def _label_words(label: str) -> set[str]:
    """The words of a label as they are spelled, and without any diacritics."""
    return {*_WORDS.findall(writing(label).said), *fold_words(label)}


def _related(words: set[str]) -> frozenset[str]:
    return frozenset(words.union(*(same for same in _SAME if words & same)) - _COMMON)


def items_in(
    written: Writing,
    words: tuple[frozenset[str], ...],
    taken: tuple[tuple[Span, str], ...] = (),
    nouns: Mapping[Span, str] = _NO_NOUNS,
) -> tuple[Item, ...]:
    """The items of a text; `taken` are stretches that were read, with the kind of item that they are here."""
    spans = tuple(span for span, _ in taken)
    figures = figures_in(written, spans)
    cover = Cover(len(written.said), spans)
    items = [Item(kind, span) for span, kind in taken]
    for item in _items(written, words, figures, nouns):
        if cover.free(item.span):
            cover.take(item.span)
            items.append(item)
    return tuple(_settled(sorted(items, key=lambda item: item.span)))


def _items(
    written: Writing, words: tuple[frozenset[str], ...], figures: Sequence[Figure], nouns: Mapping[Span, str]
) -> Iterator[Item]:
    said = written.said
    for match in SLASHED.finditer(said):
        yield from _slashed(match, words)
    for kind, pattern in _KINDS:
        name = WITHIN if pattern is people.WITHIN else ""
        yield from (Item(kind, match.span(), name=name) for match in pattern.finditer(said))
    yield from _numbers(figures)
    for span, name in sorted(nouns.items(), key=lambda noun: noun[0][0] - noun[0][1]):
        if not _begins_with_part(said, span, words, figures):
            yield Item("noun", span, name=name)
    for word, pattern in people.CALLED:
        for match in pattern.finditer(said):
            yield from _called(word, match.span(), words)
    for kind, pattern in _LATER:
        yield from (_later(kind, match, words) for match in pattern.finditer(said))
    yield from (_other(match, words) for match in _WORD.finditer(said))


def _numbers(figures: Sequence[Figure]) -> Iterator[Item]:
    for figure in figures:
        if figure.why == CORRECTS:
            yield Item("filler", figure.span)
        elif not figure.weak or figure.value:
            yield Item("number" if figure.value is not None else "doubt", figure.span, figure=figure)


def _slashed(match: re.Match[str], words: tuple[frozenset[str], ...]) -> Iterator[Item]:
    """ "nữ/nam: 30/15": the names, and then as many numbers."""
    parts = [_part(match[name], words) for name in ("one", "other")]
    numbers = [whole_number(match[name]) for name in ("first", "second")]
    if min(parts) < 0:
        return
    for name, part, number, value in zip(("one", "other"), parts, ("first", "second"), numbers, strict=True):
        yield Item("part", match.span(name), part)
        if value is not None:
            yield Item("number", match.span(number), figure=Figure(match.span(number), value))


def _later(kind: str, match: re.Match[str], words: tuple[frozenset[str], ...]) -> Item:
    part = _part(match[0], words)
    express = kind == "total" and people.EXPRESS.fullmatch(match[0]) is not None
    return Item("part", match.span(), part) if part >= 0 else Item(kind, match.span(), express=express)


def _called(word: str, span: Span, words: tuple[frozenset[str], ...]) -> Iterator[Item]:
    if word == "nguoi":
        yield Item("total", span)
    elif (part := _part(word, words)) >= 0:
        yield Item("part", span, part, name=_CALLED)


def _part(word: str, words: tuple[frozenset[str], ...]) -> int:
    return next((at for at, own in enumerate(words) if word in own), -1)


def _other(match: re.Match[str], words: tuple[frozenset[str], ...]) -> Item:
    word = match[0]
    if word in _CUTS:
        return Item("cut", match.span(), name=word)
    if word in ":=-–*" or EMOJI.fullmatch(word):
        return Item("filler", match.span(), name=word)
    part = _part(word, words)
    return Item("part", match.span(), part) if part >= 0 else Item("text", match.span(), name=word)


def _begins_with_part(said: str, span: Span, words: tuple[frozenset[str], ...], figures: Sequence[Figure]) -> bool:
    """Whether a noun holds the name of a part that was counted: "30 nữ công nhân" are 30 women."""
    first, *_ = said[span[0] : span[1]].split()
    if _part(first, words) < 0:
        return False
    return any(
        not said[figure.span[1] : span[0]].strip(" :") or not said[span[1] : figure.span[0]].strip(" :")
        for figure in figures
        if figure.span[1] <= span[0] or span[1] <= figure.span[0]
    )


def _settled(items: Sequence[Item]) -> Iterator[Item]:
    """Weak numbers that count nobody, and numbers of other things, are words like others."""
    for at, item in enumerate(items):
        following = items[at + 1].kind if at + 1 < len(items) else ""
        if item.kind == "number" and item.figure and item.figure.weak and not _counts(items, at, following):
            yield replace(item, kind="text")
        elif item.name in _PARENTHESES and _encloses_number(items, at):
            yield replace(item, kind="filler")
        elif item.name == "=" and at and items[at - 1].kind == "number":
            yield replace(item, kind="cut")
        elif item.kind == "none" and following == "text":
            yield replace(item, kind="text")
        elif item.kind == "text" and item.name in _NO and following == "part":
            yield replace(item, kind="none")
        elif (
            item.kind == "other"
            and _neighbour(items, at, -1) not in _FIGURES
            and _neighbour(items, at, 1) not in _FIGURES
        ) or (item.kind in {"number", "doubt"} and _is_of_something(items, at)):
            yield replace(item, kind="text")
        else:
            yield item


def _encloses_number(items: Sequence[Item], at: int) -> bool:
    """Whether a parenthesis holds nothing but the number of the part before it: "nữ (30)"."""
    first = at if items[at].name == "(" else at - 2
    if first < 1 or first + 2 >= len(items):
        return False
    around = (items[first].name, items[first + 2].name) == ("(", ")")
    return around and items[first - 1].kind == "part" and items[first + 1].kind == "number"


def _counts(items: Sequence[Item], at: int, following: str) -> bool:
    """Whether a number that may be a word like others counts somebody; "một" before a word is "a"."""
    if following == "text" and items[at].value == 1:
        return False
    if _neighbour(items, at, 1) in {"part", "total", "noun"}:
        return True
    before = items[at - 1] if at else None  # "chị Hai", "ông Ba" are names
    return _neighbour(items, at, -1) == "part" and not (before and before.name == _CALLED)


def _is_of_something(items: Sequence[Item], at: int) -> bool:
    """Whether a number stands before another word, and after no part: "5 tiết mục"."""
    before, after = (items[at - 1].kind if at else ""), (items[at + 1].kind if at + 1 < len(items) else "cut")
    if before == "text" and after in {"cut", "text"}:
        return True
    if after != "text":
        return False
    named = at - 1
    while named >= 0 and items[named].kind == "filler":
        named -= 1
    is_named = named >= 0 and items[named].kind in {"part", "rest"}
    if _is_listed(items, at):
        return False
    return not is_named or (named > 0 and items[named - 1].kind == "number" and named < at - 1)


def _is_listed(items: Sequence[Item], at: int) -> bool:
    """Whether several names stand before the numbers: "nam, nữ: 15, 30 tuyên truyền …"."""
    between = {"number", "cut", "filler"}
    while at > 0 and items[at - 1].kind in between:
        at -= 1
    names = 0
    while at > 0 and items[at - 1].kind in {"part", "cut", "filler"}:
        at -= 1
        names += items[at].kind == "part"
    return names > 1


def _neighbour(items: Sequence[Item], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(items) and items[at].kind == "filler":
        at += step
    return items[at].kind if 0 <= at < len(items) else ""
