"""The choice on which other questions hang, where a line does not say it: the one that makes sense of most of the line.

It is assumed only if the line speaks of it clearly; else it is asked, with what may be meant.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from interview.forms.form import Form, Question
from interview.kinds.table import kind_of
from interview.lines.filling import Asked, LineRead, filled, is_open, pivot_of
from interview.lines.phrases import COUNTED
from interview.steps import Json
from interview.walking.walk import Spot


def sensed(form: Form, unread: LineRead, prefill: Mapping[str, Json]) -> LineRead:
    """The reading of the line as it stands or, if something is left over, under the assumption that fits best."""
    plain = filled(form, unread, prefill)
    pivot = pivot_of(plain.state) if plain.line.rest else None
    if pivot is None or pivot.choices is None:
        return plain
    listed = [pivot.choices.items[at].name for at in plain.state.allowed(pivot)]
    said = {name for _, name in kind_of(pivot).said_in(plain.state, Spot(pivot, 0, pivot.path), unread.line)}
    names = [name for name in listed if name in said] or listed
    if not said and _speaks_of_others(plain, pivot, listed):
        return replace(plain, undecided=(Asked(pivot.name, (), "which_one"),))
    assumed = [filled(form, replace(unread, answers={**unread.answers, pivot.name: name}), prefill) for name in names]
    least = min(map(_left, assumed), default=len(plain.line.rest))
    best = [reading for reading in assumed if _left(reading) == least]
    if least >= _left(plain):
        return plain
    vague = any(_is_vague(reading, plain, pivot) for reading in best)
    if vague or (len(best) > 1 and not _only_numbers(best, plain, pivot)):
        meant = tuple(reading.answers[pivot.name] for reading in best)
        return replace(plain, undecided=(Asked(pivot.name, meant, "which_one"),))
    return best[0]


def _speaks_of_others(plain: LineRead, pivot: Question, listed: Collection[str]) -> bool:
    """Whether the line names a choice that is not open here ("kiểm tra 3 cơ sở"): then no other is assumed."""
    assert pivot.choices is not None  # noqa: S101 (it is chosen from a list)
    named = plain.line.mentions(tuple(pivot.choices.wordings))
    free = {name for span, name in named.items() if all(taker is None for taker in plain.line.takers[slice(*span)])}
    return bool(free) and free.isdisjoint(listed)


def _is_vague(read: LineRead, plain: LineRead, pivot: Question) -> bool:
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


def _said_at_length(read: LineRead, question: Question) -> bool:
    spans = (read.line.words_at(one.span) for one in read.readings if one.what == question.name)
    return any(last - first > 1 for first, last in spans)


def _opens(pivot: Question, question: Question) -> bool:
    """Whether what can be chosen hangs on the other choice."""
    picks = question.choices.filter if question.choices else None
    return picks is not None and pivot.slot in picks.reads


def _left(read: LineRead) -> int:
    """Words that say nothing: neither read, nor one of several choices of a question."""
    state, said = read.state, 0
    for question in state.form.stops:
        if isinstance(question, Question) and kind_of(question).chooses and is_open(state, question):
            spans = {span for span, _ in kind_of(question).said_in(state, Spot(question, 0, question.path), read.line)}
            said += len({at for span in spans for at in range(*span) if read.line.takers[at] is None})
    return len(read.line.rest) - said


def _only_numbers(readings: Sequence[LineRead], plain: LineRead, pivot: Question) -> bool:
    """Whether only counts speak for these assumptions: then the one that the form lists first is meant."""
    known = {*plain.answers, pivot.name}
    return all(isinstance(value, int) for read in readings for name, value in read.answers.items() if name not in known)
