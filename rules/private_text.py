"""Finds in free text what must not stand in a report, and makes the text without it.

Only what is needed may be kept (Law 91/2025/QH15).

Names beside phone numbers, numbers of identity cards, where somebody lives, and accounts of a case of violence. Reports
about violence hold counts, never names. It is a net with holes, whose sizes a test states; its cost is in proportion to
the text's length.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules import private_words as words


class Private(StrEnum):
    """What must not be kept."""

    PHONE = "phone"
    IDENTITY = "identity"
    ADDRESS = "address"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as it may be kept (it may be empty), and what was taken out of it."""

    text: str
    found: frozenset[Private] = frozenset()


Span = tuple[int, int]
NEAR = 40
"""Characters between a name and the number that is its."""
AROUND = 2 * NEAR
"""Characters around a number in which names are looked for, so that a near one is whole."""
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[^.;!?\n]+")
_INITIAL_DOT = re.compile(r"(?<=\b[^\W\d_])\.(?=\s*\S)")
_GAPS = re.compile(r"\s*[,:(–-]?\s*(?=[,.;:)!?]|\Z)")


def looked_through(text: str) -> Looked:
    """Take out what must not be kept."""
    said = unicodedata.normalize("NFC", text)
    plain = _plain(said)
    found = [*_numbers(said, plain), *_stories(said, plain)]
    if not found:
        return Looked(text)
    return Looked(_without(said, [span for _, span in found]), frozenset(what for what, _ in found))


def _plain(said: str) -> str:
    """The text in small letters without diacritics, each character in its place."""
    return "".join(_letter(char) for char in said)


def _letter(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return "d" if base in "đð" else base if len(base) == 1 else char


def _numbers(said: str, plain: str) -> Iterator[tuple[Private, Span]]:
    """Numbers of cards, and of phones beside a name, each with the name and the words that lead to it."""
    phones = [match.span() for match in words.PHONE.finditer(plain)]
    for span in phones:
        beside = _beside(said, plain, span)
        if beside:
            yield Private.PHONE, _leading(plain, span)
            yield from ((Private.PHONE, name) for name in beside)
    taken = {at for start, end in phones for at in range(start, end)}
    for match in words.IDENTITY.finditer(plain):
        if match.start() not in taken and words.MONEY.match(plain, match.end()) is None:
            yield Private.IDENTITY, _leading(plain, match.span())
            yield from ((Private.IDENTITY, name) for name in _beside(said, plain, match.span()))
    for match in words.IDENTITY_WORDS.finditer(plain):
        digits = words.AFTER_IDENTITY_WORD.match(plain, match.end())
        if digits is not None:
            yield Private.IDENTITY, (match.start(), digits.end())


def _beside(said: str, plain: str, number: Span) -> list[Span]:
    """The names near a number. Only what is around is looked at, so that many numbers cost no more than their text."""
    start, end = max(0, number[0] - AROUND), number[1] + AROUND
    found = [(start + one[0], start + one[1]) for one in names(said[start:end], plain[start:end])]
    called = words.CALLED.search(plain[start : _leading(plain, number)[0]])
    if called is not None and f"{called[1]} {called[2]}" not in words.TOGETHER:
        found.append((start + called.start(), start + called.end()))
    return [span for span in found if _is_near(span, number)]


def names(said: str, plain: str) -> Iterator[Span]:
    """Where somebody is named: "chị Lan", "chi lan", "Nguyễn Thị Lan"; not what is called after people."""
    tokens = [match.span() for match in _WORD.finditer(said)]
    at = 0
    while at < len(tokens):
        length = _honoured(said, plain, tokens, at) or _surnamed(said, plain, tokens, at)
        if length:
            yield tokens[at][0], tokens[at + length - 1][1]
        at += length or 1


def _honoured(said: str, plain: str, tokens: list[Span], at: int) -> int:
    """How many words are an honorific and the name after it."""
    if at + 1 >= len(tokens):
        return 0
    word, after = (plain[slice(*tokens[at + step])] for step in (0, 1))
    if word not in words.HONORIFICS or f"{word} {after}" in words.TOGETHER or not _adjoin(plain, tokens, at):
        return 0
    called = _capitals(said, tokens, at + 1)
    return 1 + called if called else 0


def _surnamed(said: str, plain: str, tokens: list[Span], at: int) -> int:
    """How many words are a whole name that begins with a surname."""
    length = _capitals(said, tokens, at)
    before = said[slice(*tokens[at - 1])].lower() if at else ""
    digits = plain[max(0, tokens[at][0] - 3) : tokens[at][0]].rstrip()[-1:].isdigit()
    is_name = length in {2, 3, 4} and plain[slice(*tokens[at])] in words.SURNAMES
    return length if is_name and before not in words.PLACES and not digits else 0


def _capitals(said: str, tokens: list[Span], at: int) -> int:
    """How many words from here on begin with a capital, four at most."""
    count = 0
    while at + count < len(tokens) and count < 4:
        word = said[slice(*tokens[at + count])]
        is_capital = word[:1].isupper() and (word[1:].islower() or len(word) == 1)
        if not is_capital or (count and not _adjoin(said, tokens, at + count - 1)):
            break
        count += 1
    return count


def _adjoin(text: str, tokens: list[Span], at: int) -> bool:
    return not text[tokens[at][1] : tokens[at + 1][0]].strip(" .")


def _is_near(one: Span, other: Span) -> bool:
    return max(one[0] - other[1], other[0] - one[1]) <= NEAR


def _leading(plain: str, span: Span) -> Span:
    """A number with the words that lead to it."""
    start = max(0, span[0] - NEAR)
    before = words.BEFORE_NUMBER.search(plain[start : span[0]])
    return (start + before.start(), span[1]) if before else span


def _stories(said: str, plain: str) -> Iterator[tuple[Private, Span]]:
    """Clauses that tell of a case, and what says where somebody lives."""
    whole = _INITIAL_DOT.sub(" ", plain)
    clauses = [match.span() for match in _CLAUSE.finditer(whole)]
    is_case = any(_tells_a_case(said[slice(*span)], whole[slice(*span)]) for span in clauses)
    for start, end in clauses:
        clause, telling = said[start:end], whole[start:end]
        named = list(names(clause, telling))
        if is_case and (named or words.SOMEBODY.search(telling) or words.STRONG.search(telling)):
            yield Private.CASE, (start, end)
            continue
        home = words.HOME.search(telling)
        people = [*named, *(match.span() for match in words.SOMEBODY.finditer(telling))]
        if home is not None and people and not words.VENUES.search(telling):
            yield Private.ADDRESS, (start + min(home.start(), *(span[0] for span in people)), end)


def _tells_a_case(clause: str, telling: str) -> bool:
    """Whether a clause tells what was done to somebody in particular."""
    strong, named = words.STRONG.search(telling), any(names(clause, telling))
    called = words.SOMEBODY_CALLED.search(telling)
    is_called = called is not None and f"{called[1]} {called[2]}" not in words.TOGETHER
    somebody = words.SOMEBODY.search(telling) or (strong and is_called)
    if words.SUBJECT.search(telling) and not named:
        return bool(strong and somebody and words.ONE_OF_THEM.search(telling))
    if strong:
        return bool(named or somebody or words.ONE_OF_THEM.search(telling))
    return bool(words.WEAK.search(telling) and (named or somebody))


def _without(said: str, spans: list[Span]) -> str:
    """The text without some stretches, tidied."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(said[at : max(at, start)])
        at = max(at, end)
    rest = " ".join(" ".join([*kept, said[at:]]).split())
    return _GAPS.sub("", rest).strip(" ,.;:-–()")
