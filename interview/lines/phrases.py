"""A line of words while a report is read from it: what its readers saw, its choices, and what took each word."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from interview.forms.form import Form, Question, QuestionGroup
from interview.reading.choosing import Wording, folded
from interview.reading.dates import Verdict, clock_times, days_in, verdict
from interview.reading.evidence import Reading
from interview.reading.figures import corrections_in
from interview.reading.heads import stretches_of
from interview.reading.names import names_in
from interview.reading.writing import Span, Writing, writing
from interview.steps import Kind

_LONGEST_CHOICE = 12
"""Words of the longest choice tried: a label of one line."""
_MARKS = " ,.!?:;\"'“”()"


_ABOUT = frozenset({"về", "ve", "chỉ", "chi", "quyền", "quyen"})
_WHOM = frozenset({"cho", "với", "voi", "gồm", "gom", "mời", "moi"})


COUNTED = "counted"
"""The appearance of a choice that says what the numbers after it count: a product, a kind of people."""
_SEVERAL = 3
"""Words of a name within another that can hardly mean something else."""


def may_be_within(span: Span) -> bool:
    """Whether a name is long enough to mean the same within another choice."""
    return span[1] - span[0] >= _SEVERAL


def _is_counted(asking: Question | QuestionGroup) -> bool:
    return isinstance(asking, Question) and COUNTED in asking.look


class Beside:
    """What took words that answer nothing: a time of day, a label, a doubtful day."""


BESIDE = Beside()
Taker = Question | QuestionGroup | Beside


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The words of a line, and beside every word its taker: what it was read for (`None`: nothing yet)."""

    written: Writing
    words: tuple[str, ...]
    places: tuple[Span, ...]
    """Where each word stands in `written.said`."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    takers: tuple[Taker | None, ...]
    bare: tuple[str, ...]
    """The words folded, without the marks around them."""
    names: tuple[Reading, ...]
    days: tuple[Reading, ...]
    said_day: Verdict
    seams: frozenset[int]
    """Between these words a name goes on."""
    beside: tuple[Span, ...] = ()
    """Characters that answer nothing: times of day, labels."""

    @property
    def stretches(self) -> tuple[tuple[Span, str], ...]:
        """What is read already, with the kind of item that it is between numbers."""
        return stretches_of(self.written, self.names, self.days, self.beside)

    @property
    def rest(self) -> list[str]:
        """The words that nothing was read from."""
        return [word for word, taker in zip(self.words, self.takers, strict=True) if taker is None]

    def taken(self, span: Span, taker: Taker) -> "WrittenLine":
        """The line with these words read for `taker`; a word that was read before keeps its taker."""
        first, last = span
        takers = (taker if known is None else known for known in self.takers[first:last])
        return replace(self, takers=(*self.takers[:first], *takers, *self.takers[last:]))

    def read(self, place: Span, taker: Taker) -> "WrittenLine":
        """The line with a stretch of characters read for `taker`."""
        return self.taken(self.words_at(place), taker)

    def without(self, places: Iterable[Span]) -> "WrittenLine":
        """The line in which these characters answer nothing."""
        takers, places = list(self.takers), tuple(places)
        for place in places:
            first, last = self.words_at(place)
            takers[first:last] = (taker or BESIDE for taker in takers[first:last])
        return replace(self, takers=tuple(takers), beside=(*self.beside, *places))

    def words_at(self, place: Span) -> Span:
        """The words that a stretch of characters touches."""
        first, last = bisect_right(self.ends, place[0]), bisect_left(self.starts, place[1])
        return (first, last) if first < last else (0, 0)

    def is_open_to(self, span: Span, form: Form, asking: Question | QuestionGroup) -> bool:
        """Whether every word is fresh, or made a choice that may say more.

        That is one on which `asking` depends, or a longer one that names who is counted ("câu lạc bộ nữ công nhân …").
        """
        whole = self.takers[slice(*span)]
        if _is_counted(asking) and may_be_within(span) and len({id(taker) for taker in whole}) == 1:
            outside = {self.takers[at] for at in (span[0] - 1, span[1]) if 0 <= at < len(self.takers)}
            if self.made_a_choice(span[0]) and whole[0] in outside:
                return True
        return all(
            taker is None
            or (isinstance(taker, Question) and self.made_a_choice(at) and asking in form.dependents[taker.slot])
            for at, taker in enumerate(self.takers[slice(*span)], start=span[0])
        )

    def made_a_choice(self, at: int) -> bool:
        """Whether the word at this place was read as (part of) a choice."""
        taker = self.takers[at] if 0 <= at < len(self.takers) else None
        return isinstance(taker, Question) and taker.kind is Kind.SELECT_ONE

    def are_apart(self, best: Span, other: Span) -> bool:
        """Whether two stretches are two statements, and not words of one."""
        gap = max(best[0], other[0]) - min(best[1], other[1])
        return gap > 0 or (gap == 0 and None in self.takers[slice(*other)])

    def best_first(self, form: Form, asking: Question, spans: Iterable[Span]) -> list[Span]:
        """The stretches that `asking` may read: most fresh words first, then the longest."""
        usable = [span for span in spans if self.is_open_to(span, form, asking)]
        return sorted(usable, key=lambda span: (-self.takers[slice(*span)].count(None), span[0] - span[1]))

    def is_about(self, span: Span) -> bool:
        """Whether a stretch is what something was about ("chỉ tiêu 60% nữ lãnh đạo"), and not who came."""
        for at in range(span[0] - 1, -1, -1):
            if self.words[at] in _WHOM or self.written.said[self.places[at][1] - 1] in ",.;\n":
                return False
            if self.words[at] in _ABOUT:
                return True
        return False

    def mentions(self, wordings: tuple[Wording, ...]) -> Mapping[Span, str]:
        """The stretches that are called as one choice of the list, with its name."""
        return _mentions(self.words, self.bare, self.seams, wordings)

    def place_of(self, span: Span) -> Span:
        """The characters of a stretch of words."""
        return self.places[span[0]][0], self.places[span[1] - 1][1]


@lru_cache(maxsize=256)
def _mentions(
    words: tuple[str, ...], bare: tuple[str, ...], seams: frozenset[int], wordings: tuple[Wording, ...]
) -> Mapping[Span, str]:
    said, firsts = _spellings(wordings)
    found: dict[Span, str] = {}
    for first in (at for at, word in enumerate(bare) if word in firsts):
        for last in range(min(first + _LONGEST_CHOICE, len(bare)), first, -1):
            names = said.get(" ".join(bare[first:last]))
            if names is not None and seams.isdisjoint((first, last)):
                exact = {name for name, spelled in names if _is_spelled(words[first:last], spelled)}
                if len(exact) == 1:
                    found[first, last] = exact.pop()
    return found


@lru_cache(maxsize=64)
def _spellings(
    wordings: tuple[Wording, ...],
) -> tuple[Mapping[str, Sequence[tuple[str, tuple[str, ...]]]], frozenset[str]]:
    """By folded words the choices that are called so, with their spelling; and the first words of them."""
    said: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for wording in wordings:
        for called in (wording.name, *wording.words):
            spelled = tuple(word.strip(_MARKS) for word in writing(called).said.split())
            said.setdefault(" ".join(map(folded, spelled)), []).append((wording.name, spelled))
    return said, frozenset(key.partition(" ")[0] for key in said)


def _is_spelled(words: Sequence[str], spelled: Sequence[str]) -> bool:
    """With diacritics a word is only itself, without any it may be each of its spellings."""
    return all(word == other or word.isascii() for word, other in zip(words, spelled, strict=True))


@lru_cache(maxsize=16)  # whether a text is a report is asked before it is taken for one
def line_of(text: str, today: date) -> WrittenLine:
    """A line of which nothing is read yet."""
    written = writing(text)
    places = tuple(written.chunks())
    words = tuple(written.said[slice(*place)].strip(_MARKS) or written.said[slice(*place)] for place in places)
    names, days = names_in(written), days_in(written, today)
    starts, ends = (tuple(place[at] for place in places) for at in (0, 1))
    line = WrittenLine(
        written,
        words,
        places,
        starts,
        ends,
        takers=(None,) * len(words),
        bare=tuple(map(folded, words)),
        names=names,
        days=days,
        said_day=verdict(days),
        seams=frozenset(),
    )
    fixed = [line.words_at(name.span) for name in names if name.rule == "fixed name"]
    line = replace(line, seams=frozenset(at for first, last in fixed for at in range(first + 1, last)))
    return line.without((*clock_times(written), *corrections_in(written)))


def runs_of(line: WrittenLine) -> Iterator[Span]:
    """The stretches of words that nothing was read from."""
    first: int | None = None
    for at, taker in enumerate((*line.takers, BESIDE)):
        if taker is None and first is None:
            first = at
        elif taker is not None and first is not None:
            yield first, at
            first = None
