"""Counts of people in a line of words: "hôm qua 50 bà con trong đó 35 chị em", "20 giáo viên và 200 học sinh".

The line is parted where it speaks of something else. A number before another word ("5 tiết mục") counts no people.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from interview.reading.counts import Counts, counts_of
from interview.reading.digits import whole_number
from interview.reading.evidence import Reading, overlap
from interview.reading.figures import Figure
from interview.reading.items import SLASHED, Item, items_in
from interview.reading.names import EITHER
from interview.reading.writing import Span, Writing

_NAMES = frozenset({"part", "total", "noun", "none", "unsorted"})
_PLACE = "place"
""" "khu phố 45 nữ": the number of a place, or of people."""
_COUNTS = frozenset({"number", "doubt", _PLACE})
_TRAILING = re.compile("[0-9]+$")


@dataclass(frozen=True, slots=True)
class Heads:
    """People of one kind that a stretch of a line counts; `counts` is `None` if it can be read in two ways."""

    noun: str
    counts: Counts | None
    span: Span
    options: tuple[int, ...] = ()


def stretches_of(
    written: Writing, names: Sequence[Reading], days: Sequence[Reading], beside: Sequence[Span]
) -> tuple[tuple[Span, str], ...]:
    """What is read already: a day or a time parts clauses, a name is a word like others, and some may be a number."""
    said = [
        (day.span, "cut" if day.what in {"day", "days", "week"} else "text")
        for day in days
        if day.what not in {"fraction", "count"} or "/" in written.said[slice(*day.span)]
    ]
    slashed = [match.span() for match in SLASHED.finditer(written.said)]
    said = [(span, kind) for span, kind in said if not any(overlap(span, one) for one in slashed)]
    kinds = [(name.span, _PLACE if name.rule == EITHER else "text") for name in names]
    said += [(span, kind) for span, kind in kinds if not any(overlap(span, other.span) for other in days)]
    return tuple(sorted({*said, *((span, "cut") for span in beside if not any(overlap(span, one) for one, _ in said))}))


@lru_cache(maxsize=256)
def heads_in(
    written: Writing,
    words: tuple[frozenset[str], ...],
    taken: tuple[tuple[Span, str], ...],
    nouns: tuple[tuple[Span, str], ...],
) -> tuple[Heads, ...]:
    """All counts of people in a line; `nouns` are the kinds of people that it names."""
    items = [_numbered(written, item) for item in items_in(written, words, taken, dict(nouns))]
    return tuple(_together([heads for chunk in _chunks(items) for heads in _heads(chunk)]))


def _numbered(written: Writing, item: Item) -> Item:
    """The item; the number of a place with its value, since people may be meant."""
    digits = _TRAILING.search(written.said, *item.span) if item.kind == _PLACE else None
    value = whole_number(digits[0]) if digits else None
    if digits is None or value is None:
        return item
    return replace(item, span=digits.span(), figure=Figure(digits.span(), value))


def _chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The stretches that speak of people and numbers only."""
    chunk: list[Item] = []
    for item in (*items, Item("text", (0, 0))):
        if item.kind == "text":
            while chunk and chunk[-1].kind in {"cut", "filler"}:
                chunk.pop()
            chunk = _with_numbers(chunk)
            if _speaks_of_people(chunk):
                yield chunk
            chunk = []
        elif chunk or item.kind not in {"cut", "filler"}:
            chunk.append(item)


def _speaks_of_people(chunk: Sequence[Item]) -> bool:
    """Numbers with a name, or several numbers one after the other: whoever wrote those counted somebody."""
    counted = sum(one.kind in _COUNTS or one.kind == "none" for one in chunk)
    return counted > 0 and (any(one.kind in _NAMES for one in chunk) or (counted > 1 and len(chunk) == counted))


def _with_numbers(chunk: list[Item]) -> list[Item]:
    """A stretch without the clauses at its edges that count nothing: "với bà con, 30 nữ"."""
    while len(chunk) > 1 and chunk[0].kind == "total" and not chunk[0].express and chunk[1].kind == "part":
        chunk = chunk[1:]  # "trẻ em nữ 30"
    while chunk:
        cuts = [at for at, item in enumerate(chunk) if item.kind == "cut"]
        if cuts and not _has_numbers(chunk[: cuts[0]]) and not _is_list(chunk, cuts[0]):
            chunk = chunk[cuts[0] + 1 :]
        elif cuts and not _has_numbers(chunk[cuts[-1] :]):
            chunk = chunk[: cuts[-1]]
        else:
            break
    return chunk


def _is_list(chunk: Sequence[Item], cut: int) -> bool:
    """Whether names are listed before their numbers: "nam, nữ: 15, 30"."""
    return chunk[cut - 1].kind == "part" and cut + 1 < len(chunk) and chunk[cut + 1].kind == "part" and cut == 1


def _has_numbers(items: Sequence[Item]) -> bool:
    return any(item.kind in {*_COUNTS, "none", "unsorted", "rest", "all"} for item in items)


def _heads(chunk: list[Item]) -> Iterator[Heads]:
    kinds = dict.fromkeys(item.name for item in chunk if item.kind == "noun")
    if len(kinds) == 1 and _are_others(chunk):
        yield Heads(next(iter(kinds)), None, (chunk[0].span[0], chunk[-1].span[1]))
        return
    if len(kinds) < 2:
        yield _of(chunk, next(iter(kinds), ""))
        return
    for section in _sections(chunk):
        noun = next((item.name for item in section if item.kind == "noun"), "")
        yield _of(section, noun)


def _are_others(chunk: Sequence[Item]) -> bool:
    """Whether people are counted by sex before the number of a kind of people that is not their sum.

    "30 phụ nữ và 10 đoàn viên": 40 in all, or ten of the thirty?
    """
    noun = next(at for at, item in enumerate(chunk) if item.kind == "noun")
    first = _number_before(chunk, noun)
    before = counts_of(chunk[:first]) if first else None
    if before is None or first is None or not before.parts:
        return False
    return chunk[first].value not in {sum(before.parts.values()), before.total}


def _of(chunk: Sequence[Item], noun: str) -> Heads:
    """The counts of a stretch; a kind of people beside a number alone makes it a total, or is their heading."""
    items = [one for at, item in enumerate(chunk) if (one := _as_people(chunk, at, item)) is not None]
    options = tuple(value for item in items if item.kind == "doubt" and item.figure for value in item.figure.options)
    counts = _placed(items) or _placed([item for item in chunk if item.kind != "noun"])
    return Heads(noun, counts, (chunk[0].span[0], chunk[-1].span[1]), options)


def _placed(items: Sequence[Item]) -> Counts | None:
    """The counts, if the numbers of places among them can be read in one way: as places, or as people.

    "khu phố 45 nữ 30 nam" counts 45 women, "khu phố 5 nữ 30 nam 15" is the fifth; "tổ 30 nữ" may be either.
    """
    at = next((at for at, item in enumerate(items) if item.kind == _PLACE), None)
    if at is None:
        return counts_of(items)
    ways = (counts_of([*items[:at], replace(items[at], kind=kind), *items[at + 1 :]]) for kind in ("number", "cut"))
    people, place = ((way if way and way.parts and not way.bare else None) for way in ways)
    if people is None:
        return place
    return people if len(people.parts) > len(place.parts if place else ()) and len(people.parts) > 1 else None


def _as_people(chunk: Sequence[Item], at: int, item: Item) -> Item | None:
    """A kind of people beside a part says nothing more; alone it makes a total: "50 bà con"."""
    if item.kind != "noun":
        return item
    beside = {chunk[near].kind for near in (at - 1, at + 1) if 0 <= near < len(chunk)}
    return None if "part" in beside or "total" in beside else replace(item, kind="total")


def _sections(chunk: Sequence[Item]) -> Iterator[list[Item]]:
    """A stretch of several kinds of people, parted before each: at the number that stands before it, if one does."""
    starts = []
    for at, item in enumerate(chunk):
        if item.kind == "noun":
            before = _number_before(chunk, at)
            starts.append(at if before is None else before)
    if any(chunk[at].kind in _COUNTS for at in range(starts[0])):
        starts[0] = 0
    for first, last in zip(starts, (*starts[1:], len(chunk)), strict=True):
        section = list(chunk[first:last])
        while section and section[-1].kind in {"cut", "filler"}:
            section.pop()
        if any(item.kind in _COUNTS for item in section):
            yield section


def _number_before(chunk: Sequence[Item], at: int) -> int | None:
    """The place of the number that counts the kind of people at `at`: "20 giáo viên", "20 bạn học sinh"."""
    at -= 1
    while at >= 0 and chunk[at].kind in {"filler", "total"}:
        at -= 1
    return at if at >= 0 and chunk[at].kind in _COUNTS else None


def _together(heads: Sequence[Heads]) -> list[Heads]:
    """Counts of the same people said in two places made one, if they go together."""
    if len(heads) < 2 or len({one.noun for one in heads}) == len(heads):
        return list(heads)
    span, noun = (heads[0].span[0], heads[-1].span[1]), next((one.noun for one in heads if one.noun), "")
    if len({one.noun for one in heads if one.noun}) > 1:
        return [Heads(noun, None, span)]
    return [Heads(noun, _merged([one.counts for one in heads]), span)]


def _merged(counts: Sequence[Counts | None]) -> Counts | None:
    parts: dict[int, int] = {}
    totals: set[int] = set()
    for one in counts:
        if one is None or one.bare or any(parts.get(part, number) != number for part, number in one.parts.items()):
            return None
        parts |= one.parts
        totals |= set() if one.total is None else {one.total}
    known: Mapping[int, int] = parts
    return Counts(known, next(iter(totals), None)) if len(totals) < 2 else None
