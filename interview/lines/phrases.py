"""A line of words while a report is read from it: its stretches, and the question that took a word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from interview.forms.form import Form, Question, QuestionGroup
from interview.reading.choosing import folded
from interview.reading.dates import may_be_of_a_day, read_date, was_long_ago
from interview.reading.names import names_in
from interview.steps import Kind

_LONGEST_CHOICE, LONGEST_DAY = 12, 6
"""Words of the longest phrases tried: a label of one line, "ngày 15 tháng 11 năm 2026"."""

_MARKS = " ,.;:"

Span = tuple[int, int]
"""A stretch of words: the first, and the one after the last."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The words of a line, and beside every word its taker: what it was read for (`None`: nothing yet)."""

    words: tuple[str, ...]
    takers: tuple[Question | QuestionGroup | None, ...]
    phrases: Mapping[Span, str]
    """The stretches that may name a choice, folded, longest first."""
    days: Mapping[Span, str]
    """The stretches that say a day, and the day."""
    names: frozenset[int]
    """The places of words that belong to a name, so that they count nothing."""

    @property
    def rest(self) -> list[str]:
        """The words that nothing was read from."""
        return [word for word, taker in zip(self.words, self.takers, strict=True) if taker is None]

    def text(self, span: Span) -> str:
        """A stretch as it was written."""
        return _text(self.words, span)

    def spans(self, longest: int) -> Iterator[Span]:
        """All stretches of up to so many words, long ones first."""
        return _spans(len(self.words), longest)

    def taken(self, span: Span, taker: Question | QuestionGroup) -> "WrittenLine":
        """The line with these words read for `taker`; a word that was read before keeps its taker."""
        first, last = span
        takers = (taker if known is None else known for known in self.takers[first:last])
        return replace(self, takers=(*self.takers[:first], *takers, *self.takers[last:]))

    def is_fresh(self, span: Span) -> bool:
        """Whether nothing was read from any of these words."""
        return not any(self.takers[slice(*span)])

    def is_open_to(self, span: Span, form: Form, asking: Question | QuestionGroup) -> bool:
        """Whether every word is fresh, or made a choice on which `asking` depends: then it may say more."""
        return all(
            taker is None or (self.made_a_choice(at) and asking in form.dependents[taker.slot])
            for at, taker in enumerate(self.takers[slice(*span)], start=span[0])
        )

    def made_a_choice(self, at: int) -> bool:
        """Whether the word at this place was read as (part of) a choice."""
        taker = self.takers[at] if 0 <= at < len(self.takers) else None
        return isinstance(taker, Question) and taker.kind is Kind.SELECT_ONE

    def are_apart(self, best: Span, other: Span) -> bool:
        """Whether two stretches are two statements, and not words of one ("thứ sáu" of "thứ sáu tuần trước")."""
        gap = max(best[0], other[0]) - min(best[1], other[1])
        return gap > 0 or (gap == 0 and None in self.takers[slice(*other)])

    def best_first(self, form: Form, asking: Question, spans: Iterable[Span]) -> list[Span]:
        """The stretches that `asking` may read: most fresh words first, then the longest."""
        usable = [span for span in spans if self.is_open_to(span, form, asking)]
        return sorted(usable, key=lambda span: (-self.takers[slice(*span)].count(None), span[0] - span[1]))


@lru_cache(maxsize=16)  # whether a text is a report is asked before it is taken for one
def line_of(words: tuple[str, ...], today: date) -> WrittenLine:
    """A line of which nothing is read yet."""
    names = names_in(words)
    seams = {at for first, last in names for at in range(first + 1, last)}
    phrases = {
        span: folded(_text(words, span))
        for span in _spans(len(words), _LONGEST_CHOICE)
        if not words[span[0]][0].isdigit()  # a number could be anything here
        and seams.isdisjoint(span)  # a "câu lạc bộ phụ nữ" is not the "câu lạc bộ"
    }
    named = frozenset(at for name in names for at in range(*name))
    return WrittenLine(words, (None,) * len(words), phrases, days_in(words, today), named)


def days_in(words: Sequence[str], today: date) -> Mapping[Span, str]:
    """The stretches that say a day, and the day, long ones first."""
    of_a_day = [may_be_of_a_day(word) for word in words]
    return {
        span: day.isoformat()
        for span in _spans(len(words), LONGEST_DAY)
        if all(of_a_day[slice(*span)])
        and may_be_day(text := _text(words, span))
        and isinstance(day := read_date(text, today), date)
        and not was_long_ago(text, day, today)
    }


def may_be_day(text: str) -> bool:
    """Whether a text may say a day that nobody asked for; a short word alone does not ("thông qua", "chị Mai")."""
    return " " in text or len(text) > 4 or any(char.isdigit() for char in text)


def _text(words: Sequence[str], span: Span) -> str:
    return " ".join(words[slice(*span)]).strip(_MARKS)


def _spans(count: int, longest: int) -> Iterator[Span]:
    for length in range(min(count, longest), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length
