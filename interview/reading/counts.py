"""Several numbers in one message: "30 15", "nữ 30 nam 15", "30 nữ, 15 nam", "45 người, 30 nữ".

Reads what is surely meant and nothing else: a message that could be understood in two ways gives `None`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from interview.limits import MAX_SAID
from interview.reading.numbers import read_digits
from interview.reading.numerals import NUMERALS, read_numerals
from interview.reading.spoken import plain_people
from interview.reading.text import fold, fold_words

_SAME = (
    frozenset(fold_words("nữ chị phụ female females woman women f")),
    frozenset(fold_words("nam anh male males man men m")),
)
"""Words that mean the same in labels of counts by sex."""

_ALTOGETHER = frozenset(fold_words("tổng cộng cả thảy tất total altogether"))
TOTAL = _ALTOGETHER | frozenset(fold_words("người lượt people persons"))
_FILLER = frozenset(
    fold_words(
        "đã có và với là gồm đó số khoảng tham dự được and with of which người đại biểu dạ ạ vâng nhé nha thưa em"
    )
)
_JUST = frozenset({"thôi", "thoi", "chỉ", "only", "just"})
"""Words for "this part and no other", which may be only a manner of speaking."""
_ALL = re.compile(r"[,;]? ?\b(?:toàn|toan|all)(?: bộ| bo)?(?: là| la)? (?=nữ\b|nu\b|nam\b|women\b|men\b)")
""" "toàn nữ": nobody else came."""
_TOKEN = re.compile(r"[-−–]?[0-9]+(?:[.,][0-9]{3})*(?![0-9])|[^\W\d_]+|[,;\n+]|[^\s]")

_Item: TypeAlias = int | tuple[Literal["part"], int] | Literal["total", "cut"]
_Pair: TypeAlias = tuple[_Item | None, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was said: numbers by the index of their part, the total, and numbers without a name, in order."""

    parts: Mapping[int, int] = field(default_factory=dict)
    total: int | None = None
    bare: tuple[int, ...] = ()
    alone: Literal["", "just", "all"] = ""
    """How the message says that the one part it names is all: by the way ("thôi"), or expressly ("toàn nữ")."""


def part_words(labels: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """The words that tell one part from the others; `labels[i]` are the names of part i (all languages)."""
    said = [_related({word for label in names for word in fold_words(label)}) for names in labels]
    return tuple(
        frozenset(word for word in own if not any(word in other for at, other in enumerate(said) if at != index))
        for index, own in enumerate(said)
    )


@lru_cache(maxsize=1024)  # every stretch of a line is read for every kind of report
def read_counts(text: str, words: tuple[frozenset[str], ...]) -> Counts | None:
    """Numbers and what they count; `words` are the parts' own words (`part_words`)."""
    if len(text) > MAX_SAID:
        return None
    said = plain_people(text)
    stated = _ALL.sub(" ", said)
    tokens = _TOKEN.findall(stated)
    kept = [token for token in tokens if token not in _JUST]
    items = _items(kept, words, bare=stated.isascii())
    if items is None:
        return None
    clauses = _clauses(items)
    pairs: list[_Pair] = []
    for clause in clauses:
        paired = _pairs(clause)
        if paired is None:
            return None
        pairs += paired
    counts = _collect(pairs)
    if counts is None or len(counts.parts) != 1:
        return None if stated != said else counts
    return replace(counts, alone="all" if stated != said else "just" if kept != tokens else "")


def parts_named(text: str, words: Sequence[frozenset[str]]) -> frozenset[int]:
    """Which parts a message names at all, whether or not the rest of it can be read."""
    parts = (_part(said, words) for said in _TOKEN.findall(plain_people(text)) if not _spelled_out(said))
    return frozenset(part for part in parts if part is not None)


def says_altogether(text: str) -> bool:
    """Whether a message speaks of a total expressly ("45 người" may be the number of one part)."""
    return not _ALTOGETHER.isdisjoint(fold_words(text))


def _related(words: set[str]) -> frozenset[str]:
    return frozenset(words.union(*(same for same in _SAME if words & same)) - _FILLER)


def _items(tokens: Sequence[str], words: Sequence[frozenset[str]], *, bare: bool) -> list[_Item] | None:
    """Numbers, part names, total words and cuts in order; `None` if a word is none of these."""
    items: list[_Item] = []
    numeral: list[str] = []
    if bare and read_numerals(tokens) is not None and _part(tokens[-1], words) is not None:
        return None  # "ba muoi nam" without any diacritics: 35, or 30 men?
    for said in (*tokens, "\n"):
        part = _part(said, words)
        if said in NUMERALS and (part is None or _spelled_out(said)):
            numeral.append(said)
            continue
        if numeral and not _close(items, numeral):
            return None
        if part is not None:
            items += _named(part, items)
        elif (item := _item(said, fold(said))) is not None:
            items += item
        else:
            return None
    return items


def _part(said: str, words: Sequence[frozenset[str]]) -> int | None:
    plain = fold(said)
    return next((at for at, own in enumerate(words) if plain in own), None)


def _spelled_out(said: str) -> bool:
    """A numeral with its diacritics: "năm" is five and nothing else, "nam" may be a name."""
    return said in NUMERALS and said != fold(said)


def _named(part: int, before: Sequence[_Item]) -> list[_Item]:
    """A part's name; its second word ("vi phạm") names nothing new."""
    name: _Item = ("part", part)
    return [] if before and before[-1] == name else [name]


def _close(items: list[_Item], numeral: list[str]) -> bool:
    number = read_numerals(numeral)
    numeral.clear()
    if number is not None:
        items.append(number)
    return number is not None


def _item(said: str, plain: str) -> list[_Item] | None:
    if said[-1] in "0123456789":
        number = read_digits(said)
        return [number] if isinstance(number, int) else None
    if plain in TOTAL:
        return ["total"]
    if said in ",;\n+." or plain in {"va", "and", "trong"}:
        return ["cut"]
    return [] if plain in _FILLER or said in ":=()" else None


def _clauses(items: Sequence[_Item]) -> list[list[_Item]]:
    clauses: list[list[_Item]] = [[]]
    for item in items:
        if item == "cut":
            clauses.append([])
        else:
            clauses[-1].append(item)
    return [clause for clause in clauses if clause]


def _pairs(clause: list[_Item]) -> list[_Pair] | None:
    """Names beside their numbers, if there is exactly one way to put them together."""
    ways = {tuple(clause), (*_without_units(clause),), (*clause[:2], *_without_units(clause[2:]))}
    readings = {tuple(pairs) for way in ways if (pairs := _alternating(way)) is not None}
    return list(readings.pop()) if len(readings) == 1 else None


def _without_units(clause: Sequence[_Item]) -> list[_Item]:
    """ "30 người nữ", "tổng 45 người": beside another name "người" is only the unit."""
    return [item for at, item in enumerate(clause) if item != "total" or not _unit(clause, at)]


def _unit(clause: Sequence[_Item], at: int) -> bool:
    following = clause[at + 1] if at + 1 < len(clause) else None
    of_a_part = at > 1 and isinstance(clause[at - 1], int) and isinstance(clause[at - 2], tuple)
    return isinstance(following, tuple) or of_a_part or "total" in clause[max(0, at - 2) : at]


def _alternating(clause: Sequence[_Item]) -> list[_Pair] | None:
    numbers = [item for item in clause if isinstance(item, int)]
    if numbers and len(numbers) == len(clause):
        return [(None, number) for number in numbers]
    if not numbers or len(clause) != 2 * len(numbers):
        return None
    pairs: list[_Pair] = []
    number_first: set[bool] = set()
    for first, second in zip(clause[::2], clause[1::2], strict=True):
        number, name = (first, second) if isinstance(first, int) else (second, first)
        if not isinstance(number, int) or isinstance(name, int):
            return None
        pairs.append((name, number))
        if name != "total":
            number_first.add(isinstance(first, int))
    return pairs if len(number_first) <= 1 else None


def _collect(pairs: Sequence[_Pair]) -> Counts | None:
    names = [name for name, _ in pairs if name is not None]
    if not pairs or len(set(names)) != len(names):
        return None
    return Counts(
        parts={name[1]: number for name, number in pairs if isinstance(name, tuple)},
        total=next((number for name, number in pairs if name == "total"), None),
        bare=tuple(number for name, number in pairs if name is None),
    )
