"""A report in one line: `15/11 tọa đàm nữ 30 nam 15` fills what can surely be read and leaves the rest to be asked.

Surely read are a day, a choice by its exact name, label or alias, numbers that say what they count, and an amount
beside the thing it counts; a line that says two days or two choices says neither, and numbers of people are taken only
if no other number stands beside them. A phrase that made a choice may say
more: "tờ rơi" names the kind of report and then the product. When the line does not say the choice on which other
questions hang, the one that makes sense of most of the line is assumed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interview.forms.form import Form, Question, QuestionGroup
from interview.kinds.table import kind_of
from interview.limits import MAX_LINE, MAX_LINE_WORDS, MAX_TEXT
from interview.lines.amounts import amount
from interview.lines.headcounts import head_count, unread_count
from interview.lines.leftovers import left_over
from interview.lines.phrases import Span, WrittenLine, line_of
from interview.reading.text import clean
from interview.steps import Interview, Json, Kind, Reject
from interview.walking.engine import start
from interview.walking.state import State, evaluate, taken_alone
from interview.walking.taking import checked
from interview.walking.walk import Spot


@dataclass(frozen=True, slots=True)
class OneLine:
    """What a line says: answers by name, a place and a topic in its own words, and a number that stays unsure.

    The topic fits into one answer; `beyond` holds the words that did not.
    """

    answers: Mapping[str, Json]
    place: str = ""
    topic: str = ""
    unsure: Reject | None = None
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read so far: answers by name, and the line with the words that gave them."""

    line: WrittenLine
    answers: Mapping[str, Json]
    state: State


def prefill_from(form: Form, text: str, prefill: Mapping[str, Json], now: datetime, language: str = "vi") -> OneLine:
    """What the line surely says and what is left of it (`prefill` as for `start`)."""
    said = clean(text)
    words = tuple(said.split())
    if len(said) > MAX_LINE or not 0 < len(words) <= MAX_LINE_WORDS:
        topic, beyond = _as_one_answer(" ".join(words))
        return OneLine({}, topic=topic, beyond=beyond)
    blank = Interview(form.id, form.version, language, now)
    read = _sense(form, _Reading(line_of(words, now.date()), {}, evaluate(form, blank, now)), prefill)
    unread = unread_count(read.state, read.line, undecided=_pivot(read.state) is not None)
    span, unsure = unread or ((0, 0), None)
    place, topic = left_over(read.line, span)
    return OneLine(dict(read.answers), place, topic, unsure)


def _as_one_answer(said: str) -> tuple[str, str]:
    """As many whole words as a text answer holds, and the others."""
    if len(said) <= MAX_TEXT:
        return said, ""
    end = max(said.rfind(" ", 0, MAX_TEXT + 1), 0) or MAX_TEXT
    return said[:end], said[end:].strip()


def _sense(form: Form, unread: _Reading, prefill: Mapping[str, Json]) -> _Reading:
    """The reading of the line as it stands or, if something is left over, under the assumption that fits best."""
    plain = _read(form, unread, prefill)
    pivot = _pivot(plain.state) if plain.line.rest else None
    if pivot is None or pivot.choices is None:
        return plain
    listed = [pivot.choices.items[at].name for at in plain.state.allowed(pivot)]
    said = {name for _, name in kind_of(pivot).said_in(plain.state, Spot(pivot, 0, pivot.path), unread.line)}
    names = [name for name in listed if name in said] or listed
    assumed = [_read(form, replace(unread, answers={pivot.name: name}), prefill) for name in names]
    least = min((len(reading.line.rest) for reading in assumed), default=len(plain.line.rest))
    best = [reading for reading in assumed if len(reading.line.rest) == least]
    if least >= len(plain.line.rest) or (len(best) > 1 and not _only_numbers(best, plain, pivot)):
        return plain
    return best[0]


def _pivot(state: State) -> Question | None:
    """The first open choice on which other questions depend."""
    for stop in state.form.stops:
        if isinstance(stop, Question) and stop.kind is Kind.SELECT_ONE and _is_open(state, stop):
            return stop if len(state.form.dependents[stop.slot]) > 1 and not taken_alone(state, stop, 0) else None
    return None


def _only_numbers(readings: Sequence[_Reading], plain: _Reading, pivot: Question) -> bool:
    """Whether only counts speak for these assumptions: then the one that the form lists first is meant."""
    known = {*plain.answers, pivot.name}
    return all(isinstance(value, int) for read in readings for name, value in read.answers.items() if name not in known)


def _read(form: Form, reading: _Reading, prefill: Mapping[str, Json]) -> _Reading:
    """One answer after the other, as long as the line gives any."""
    interview = reading.state.interview
    while True:
        known = {**prefill, **reading.answers}
        step = start(form, known, interview.started, language=interview.language)
        reading = replace(reading, state=evaluate(form, step.interview, interview.started))
        taking = next(_readings(reading.state, reading.line), None)
        if taking is None:
            return reading
        stop, span, answers = taking
        reading = replace(reading, line=reading.line.taken(span, stop), answers={**reading.answers, **answers})


_Taking = tuple[Question | QuestionGroup, Span, Mapping[str, Json]]


def _readings(state: State, line: WrittenLine) -> Iterator[_Taking]:
    """What can be read next: days and choices first, then groups of numbers, then an amount."""
    for question in (*state.form.stops, *state.form.extras):
        if isinstance(question, Question) and _is_open(state, question):
            yield from _single(state, question, line)
    for group in state.form.stops:
        if isinstance(group, QuestionGroup) and state.is_relevant(group) and (said := head_count(state, group, line)):
            yield group, said[0], said[1]
    alone = [stop for stop in state.form.stops if isinstance(stop, Question) and kind_of(stop).is_count]
    asked = [question for question in alone if _is_open(state, question)]
    if len(asked) == 1 and (counted := amount(state, asked[0], line)) is not None:
        yield asked[0], counted[0], {asked[0].name: counted[1]}


def _is_open(state: State, question: Question) -> bool:
    return state.is_relevant(question) and question.path not in state.interview.answers


def _single(state: State, question: Question, line: WrittenLine) -> Iterator[_Taking]:
    spot = Spot(question, 0, question.path)
    said = kind_of(question).said_in(state, spot, line)
    if said and not any(value != said[0][1] and line.are_apart(said[0][0], span) for span, value in said):
        span, value = said[0]
        if checked(state, spot, value, value) == value:
            yield question, span, {question.name: value}
