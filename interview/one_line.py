"""A report in one line: `15/11 tọa đàm nữ 30 nam 15` fills what can surely be read and leaves the rest to be asked.

Surely read are a day, a choice by its exact name, label or alias, and numbers that say what they count.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from .engine import start
from .form import Form, Group, Question
from .grouped import read_group, words_of
from .limits import MAX_LINE_WORDS
from .reading.choosing import folded, named
from .reading.counts import read_counts
from .reading.dates import read_date
from .reading.text import clean
from .state import State, evaluate
from .steps import Json, Kind
from .taking import read_typed, wordings
from .walk import Spot, relevant_spots

_LONGEST = {Kind.DATE: 6, Kind.SELECT_ONE: 12}
"""Words of the longest phrase tried: "ngày 15 tháng 11 năm 2026", a label of one line."""

_COUNTS = 14


def prefill_from(
    form: Form, text: str, prefill: Mapping[str, Json], now: datetime, language: str = "vi"
) -> tuple[dict[str, Json], str]:
    """The answers that the line surely gives, by name, and the words left over (`prefill` as for `start`)."""
    words = clean(text).split()
    found: dict[str, Json] = {}
    while len(words) <= MAX_LINE_WORDS:
        state = evaluate(form, start(form, {**prefill, **found}, now, language=language).interview, now)
        step = next(_readings(state, words), None)
        if step is None:
            break
        answers, (first, last) = step
        found |= answers
        del words[first:last]
    return found, " ".join(words)


def _readings(state: State, words: Sequence[str]) -> Iterator[tuple[dict[str, Json], tuple[int, int]]]:
    """What can be read next, with the words it takes: single answers first, then groups of numbers."""
    questions = [*state.form.stops, *state.form.extras]
    for stop in questions:
        if isinstance(stop, Question) and stop.kind in _LONGEST and _is_open(state, stop):
            yield from _single(state, stop, words)
    for stop in questions:
        if isinstance(stop, Group) and state.is_relevant(stop):
            spots = tuple(spot for spot in relevant_spots(state, stop, 0) if _is_open(state, spot.question))
            yield from _numbers(state, stop, spots, words)


def _is_open(state: State, question: Question) -> bool:
    return state.is_relevant(question) and question.path not in state.interview.answers


def _single(
    state: State, question: Question, words: Sequence[str]
) -> Iterator[tuple[dict[str, Json], tuple[int, int]]]:
    spot = Spot(question, 0, question.path)
    for first, last in _windows(len(words), _LONGEST[question.kind]):
        phrase = " ".join(words[first:last])
        if not _says(state, spot, phrase):
            continue
        value = read_typed(state, spot, phrase.strip(" ,.;:"))
        if isinstance(value, str):
            yield {question.name: value}, (first, last)


def _says(state: State, spot: Spot, phrase: str) -> bool:
    """Whether the phrase is a day or a choice by its words; a number could be anything here."""
    if spot.question.kind is Kind.DATE:
        return isinstance(read_date(phrase.strip(" ,.;:"), state.now.date()), date)
    return not phrase[:1].isdigit() and len(named(folded(phrase), wordings(state, spot))) == 1


def _numbers(
    state: State, group: Group, spots: tuple[Spot, ...], words: Sequence[str]
) -> Iterator[tuple[dict[str, Json], tuple[int, int]]]:
    if not group.together or len(spots) < 2 or any(spot.question.kind is not Kind.INTEGER for spot in spots):
        return
    for first, last in _windows(len(words), _COUNTS):
        phrase = " ".join(words[first:last]).strip(" ,.;:")
        counts = read_counts(phrase, words_of(tuple(spot.question for spot in spots)))
        if counts is None or not counts.parts:
            continue
        said = read_group(state, group, spots, phrase)
        if said.rejects:  # a total that does not fit: a shorter stretch would hide it
            return
        names = {spot.path: spot.question.name for spot in spots}
        yield {names[path]: value for path, value in said.values.items()}, (first, last)


def _windows(count: int, longest: int) -> Iterator[tuple[int, int]]:
    """All stretches of words, long ones first."""
    for length in range(min(count, longest), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length
