"""Several numbers in one message: "30 15", "nữ 30 nam 15", "45 người, 30 nữ", "nam, nữ: 15, 30", "còn lại nam".

Reads what is surely meant and nothing else: a message that could be understood in two ways gives `None`.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from interview.limits import MAX_SAID
from interview.reading.items import WITHIN, Item, items_in, part_words
from interview.reading.numerals import read_numerals
from interview.reading.writing import writing

__all__ = ["Counts", "counts_of", "part_words", "parts_named", "read_counts", "says_altogether"]

_Name: TypeAlias = "int | Literal['total'] | None"
_Pair: TypeAlias = tuple[_Name, int]
_OPENING = frozenset({"(", WITHIN})
"""After these come the parts of what was said before."""
_Row: TypeAlias = list[tuple[str, int]]
"""Kinds with a part's index, or a number."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was said: numbers by the index of their part, the total, and numbers without a name, in order."""

    parts: Mapping[int, int] = field(default_factory=dict)
    total: int | None = None
    bare: tuple[int, ...] = ()
    alone: Literal["", "just", "all"] = ""
    """How the message says that the one part it names is all: by the way ("thôi"), or expressly ("toàn nữ")."""
    unsorted: bool = False
    """Whether it says that nobody noted the parts of the total."""


@lru_cache(maxsize=1024)
def read_counts(text: str, words: tuple[frozenset[str], ...]) -> Counts | None:
    """Numbers and what they count; `words` are the parts' own words (`part_words`)."""
    if len(text) > MAX_SAID:
        return None
    if text.isascii() and _may_be_a_numeral(text, words):
        return None
    items = items_in(writing(text), words)
    return None if any(item.kind == "text" for item in items) else counts_of(items)


def _may_be_a_numeral(text: str, words: tuple[frozenset[str], ...]) -> bool:
    """ "ba muoi nam" without any diacritics: 35, or 30 men?"""
    said = text.lower().strip(" .,").split()
    return len(said) > 1 and any(said[-1] in own for own in words) and read_numerals(said) is not None


def parts_named(text: str, words: tuple[frozenset[str], ...]) -> frozenset[int]:
    """Which parts a message names at all, whether or not the rest of it can be read."""
    return frozenset(item.part for item in items_in(writing(text), words) if item.kind == "part")


def says_altogether(text: str) -> bool:
    """Whether a message speaks of a total expressly ("45 người" may be the number of one part)."""
    return any(item.kind == "total" and item.express for item in items_in(writing(text), ()))


def counts_of(items: Sequence[Item]) -> Counts | None:
    """The counts that a row of items says, if there is one way to read it."""
    if any(item.kind in {"doubt", "other", "either"} for item in items):
        return None
    rest = next((other.part for item, other in itertools.pairwise(items) if item.kind == "rest"), None)
    row, said_all = _row([item for item in items if item.kind != "filler"])
    if rest is not None:
        row = _without_rest(row)
    pairs = _list_of_names(row) or _all_pairs(row)
    counts = _collect(pairs) if pairs else None
    if counts is None:
        return None
    if rest is not None:
        return _with_rest(counts, rest)
    if any(item.kind == "unsorted" for item in items) and not counts.parts:
        return _unsorted(counts)
    if len(counts.parts) != 1:
        return None if said_all else counts
    just = any(item.kind == "just" for item in items)
    return replace(counts, alone="all" if said_all else "just" if just else "")


def _row(items: Sequence[Item]) -> tuple[_Row, bool]:
    """Names, numbers and cuts, with nobody counted as 0; and whether one part is said to be all."""
    row: _Row = []
    said_all = False
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        if item.kind == "all" and following and following.kind == "part":
            said_all = True
            while row and row[-1][0] == "cut":
                row.pop()
        elif item.kind == "all":
            row.append(("total", 0))
        elif item.kind == "none":
            row += _nobody(row, following)
        elif item.kind == "part":
            row += _name(row, item, following)
        elif item.name in _OPENING and item.kind == "cut" and _is_bare(row):
            row += [("total", 0), ("cut", 0)]  # "45 (nữ 30)", "45, trong đó 30 nữ"
        elif item.kind in {"number", "total", "cut", "rest"}:
            row.append((item.kind, int(item.express) if item.kind == "total" else item.value))
    return ([one for one in row if one[0] != "cut"] if said_all else row), said_all


def _nobody(row: _Row, following: Item | None) -> _Row:
    """ "không có nam" counts the name after it, "nam không có ai" the one before, unless that has its number."""
    is_last = following is None or following.kind == "cut"
    has_name = bool(row) and row[-1][0] == "part" and (len(row) < 2 or row[-2][0] != "number")
    return [("number", 0)] if is_last and has_name else [("cut", 0), ("number", 0)]


def _name(row: _Row, item: Item, following: Item | None) -> _Row:
    """The part, unless it is named already: "chị em phụ nữ", "vi phạm" are one name in two words."""
    name = ("part", item.part)
    again = len(row) > 1 and row[-2] == name and row[-1][0] == "number" and not _is_number(following)
    return [] if again or (row and row[-1] == name) else [name]


def _is_bare(row: _Row) -> bool:
    """Whether the clause so far is one number without a name."""
    return bool(row) and row[-1][0] == "number" and (len(row) == 1 or row[-2][0] == "cut")


def _is_number(item: Item | None) -> bool:
    return item is not None and item.kind == "number"


def _without_rest(row: _Row) -> _Row:
    at = row.index(("rest", 0))
    return row[:at] + row[at + 2 :]


def _with_rest(counts: Counts, part: int) -> Counts | None:
    """ "45 người, 30 nữ, còn lại nam": the rest of the total."""
    if counts.total is None or part in counts.parts or counts.bare:
        return None
    rest = counts.total - sum(counts.parts.values())
    return replace(counts, parts={**counts.parts, part: rest}) if rest >= 0 else None


def _unsorted(counts: Counts) -> Counts | None:
    said = [*counts.bare, *(() if counts.total is None else (counts.total,))]
    return Counts(total=said[0], unsorted=True) if len(said) == 1 and not counts.parts else None


def _list_of_names(row: _Row) -> list[_Pair]:
    """ "nam, nữ: 15, 30": several names, then as many numbers."""
    said = [item for item in row if item[0] != "cut"]
    half = len(said) // 2
    if half < 2 or len(said) % 2:
        return []
    names, numbers = said[:half], said[half:]
    if all(kind == "part" for kind, _ in names) and all(kind == "number" for kind, _ in numbers):
        return [(part, number) for (_, part), (_, number) in zip(names, numbers, strict=True)]
    return []


def _all_pairs(row: _Row) -> list[_Pair] | None:
    pairs: list[_Pair] = []
    for clause in _clauses(row):
        if all(kind != "number" for kind, _ in clause):
            continue  # "bà con, 30 nữ": nobody is counted here
        paired = _pairs(clause)
        if paired is None:
            return None
        pairs += paired
    return pairs


def _clauses(row: _Row) -> list[_Row]:
    clauses: list[_Row] = [[]]
    for item in row:
        if item[0] == "cut":
            clauses.append([])
        else:
            clauses[-1].append(item)
    return [clause for clause in clauses if clause]


def _pairs(clause: _Row) -> list[_Pair] | None:
    """Names beside their numbers, if there is exactly one way to put them together."""
    ways = {tuple(clause), (*_without_units(clause),), (*clause[:2], *_without_units(clause[2:]))}
    if len(clause) > 2 and [kind for kind, _ in clause[:2]] == ["total", "number"]:
        ways.add(tuple(clause[1:]))  # "tổng 66 nữ 41 nam"
    readings = {tuple(pairs) for way in ways if (pairs := _alternating(way)) is not None}
    return list(readings.pop()) if len(readings) == 1 else None


def _without_units(clause: _Row) -> _Row:
    """ "30 người nữ", "tổng 45 người": beside another name "người" is only the unit."""
    return [item for at, item in enumerate(clause) if item[0] != "total" or item[1] or not _unit(clause, at)]


def _unit(clause: _Row, at: int) -> bool:
    following = clause[at + 1][0] if at + 1 < len(clause) else ""
    of_a_part = at > 1 and clause[at - 1][0] == "number" and clause[at - 2][0] == "part"
    return following == "part" or of_a_part or any(kind == "total" for kind, _ in clause[max(0, at - 2) : at])


def _alternating(clause: Sequence[tuple[str, int]]) -> list[_Pair] | None:
    numbers = [value for kind, value in clause if kind == "number"]
    if numbers and len(numbers) == len(clause):
        return [(None, number) for number in numbers]
    if not numbers or len(clause) != 2 * len(numbers):
        return None
    pairs: list[_Pair] = []
    number_first: set[bool] = set()
    for first, second in zip(clause[::2], clause[1::2], strict=True):
        number, name = (first, second) if first[0] == "number" else (second, first)
        if number[0] != "number" or name[0] == "number":
            return None
        pairs.append(("total" if name[0] == "total" else name[1], number[1]))
        if name[0] != "total":
            number_first.add(first[0] == "number")
    return pairs if len(number_first) <= 1 or _is_mirrored(clause) else None


def _is_mirrored(clause: Sequence[tuple[str, int]]) -> bool:
    """ "30 nữ nam 15", "nữ 30 15 nam": of each of two names one number is nearer."""
    kinds = [kind for kind, _ in clause]
    return kinds in (["number", "part", "part", "number"], ["part", "number", "number", "part"])


def _collect(pairs: Sequence[_Pair]) -> Counts | None:
    parts = [(name, number) for name, number in pairs if isinstance(name, int)]
    totals = {number for name, number in pairs if name == "total"}
    bare = tuple(number for name, number in pairs if name is None)
    if not pairs or len(dict(parts)) != len(parts) or len(totals) > 1:
        return None
    counts = Counts(dict(parts), next(iter(totals), None), bare)
    if len(bare) == 1 and len(parts) > 1 and bare[0] in {sum(dict(parts).values()), counts.total}:
        return replace(counts, total=bare[0], bare=())  # "45 (nữ 30, nam 15)", "nữ 30 nam 15 = 45"
    return counts
