"""One choice out of a list by name, label or alias; a near miss is reported as near, never taken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from interview.limits import NEAR_ENOUGH
from interview.reading.digits import whole_number
from interview.reading.text import fold, plain_digits

_BESIDE = re.compile(
    r"^(?:chu yeu|da so|phan lon|chi co|chi|toan|la|cac|nhom|loai)(?: la)? |(?: (?:trong|o|tai|cua|thuoc|tren))?"
    r" (?:khu pho|kp|dia ban|phuong|to)(?: (?:em|minh|toi|nay))?$"
)
"""Words around a choice that say nothing more: "chủ yếu là bà con trong khu phố"."""


@dataclass(frozen=True)
class Wording:
    """A choice as people may call it: its name, its labels in all languages, its aliases."""

    name: str
    words: tuple[str, ...]

    @cached_property
    def spellings(self) -> frozenset[str]:
        """All of them as a message is compared with them."""
        return frozenset(folded(word) for word in (self.name, *self.words))


@dataclass(frozen=True, slots=True)
class Chosen:
    """`exact` names one choice; otherwise `near` is the best guess, or `several` fit the words equally."""

    exact: str | None = None
    near: str | None = None
    several: tuple[str, ...] = ()


def choose(text: str, wordings: Sequence[Wording]) -> Chosen:
    """Read one choice; a typed number is the position in `wordings`, as it was numbered."""
    called = folded(text)
    same = named(called, wordings)
    position = read_position(text, len(wordings))
    numbered = wordings[position - 1].name if position else None
    if len(same) == 1 and numbered in (None, same[0]):
        return Chosen(exact=same[0])
    if numbered and not same:
        return Chosen(exact=numbered)
    beside = named(_BESIDE.sub("", called).strip(), wordings) if not same else []
    if len(beside) == 1:
        return Chosen(exact=beside[0])
    if same:  # the label "3" of the fifth choice: the label or the third?
        return Chosen(near=same[0]) if len(same) == 1 else Chosen(several=tuple(same))
    return _nearly(called, wordings)


def named(called: str, wordings: Sequence[Wording]) -> list[str]:
    """The names of the choices that are called exactly so (`called` is `folded`)."""
    return [wording.name for wording in wordings if called in wording.spellings]


def spelled(wordings: Sequence[Wording]) -> dict[str, str]:
    """By `folded` spelling the one choice that it names; a spelling of several choices is left out."""
    names: dict[str, str] = {}
    several: set[str] = set()
    for wording in wordings:
        for word in wording.spellings:
            if names.setdefault(word, wording.name) != wording.name:
                several.add(word)
    return {word: name for word, name in names.items() if word not in several}


def read_position(text: str, count: int) -> int | None:
    """The number that is the whole message, if it numbers one of `count` things ("2", "2.", "số 2")."""
    bare = plain_digits(text).lower().removeprefix("số ").strip(" .)")
    number = whole_number(bare, most=4)
    return number if number is not None and 1 <= number <= count else None


def folded(text: str) -> str:
    """`fold`, without the punctuation around it."""
    return fold(plain_digits(text)).strip(" .,!?:;\"'“”()")


def _nearly(called: str, wordings: Sequence[Wording]) -> Chosen:
    if len(called) < 2:
        return Chosen()
    inside = [wording.name for wording in wordings if any(_within(called, word) for word in wording.spellings)]
    if inside:
        return Chosen(near=inside[0]) if len(inside) == 1 else Chosen(several=tuple(inside))
    spelled = {(wording.name, word): word for wording in wordings for word in wording.spellings if len(word) > 1}
    best = process.extractOne(called, spelled, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return Chosen(near=best[2][0]) if best else Chosen()


def _within(called: str, word: str) -> bool:
    """Whole words of the label: "tuyen truyen" names "Lop tuyen truyen", "tuy" does not."""
    return len(called) <= len(word) and f" {called} " in f" {word} "
