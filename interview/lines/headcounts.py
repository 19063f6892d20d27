"""Numbers of people in a line of words: "tọa đàm hôm qua nữ 30 nam 15".

A stretch of the line is read for a group of questions only if the rest of the line speaks of no other number and
names none of the group's parts: "nam công nhân 20 nữ công nhân 25" holds "20 nữ", which nobody said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interview.forms.form import QuestionGroup
from interview.kinds.table import kind_of
from interview.lines.grouped import read_group, unclear, words_of
from interview.lines.phrases import Span, WrittenLine
from interview.reading.counts import TOTAL, parts_named, read_counts
from interview.reading.names import says_number
from interview.reading.numerals import NUMERALS
from interview.reading.spoken import WordSet
from interview.reading.text import fold, fold_words
from interview.steps import Json, Reject
from interview.walking.state import State
from interview.walking.walk import Spot, answer_at

_COUNTS = 14
"""Words of the longest list of numbers tried."""

_TENS = WordSet("mười mươi chục nghìn ngàn", exact="trăm")
"""Words that are a number wherever they stand; smaller ones are in many words ("một buổi", "tư vấn")."""
_OTHER_UNITS = frozenset(fold_words("tuổi tháng giờ phút lần đợt phần %"))
"""After a number these say that it counts something else."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A group of numbers that a line may answer, and the words that tell its parts apart."""

    state: State
    group: QuestionGroup
    spots: tuple[Spot, ...]
    words: tuple[frozenset[str], ...]


def head_count(state: State, group: QuestionGroup, line: WrittenLine) -> tuple[Span, Mapping[str, Json]] | None:
    """The numbers that the line surely gives this group, by name, with the words they take."""
    asked = _asked(state, group)
    if asked is None or not parts_named(" ".join(line.words), asked.words):
        return None
    span = _counted(line, asked)
    if span is None or any(True for _ in _beside(line, span, asked)):
        return None
    said = read_group(state, group, asked.spots, line.text(span), together=False)
    values = {spot.question.name: said.values[spot.path] for spot in asked.spots if spot.path in said.values}
    return (span, values) if values else None


def unread_count(state: State, line: WrittenLine, *, undecided: bool) -> tuple[Span, Reject] | None:
    """Words about numbers of people that gave no answer, and why; `undecided` words may mean any group."""
    for group in state.form.stops:
        if not isinstance(group, QuestionGroup) or not (state.is_relevant(group) or (undecided and group.summed)):
            continue
        asked = _asked(state, group)
        places = list(_beside(line, (0, 0), asked)) if asked else []
        if asked is None or not places:
            continue
        span = _widened(line, (places[0], places[-1] + 1))
        text = line.text(span)
        if undecided and not parts_named(text, asked.words) and TOTAL.isdisjoint(fold_words(text)):
            continue
        said = read_group(state, group, asked.spots, text, together=False)
        return span, said.rejects[0] if said.rejects else unclear(state, asked.spots, text)
    return None


def _asked(state: State, group: QuestionGroup) -> _Asked | None:
    """The group, if it asks for numbers of which none is known."""
    spots = tuple(Spot(member, 0, state.path(member, 0)) for member in group.members)
    if not group.together or len(spots) < 2 or not all(kind_of(spot.question).is_count for spot in spots):
        return None
    if any(answer_at(state, spot.path) is not None for spot in spots):
        return None
    return _Asked(state, group, spots, words_of(tuple(spot.question for spot in spots)))


def _counted(line: WrittenLine, asked: _Asked) -> Span | None:
    """The one stretch that says numbers of this group; `None` if there are two, because either may be meant."""
    counted: Span | None = None
    for span in line.spans(_COUNTS):
        if not _is_open(line, span, asked) or (counted and _overlap(counted, span)):
            continue
        counts = read_counts(line.text(span), asked.words)
        if counts is not None and counts.parts:
            if counted:
                return None
            counted = span
    return _trimmed(line, counted, asked) if counted else None


def _overlap(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _is_open(line: WrittenLine, span: Span, asked: _Asked) -> bool:
    """Whether no word is taken or part of a name; a choice inside may count, too ("50 bà con, 35 chị em")."""
    first, last = span
    if not line.names.isdisjoint(range(first, last)):
        return False
    if line.is_open_to(span, asked.state.form, asked.group):
        return True
    choices = [at for at in range(first, last) if not line.is_fresh((at, at + 1))]
    said = " ".join(line.words[at] for at in choices)
    within = all(first < at < last - 1 and line.made_a_choice(at) for at in choices)
    return within and not parts_named(said, asked.words)


def _trimmed(line: WrittenLine, span: Span, asked: _Asked) -> Span:
    """The stretch without its first words that add nothing to the counts: they may belong to something else."""
    first, last = span
    counts = read_counts(line.text(span), asked.words)
    while first + 1 < last and read_counts(line.text((first + 1, last)), asked.words) == counts:
        first += 1
    return first, last


def _beside(line: WrittenLine, span: Span, asked: _Asked) -> Iterator[int]:
    """The places outside the stretch where the line speaks of numbers or parts."""
    for first, last in _unread_runs(line, span):
        run = line.words[first:last]
        named = parts_named(" ".join(run), asked.words)
        for at, word in enumerate(run, start=first):
            part = named and parts_named(word, asked.words)
            numeral = at in (span[0] - 1, span[1]) and span[1] and _is_numeral(word)
            if part or says_number(word) or word in _TENS or numeral or (at == span[1] and fold(word) in _OTHER_UNITS):
                yield at


def _unread_runs(line: WrittenLine, span: Span) -> Iterator[Span]:
    """Stretches that nothing was read from, without `span` and without names."""
    start: int | None = None
    for at in range(len(line.words) + 1):
        free = (
            at < len(line.words)
            and line.is_fresh((at, at + 1))
            and at not in line.names
            and not span[0] <= at < span[1]
        )
        if free and start is None:
            start = at
        elif not free and start is not None:
            yield start, at
            start = None


def _is_numeral(word: str) -> bool:
    return word.lower().strip(",.;:") in NUMERALS


def _widened(line: WrittenLine, span: Span) -> Span:
    """The stretch with the words of counting around it: "tổng", "người"."""
    first, last = span
    while first and _belongs(line, first - 1):
        first -= 1
    while last < len(line.words) and _belongs(line, last):
        last += 1
    return first, last


def _belongs(line: WrittenLine, at: int) -> bool:
    word = line.words[at]
    said = fold(word).strip(",.;:")
    return line.is_fresh((at, at + 1)) and (said in TOTAL or said in _OTHER_UNITS or _is_numeral(word))
