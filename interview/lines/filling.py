"""Answers out of a line of words, one after the other: first what surely says what it counts, then days and choices.

A phrase that made a choice may say more: "tờ rơi" names the kind of report and then the product.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from interview.forms.form import Form, Question, QuestionGroup
from interview.kinds.table import kind_of
from interview.lines.amounts import amount
from interview.lines.headcounts import line_counts
from interview.lines.phrases import WrittenLine
from interview.reading.evidence import Reading
from interview.reading.writing import Span
from interview.steps import Json, Kind
from interview.walking.engine import start
from interview.walking.state import State, evaluate, taken_alone
from interview.walking.taking import checked
from interview.walking.walk import Spot


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a line answers in a doubtful way, with the answers that may be meant, the likeliest first."""

    question: str
    options: tuple[Json, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class LineRead:
    """What was read so far: answers by name, and the line with the words that gave them."""

    line: WrittenLine
    answers: Mapping[str, Json]
    state: State
    further: tuple[Mapping[str, Json], ...] = ()
    readings: tuple[Reading, ...] = field(default=())
    undecided: tuple[Asked, ...] = ()
    """The choice on which other questions hang, if the line speaks of several of its choices, or of one too vaguely."""


def filled(form: Form, reading: LineRead, prefill: Mapping[str, Json]) -> LineRead:
    """One answer after the other, as long as the line gives any."""
    interview = reading.state.interview
    while True:
        known = {**prefill, **reading.answers}
        step = start(form, known, interview.started, language=interview.language)
        reading = replace(reading, state=evaluate(form, step.interview, interview.started))
        known_names = reading.answers.keys()
        fresh = (one for one in _readings(reading.state, reading.line) if not one.answers.keys() <= known_names)
        taking = next(fresh, None)
        if taking is None:
            return reading
        reading = replace(
            reading,
            line=reading.line.taken(taking.words, taking.stop),
            answers={**reading.answers, **taking.answers},
            further=(*reading.further, *taking.further),
            readings=(*reading.readings, *_evidence(reading.line, taking)),
        )


@dataclass(frozen=True, slots=True)
class _Taking:
    """Answers that some words give."""

    stop: Question | QuestionGroup
    words: Span
    answers: Mapping[str, Json]
    further: tuple[Mapping[str, Json], ...] = ()


def _evidence(line: WrittenLine, taking: _Taking) -> Iterator[Reading]:
    place = line.place_of(taking.words) if taking.words[1] else (0, 0)
    for name, value in taking.answers.items():
        yield Reading(name, value, place, f"{taking.stop.name} in a line")


def _readings(state: State, line: WrittenLine) -> Iterator[_Taking]:
    """What can be read next: numbers that say what they count first, then days and choices, then an amount."""
    for group in state.form.stops:
        if isinstance(group, QuestionGroup) and state.is_relevant(group):
            counts = line_counts(state, group, line)
            if counts is not None and counts.answers and counts.reject is None:
                yield _Taking(group, line.words_at(counts.span), counts.answers, counts.further)
    for question in (*state.form.stops, *state.form.extras):
        if isinstance(question, Question) and is_open(state, question):
            yield from _single(state, question, line)
    alone = [stop for stop in state.form.stops if isinstance(stop, Question) and kind_of(stop).is_count]
    asked = [question for question in alone if is_open(state, question)]
    if len(asked) == 1 and (counted := amount(state, asked[0], line)) is not None and counted.sure:
        yield _Taking(asked[0], line.words_at(counted.span), counted.answers, counted.further)


def is_open(state: State, question: Question) -> bool:
    return state.is_relevant(question) and question.path not in state.interview.answers


def _single(state: State, question: Question, line: WrittenLine) -> Iterator[_Taking]:
    spot = Spot(question, 0, question.path)
    said = kind_of(question).said_in(state, spot, line)
    if said and not any(value != said[0][1] and line.are_apart(said[0][0], span) for span, value in said):
        span, value = said[0]
        if checked(state, spot, value, value) == value:
            yield _Taking(question, span, {question.name: value})


def pivot_of(state: State) -> Question | None:
    """The first open choice on which other questions depend."""
    for stop in state.form.stops:
        if isinstance(stop, Question) and stop.kind is Kind.SELECT_ONE and is_open(state, stop):
            return stop if len(state.form.dependents[stop.slot]) > 1 and not taken_alone(state, stop, 0) else None
    return None
