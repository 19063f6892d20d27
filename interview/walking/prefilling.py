"""Answers known before anybody is asked: hidden values, an earlier report, defaults that stand unless changed.

Only what the form would take from a person is taken; anything else is left to be asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from interview.forms.expression import Expression
from interview.forms.form import Derived, Form, Question, Repeat, Source
from interview.kinds.table import kind_of
from interview.steps import Interview, Json
from interview.walking.settle import settle_strictly
from interview.walking.state import State, default_text, entries, evaluate, follow, reached
from interview.walking.taking import read_typed
from interview.walking.walk import Spot


def prefilled(form: Form, interview: Interview, known: Mapping[str, Json], now: datetime) -> Interview:
    """The interview with all of `known` (values by name) that is hidden, or valid and relevant as an answer."""
    given = {
        node.name: known[node.name]
        for node in form.order
        if isinstance(node, Derived) and node.source is Source.GIVEN and node.name in known
    }
    interview = replace(interview, prefill=given)
    state = evaluate(form, interview, now)
    interview = replace(interview, prefill={**given, **_first_defaults(state)})
    interview = _filled(form, replace(interview, answers=_repeats(form, known)), known, now)
    interview = _with_standing_defaults(form, interview, now)
    return settle_strictly(form, interview, now)[0].interview


def fitting(state: State, spot: Spot, value: Json) -> Json:
    """The value as this question stores it, or `None` if it would not take it."""
    stored = kind_of(spot.question).fitting(state, spot, value)
    return stored if stored is not None and state.allows(spot.question, spot.entry, stored) else None


def _first_defaults(state: State) -> dict[str, Json]:
    """Computed defaults of hidden values are computed once, when the interview begins."""
    return {
        node.name: default_text(node.expression, state, 0)
        for node in state.form.order
        if isinstance(node, Derived)
        and node.source is Source.GIVEN
        and node.repeat < 0
        and isinstance(node.expression, Expression)
        and node.name not in state.interview.prefill
    }


def _repeats(form: Form, known: Mapping[str, Json]) -> dict[str, Json]:
    return {
        stop.path: [min(len(items), stop.highest), True]
        for stop in form.stops
        if isinstance(stop, Repeat) and isinstance(items := known.get(stop.name), list) and items
    }


def _candidates(form: Form, known: Mapping[str, Json]) -> Iterator[tuple[Question, int, Json]]:
    for question in form.questions:
        if question.repeat < 0:
            if known.get(question.name) is not None:
                yield question, 0, known[question.name]
            continue
        items = known.get(form.by_slot[question.repeat].name)
        for entry, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and item.get(question.name) is not None:
                yield question, entry, item[question.name]


def _filled(form: Form, interview: Interview, known: Mapping[str, Json], now: datetime) -> Interview:
    """Take what fits, as long as that makes more questions relevant."""
    candidates, state = list(_candidates(form, known)), evaluate(form, interview, now)
    while True:
        before = len(interview.answers)
        for question, entry, value in candidates:
            path = state.path(question, entry)
            if path in interview.answers or not state.is_relevant(question, entry):
                continue
            answer = fitting(state, Spot(question, entry, path), value)
            if answer is not None:
                interview = replace(interview, answers={**interview.answers, path: answer})
                state = follow(state, interview, reached(state, interview))
        if len(interview.answers) == before:
            return interview


def _with_standing_defaults(form: Form, interview: Interview, now: datetime) -> Interview:
    """The default of an on-review question stands unless somebody changes it: nobody is asked."""
    for question in form.extras:
        if not isinstance(question, Question) or not question.default:
            continue
        state = evaluate(form, interview, now)
        text = default_text(question.default, state, 0)
        if text and question.path not in interview.answers and state.is_relevant(question):
            value = read_typed(state, Spot(question, 0, question.path), text)
            if isinstance(value, str | int | float | list):
                interview = replace(interview, answers={**interview.answers, question.path: value})
    return _with_defaults_of_entries(form, interview, now)


def _with_defaults_of_entries(form: Form, interview: Interview, now: datetime) -> Interview:
    for repeat in form.extras:
        if isinstance(repeat, Repeat):
            for entry in range(entries(interview.answers, repeat)[0]):
                said = defaults_of_entry(evaluate(form, interview, now), repeat, entry)
                interview = replace(interview, answers={**said, **interview.answers})
    return interview


def defaults_of_entry(state: State, repeat: Repeat, entry: int) -> dict[str, Json]:
    """By path the defaults in an entry of a repeat on the review: they stand unless changed, too."""
    answers: dict[str, Json] = {}
    for question in state.form.questions:
        if question.repeat == repeat.slot and question.default and state.is_relevant(question, entry):
            text, path = default_text(question.default, state, entry), state.path(question, entry)
            value = read_typed(state, Spot(question, entry, path), text) if text else None
            if isinstance(value, str | int | float | list):
                answers[path] = value
    return answers
