"""A report in one line: `15/11 tọa đàm nữ 30 nam 15` fills what can surely be read and leaves the rest to be asked.

Surely read are a day, a choice by its exact name, label or alias, numbers that say what they count, and an amount
beside the thing it counts. What is doubtful is asked about, with what may be meant, and nothing of it is filled in.
A phrase that made a choice may say more: "tờ rơi" names the kind of report and then the product. When the line does not
say the choice on which other questions hang, the one that makes sense of most of the line is assumed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from interview.forms.form import Form, Question, QuestionGroup, Repeat
from interview.kinds.table import kind_of
from interview.limits import MAX_LINE, MAX_LINE_WORDS, MAX_TEXT
from interview.lines.amounts import amount
from interview.lines.confirming import unconfirmed
from interview.lines.headcounts import line_counts
from interview.lines.leftovers import left_over
from interview.lines.minutes import answered_by_labels, labelled_in
from interview.lines.phrases import COUNTED, WrittenLine, line_of
from interview.reading.evidence import Reading
from interview.reading.intents import what_did_not_take_place
from interview.reading.text import clean
from interview.reading.writing import Span
from interview.steps import Interview, Json, Kind, Reject
from interview.walking.engine import start
from interview.walking.state import State, evaluate, taken_alone
from interview.walking.taking import checked
from interview.walking.walk import Spot

PLACE, TOPIC = "place", "topic"
"""Appearances of the questions for words that take the place of a line, and what is left over of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a line answers in a doubtful way, with the answers that may be meant, the likeliest first."""

    question: str
    options: tuple[Json, ...] = ()
    why: str = ""


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
    asked: tuple[Asked, ...] = ()
    intent: str = ""
    """Why it is no report: called off, or still to come; empty if it is one."""
    readings: tuple[Reading, ...] = ()
    withheld: Mapping[str, Json] = field(default_factory=dict)
    """What would be taken if it were a report."""
    doubts: Mapping[str, Json] = field(default_factory=dict)
    """By the path of a group how it is asked, since its numbers are in doubt (`Interview.doubts`)."""
    unconfirmed: frozenset[str] = frozenset()
    """The answers that the form wants confirmed before they count."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What was read so far: answers by name, and the line with the words that gave them."""

    line: WrittenLine
    answers: Mapping[str, Json]
    state: State
    further: tuple[Mapping[str, Json], ...] = ()
    readings: tuple[Reading, ...] = field(default=())
    undecided: tuple[Asked, ...] = ()
    """The choice on which other questions hang, if the line speaks of several of its choices, or of one too vaguely."""


def prefill_from(form: Form, text: str, prefill: Mapping[str, Json], now: datetime, language: str = "vi") -> OneLine:
    """What the line surely says and what is left of it (`prefill` as for `start`)."""
    said = clean(text)
    if len(said) > MAX_LINE or not 0 < len(said.split()) <= MAX_LINE_WORDS:
        topic, beyond = _as_one_answer(said)
        return OneLine({}, topic=topic, beyond=beyond)
    line = line_of(text.strip(), now.date())
    labels = labelled_in(form, line.written)
    line, words = answered_by_labels(line, labels)
    past = [one.span for one in line.days if one.what == "day" and one.sure and str(one.value) <= str(now.date())]
    intent = None if labels else what_did_not_take_place(line.written, past)
    blank = Interview(form.id, form.version, language, now)
    read = _sense(form, _Line(line, dict(words), evaluate(form, blank, now)), prefill)
    return _said(form, read, intent)


def _as_one_answer(said: str) -> tuple[str, str]:
    """As many whole words as a text answer holds, and the others."""
    if len(said) <= MAX_TEXT:
        return said, ""
    end = max(said.rfind(" ", 0, MAX_TEXT + 1), 0) or MAX_TEXT
    return said[:end], said[end:].strip()


def _said(form: Form, read: _Line, intent: Reading | None) -> OneLine:
    """What a line says once everything is read from it."""
    doubts = list(_doubts(read))
    asked = (*read.undecided, *(one for doubt in doubts for one in doubt.asked))
    unsure = next((doubt.reject for doubt in doubts if doubt.reject is not None), None)
    place, topic = left_over(_without_doubtful_days(read), [doubt.span for doubt in doubts if doubt.span])
    line, answers = read.line, dict(read.answers)
    readings = (*_names(line), *(_placed(line, reading) for reading in (*read.readings, *_doubtful(line))))
    if read.further:
        repeated = _further(form, read.further)
        answers |= repeated
    if intent is not None:
        readings = (*readings, _placed(line, intent))
        asked = (Asked("", (), intent.why),)
        return OneLine({}, place, topic, asked=asked, intent=intent.why, readings=readings, withheld=answers)
    answers = {name: value for name, value in answers.items() if _stands(read.state, name)}
    named = {question.name for question in form.questions if {PLACE, TOPIC} & set(question.look)}
    place = place or next((str(answers[name]) for name in named if name in answers and _looks(form, name, PLACE)), "")
    topic = next((str(answers[name]) for name in named if name in answers and _looks(form, name, TOPIC)), topic)
    return OneLine(
        answers,
        place,
        topic,
        unsure,
        asked=asked,
        readings=tuple(sorted(readings, key=lambda one: one.span)),
        doubts={doubt.path: dict(doubt.view) for doubt in doubts if doubt.view},
        unconfirmed=frozenset(unconfirmed(read.state)),
    )


def _stands(state: State, name: str) -> bool:
    """Whether an answer is one to a question that is asked, as the others stand."""
    nodes = [node for node in state.form.by_path.values() if node.name == name and node.repeat < 0]
    return any(state.is_relevant(node) for node in nodes)


def _looks(form: Form, name: str, look: str) -> bool:
    return any(question.name == name and look in question.look for question in form.questions)


def _names(line: WrittenLine) -> Iterator[Reading]:
    for name in line.names:
        yield _placed(line, name)


def _doubtful(line: WrittenLine) -> Iterator[Reading]:
    for day in line.days:
        if not day.sure or line.said_day.day is None:
            yield replace(day, sure=False, why=day.why or line.said_day.why)


def _placed(line: WrittenLine, reading: Reading) -> Reading:
    """The reading with its place in the text itself."""
    return replace(reading, span=line.written.place(reading.span))


def _without_doubtful_days(read: _Line) -> WrittenLine:
    """The line without days that are asked about: they are no topic."""
    return read.line.without([day.span for day in read.line.days if day.what in {"day", "days", "week"}])


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What characters say in a doubtful way: what is asked, why, and how a group is asked then."""

    span: Span
    asked: tuple[Asked, ...]
    reject: Reject | None = None
    path: str = ""
    view: Mapping[str, Json] = field(default_factory=dict)


def _doubts(read: _Line) -> Iterator[_Doubt]:
    """What the line says in a doubtful way, with the characters that say it."""
    state, line, day = read.state, read.line, read.line.said_day
    for question in state.form.stops:
        if isinstance(question, Question) and question.kind is Kind.DATE and _is_open(state, question) and day.why:
            yield _Doubt((0, 0), (Asked(question.name, tuple(option.isoformat() for option in day.options), day.why),))
            break
    undecided = _pivot(state) is not None
    for stop in state.form.stops:
        if isinstance(stop, QuestionGroup) and (state.is_relevant(stop) or (undecided and stop.summed)):
            counts = line_counts(state, stop, line)
            if counts is not None and counts.reject is not None:
                asked = tuple(Asked(member.name, counts.options, counts.reject.code) for member in stop.members)
                if counts.total:
                    asked = (
                        *asked,
                        *(Asked(name, (value,), counts.reject.code) for name, value in counts.total.items()),
                    )
                yield _Doubt(counts.span, asked, counts.reject, stop.path, counts.view)
                break
    alone = [stop for stop in state.form.stops if isinstance(stop, Question) and kind_of(stop).is_count]
    for stop in alone:
        if _is_open(state, stop) and (amounts := amount(state, stop, line)) is not None and not amounts.sure:
            yield _Doubt(amounts.span, (Asked(stop.name, amounts.options, "unclear"),))


def _further(form: Form, further: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """The further lines as entries of the repeat that asks for them; nothing if the form has none."""
    for stop in form.extras:
        if isinstance(stop, Repeat):
            prefix = f"{stop.name.partition('_')[0]}_"
            return {stop.name: [{prefix + name: value for name, value in line.items()} for line in further]}
    return {}


def _sense(form: Form, unread: _Line, prefill: Mapping[str, Json]) -> _Line:
    """The reading of the line as it stands or, if something is left over, under the assumption that fits best."""
    plain = _read(form, unread, prefill)
    pivot = _pivot(plain.state) if plain.line.rest else None
    if pivot is None or pivot.choices is None:
        return plain
    listed = [pivot.choices.items[at].name for at in plain.state.allowed(pivot)]
    said = {name for _, name in kind_of(pivot).said_in(plain.state, Spot(pivot, 0, pivot.path), unread.line)}
    names = [name for name in listed if name in said] or listed
    assumed = [_read(form, replace(unread, answers={**unread.answers, pivot.name: name}), prefill) for name in names]
    least = min(map(_left, assumed), default=len(plain.line.rest))
    best = [reading for reading in assumed if _left(reading) == least]
    if least >= _left(plain):
        return plain
    vague = any(_is_vague(reading, plain, pivot) for reading in best)
    if vague or (len(best) > 1 and not _only_numbers(best, plain, pivot)):
        meant = tuple(reading.answers[pivot.name] for reading in best)
        return replace(plain, undecided=(Asked(pivot.name, meant, "which_one"),))
    return best[0]


def _is_vague(read: _Line, plain: _Line, pivot: Question) -> bool:
    """Whether an assumption rests on a choice that says little of it: "luật" is in many a topic, and no legal advice.

    What says much is a choice that the assumption opens, one that says what is counted, or one of several words.
    """
    fresh = [
        question
        for question in read.state.form.questions
        if question.name in read.answers.keys() - plain.answers.keys() and question.choices and question is not pivot
    ]
    return bool(fresh) and not any(
        COUNTED in one.look or _opens(pivot, one) or _said_at_length(read, one) for one in fresh
    )


def _said_at_length(read: _Line, question: Question) -> bool:
    spans = (read.line.words_at(one.span) for one in read.readings if one.what == question.name)
    return any(last - first > 1 for first, last in spans)


def _opens(pivot: Question, question: Question) -> bool:
    """Whether what can be chosen hangs on the other choice."""
    picks = question.choices.filter if question.choices else None
    return picks is not None and pivot.slot in picks.reads


def _left(read: _Line) -> int:
    """Words that say nothing: neither read, nor one of several choices of a question."""
    state, said = read.state, 0
    for question in state.form.stops:
        if isinstance(question, Question) and kind_of(question).chooses and _is_open(state, question):
            spans = {span for span, _ in kind_of(question).said_in(state, Spot(question, 0, question.path), read.line)}
            said += len({at for span in spans for at in range(*span) if read.line.takers[at] is None})
    return len(read.line.rest) - said


def _pivot(state: State) -> Question | None:
    """The first open choice on which other questions depend."""
    for stop in state.form.stops:
        if isinstance(stop, Question) and stop.kind is Kind.SELECT_ONE and _is_open(state, stop):
            return stop if len(state.form.dependents[stop.slot]) > 1 and not taken_alone(state, stop, 0) else None
    return None


def _only_numbers(readings: Sequence[_Line], plain: _Line, pivot: Question) -> bool:
    """Whether only counts speak for these assumptions: then the one that the form lists first is meant."""
    known = {*plain.answers, pivot.name}
    return all(isinstance(value, int) for read in readings for name, value in read.answers.items() if name not in known)


def _read(form: Form, reading: _Line, prefill: Mapping[str, Json]) -> _Line:
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
        if isinstance(question, Question) and _is_open(state, question):
            yield from _single(state, question, line)
    alone = [stop for stop in state.form.stops if isinstance(stop, Question) and kind_of(stop).is_count]
    asked = [question for question in alone if _is_open(state, question)]
    if len(asked) == 1 and (counted := amount(state, asked[0], line)) is not None and counted.sure:
        yield _Taking(asked[0], line.words_at(counted.span), counted.answers, counted.further)


def _is_open(state: State, question: Question) -> bool:
    return state.is_relevant(question) and question.path not in state.interview.answers


def _single(state: State, question: Question, line: WrittenLine) -> Iterator[_Taking]:
    spot = Spot(question, 0, question.path)
    said = kind_of(question).said_in(state, spot, line)
    if said and not any(value != said[0][1] and line.are_apart(said[0][0], span) for span, value in said):
        span, value = said[0]
        if checked(state, spot, value, value) == value:
            yield _Taking(question, span, {question.name: value})
