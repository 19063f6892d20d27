"""What a list seems to say without saying it: a unit under a new code, two that became one, a new name, a new ward.

Nothing of this is done unless somebody answers with its day, since reports and people hang on it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from types import MappingProxyType

from interview import fold
from plan.ledger import LedgerRow
from plan.model import ListedUnit
from rules.changes import ChangeKind
from rules.levels import Level

NEAR = 0.6
"""How alike the words of two names are to be called near; their numbers must be the same."""
MOST_MERGED = 4
"""More units than these become one only where a whole list is replaced."""
_NUMBER = re.compile(r"0*([0-9]+[a-z]?)\b")
_SHORT = re.compile(r"\b(kp|p|f)(?=[ .]?[0-9])")
_LONG = {"kp": "khu pho", "p": "phuong", "f": "phuong"}


QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "merged": "{before} ({was}) are gone and {after} ({now}) is new. Were they merged?",
        "recoded": "{before} ({was}) is gone and {after} ({now}) is new. Is it the same unit?",
        "renamed": "{after} was called “{was}” and is “{now}” in the list. Was it renamed? (no: it was "
        "always called so)",
        "moved": "{after} lay in {was} and lies in {now} in the list. Did it move?",
    }
)
"""What is asked about a proposal: texts with named places, to be translated."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may have become of the units `before` (codes); `was` and `now` say how they differ, for a question."""

    kind: ChangeKind
    before: tuple[str, ...]
    after: str
    was: str
    now: str
    row: int
    """The row of the list that shows it."""

    @property
    def question(self) -> str:
        """A code of `QUESTIONS`."""
        if self.kind is ChangeKind.RENAME and self.after not in self.before:
            return "recoded"
        return {ChangeKind.MERGE: "merged", ChangeKind.MOVE: "moved"}.get(self.kind, "renamed")

    @property
    def can_be_declined(self) -> bool:
        """A code cannot stay in two places: only its day is open."""
        return self.kind is not ChangeKind.MOVE

    @property
    def params(self) -> Mapping[str, str | int]:
        return {"before": ", ".join(self.before), "after": self.after, "was": self.was, "now": self.now}

    def rows(self, file: str, day: date) -> tuple[LedgerRow, ...]:
        """The ledger's rows that say so."""
        return tuple(LedgerRow(file, self.row, day, self.kind, code, self.after) for code in self.before)


def of_new_codes(
    gone: Iterable[ListedUnit], new: Iterable[ListedUnit], rows: Mapping[str, int], declined: Collection[Proposal]
) -> Iterator[Proposal]:
    """Look for units that go on under another code, in one ward at a time."""
    old_ones, new_ones = _by_place(gone), _by_place(new)
    for place in old_ones.keys() & new_ones.keys():
        left, added = old_ones[place], new_ones[place]

        def proposal(kind: ChangeKind, before: Sequence[ListedUnit], after: ListedUnit) -> Proposal | None:
            codes, names = tuple(unit.code for unit in before), ", ".join(unit.name for unit in before)
            made = Proposal(kind, codes, after.code, names, after.name, rows[after.code])
            return None if made in declined else made

        yield from _in_one_place(left, added, proposal)


def _in_one_place(
    left: list[ListedUnit],
    added: list[ListedUnit],
    proposal: Callable[[ChangeKind, Sequence[ListedUnit], ListedUnit], Proposal | None],
) -> Iterator[Proposal]:
    if _may_be_merged(left, added) and (merged := proposal(ChangeKind.MERGE, left, added[0])):
        yield merged
        return
    for unit in list(added):
        near = [old for old in left if is_near(old.name, unit.name)]
        if len(near) == 1 and (renamed := proposal(ChangeKind.RENAME, near, unit)):
            left.remove(near[0])
            added.remove(unit)
            yield renamed
    if _may_be_merged(left, added) and (merged := proposal(ChangeKind.MERGE, left, added[0])):
        yield merged


def _may_be_merged(left: Sequence[ListedUnit], added: Sequence[ListedUnit]) -> bool:
    return len(added) == 1 and 1 < len(left) <= MOST_MERGED


def _by_place(units: Iterable[ListedUnit]) -> dict[tuple[Level, str], list[ListedUnit]]:
    places: dict[tuple[Level, str], list[ListedUnit]] = defaultdict(list)
    for unit in units:
        places[unit.level, unit.parent or ""].append(unit)
    return places


def is_near(name: str, other: str) -> bool:
    """Whether two names may be one: “Khu phố 05” and “KP 5”, never “Khu phố 5” and “Khu phố 5A”."""
    (words, numbers), (other_words, other_numbers) = _parts(name), _parts(other)
    return numbers == other_numbers and SequenceMatcher(None, words, other_words).ratio() >= NEAR


def _parts(name: str) -> tuple[str, list[str]]:
    plain = _SHORT.sub(lambda short: _LONG[short[1]] + " ", fold(name))
    return " ".join(_NUMBER.sub(" ", plain).split()), _NUMBER.findall(plain)
