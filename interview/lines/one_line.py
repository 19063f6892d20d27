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
from interview.lines.assuming import sensed
from interview.lines.confirming import unconfirmed
from interview.lines.filling import Asked, LineRead, is_open, pivot_of
from interview.lines.headcounts import line_counts
from interview.lines.leftovers import left_over
from interview.lines.minutes import answered_by_labels, labelled_in
from interview.lines.phrases import WrittenLine, line_of
from interview.reading.evidence import Reading
from interview.reading.intents import what_did_not_take_place
from interview.reading.text import clean
from interview.reading.writing import Span
from interview.steps import Interview, Json, Kind, Reject
from interview.walking.state import State, evaluate

PLACE, TOPIC = "place", "topic"
"""Appearances of the questions for words that take the place of a line, and what is left over of it."""


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
    read = sensed(form, LineRead(line, dict(words), evaluate(form, blank, now)), prefill)
    return _said(form, read, intent)


def _as_one_answer(said: str) -> tuple[str, str]:
    """As many whole words as a text answer holds, and the others."""
    if len(said) <= MAX_TEXT:
        return said, ""
    end = max(said.rfind(" ", 0, MAX_TEXT + 1), 0) or MAX_TEXT
    return said[:end], said[end:].strip()


def _said(form: Form, read: LineRead, intent: Reading | None) -> OneLine:
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


def _without_doubtful_days(read: LineRead) -> WrittenLine:
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


def _doubts(read: LineRead) -> Iterator[_Doubt]:
    """What the line says in a doubtful way, with the characters that say it."""
    state, line, day = read.state, read.line, read.line.said_day
    for question in state.form.stops:
        if isinstance(question, Question) and question.kind is Kind.DATE and is_open(state, question) and day.why:
            yield _Doubt((0, 0), (Asked(question.name, tuple(option.isoformat() for option in day.options), day.why),))
            break
    undecided = pivot_of(state) is not None
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
        if is_open(state, stop) and (amounts := amount(state, stop, line)) is not None and not amounts.sure:
            yield _Doubt(amounts.span, (Asked(stop.name, amounts.options, "unclear"),))


def _further(form: Form, further: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """The further lines as entries of the repeat that asks for them; nothing if the form has none."""
    for stop in form.extras:
        if isinstance(stop, Repeat):
            prefix = f"{stop.name.partition('_')[0]}_"
            return {stop.name: [{prefix + name: value for name, value in line.items()} for line in further]}
    return {}
