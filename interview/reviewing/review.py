"""The review: all answers before they are sent, what may be added, and the values that are sent in the end."""

import math
from collections.abc import Iterator

from interview.forms.form import Derived, Node, Question, QuestionGroup, Repeat, Source, Stop, Texts
from interview.kinds.table import kind_of, shown
from interview.reading.digits import whole_number
from interview.shown import called
from interview.steps import Json, Kind, Option, Review, ReviewLine, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State, calculated, entries
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, first_unanswered, group_asking, repeat_of


def review(stepping: Stepping) -> Review:
    """The answers that stand, line by line. Before all are given, it offers to go on instead of sending."""
    state = stepping.state
    lines = tuple(_line(state, spot) for spot in reviewed(stepping))
    onward = WalkCommand.SEND if stepping.here is None else WalkCommand.CONTINUE
    options = (onward, *((WalkCommand.BACK,) if lines else ()), WalkCommand.CANCEL)
    offered = tuple(command_option(command) for command in options)
    return Review(lines, tuple(_extras(state)), offered, missing(stepping))


def missing(stepping: Stepping) -> str:
    """The question that is open, in its own words; empty when all is answered."""
    here = first_unanswered(stepping.state, stepping.way)
    if here is None:
        return ""
    language, slots = stepping.state.interview.language, stepping.state.slots
    said = here.stop.label.say(language, slots, here.entry)
    return said or ", ".join(called(stepping.state, spot.question, spot.entry) for spot in here.spots)


def reviewed(stepping: Stepping) -> Iterator[Spot]:
    """Everything that was asked and answered or skipped, in the form's order, then the on-review answers."""
    state, answers = stepping.state, stepping.answers
    for stop, entry in stepping.way:
        for question in _questions(stop):
            path = state.path(question, entry)
            if path in answers:
                yield Spot(question, entry, path)
    in_turn = {stop for stop, _ in stepping.way}
    for extra in state.form.extras:
        for question in () if extra in in_turn else _questions(extra):
            if answers.get(question.path) is not None:
                yield Spot(question, 0, question.path)


def _questions(stop: Stop) -> tuple[Question, ...]:
    match stop:
        case Question():
            return (stop,)
        case QuestionGroup():
            return (*stop.members, stop.unsorted) if stop.unsorted else stop.members
        case Repeat():
            return ()


def open_extras(state: State) -> Iterator[tuple[Stop, Texts]]:
    """What can be added, each with what it is called: relevant on-review questions and groups without an answer, and
    repeats for one more entry."""
    for extra in state.form.extras:
        if state.is_relevant(extra) and (texts := _offered_as(state, extra)) is not None:
            yield extra, texts


def _offered_as(state: State, extra: Stop) -> Texts | None:
    """What an extra is called if it is offered now. A repeat is called as the first question of the next entry."""
    answers = state.interview.answers
    if isinstance(extra, Repeat):
        first = extra.first(state.slots)
        return None if first is None else first.called
    is_asked_in_turn = isinstance(extra, Question) and state.is_required(extra)
    has_answer = any(answers.get(question.path) is not None for question in _questions(extra))
    return None if is_asked_in_turn or has_answer else extra.called


def edit_token(node: Node, entry: int) -> str:
    """The token that opens a question from the review."""
    return f"e{node.slot}.{entry}" if entry else f"e{node.slot}"


def opened_by(state: State, token: str) -> str | Repeat | None:
    """What an edit token opens, if it still can be: the path of a question or group, or a repeat for one more entry."""
    if not token.startswith("e"):
        return None
    slot, _, entry = token.removeprefix("e").partition(".")
    number, at = whole_number(slot), whole_number(entry or "0")
    node = None if number is None else state.form.by_slot.get(number)
    return None if node is None or at is None or not state.is_relevant(node, at) else _opened(state, node, at)


def _opened(state: State, node: Node, entry: int) -> str | Repeat | None:
    match node:
        case Repeat() if node.on_review:
            return node
        case QuestionGroup() if node.on_review:
            return node.path
        case Question() if node.kind is not Kind.NOTE:
            group = group_asking(state.form, node)
            return state.path(group if group and group.unsorted is node else node, entry)
    return None


def final_values(state: State) -> dict[str, Json]:
    """All values by name, calculated and hidden ones included; a repeat is a list of such mappings."""
    return {
        node.name: value
        for node in state.form.by_path.values()
        if node.repeat < 0 and (value := _value(state, node, 0)) is not None
    }


def _value(state: State, node: Node, entry: int) -> Json:
    match node:
        case Question():
            return _answer(state, node, entry)
        case Derived():
            return _derived(state, node, entry)
        case Repeat() if state.is_relevant(node):
            return _entries(state, node) or None
    return None


def _entries(state: State, repeat: Repeat) -> list[Json]:
    inner = [node for node in state.form.by_path.values() if node.repeat == repeat.slot]
    return [
        {node.name: value for node in inner if (value := _value(state, node, entry)) is not None}
        for entry in range(entries(state.interview.answers, repeat)[0])
    ]


def _answer(state: State, question: Question, entry: int) -> Json:
    answer = state.interview.answers.get(state.path(question, entry))
    if answer is None:
        slot = state.slots[question.slot]
        return (slot[entry] if isinstance(slot, tuple) else slot) or None  # a choice taken alone
    return kind_of(question).sent(answer)


def _derived(state: State, node: Derived, entry: int) -> Json:
    if not state.is_relevant(node, entry):
        return None
    if node.source is Source.END:
        return state.now.isoformat(timespec="seconds")
    if node.source is Source.CALCULATED:
        value = calculated(state, node, entry)
        if isinstance(value, float):
            return None if not math.isfinite(value) else int(value) if value.is_integer() else value
        return value
    if node.source is Source.GIVEN and node.name in state.interview.prefill:
        return state.interview.prefill[node.name]
    slot = state.slots[node.slot]
    return slot[entry] if isinstance(slot, tuple) else slot


def _line(state: State, spot: Spot) -> ReviewLine:
    value = state.interview.answers[spot.path]
    said = called(state, spot.question, spot.entry)
    repeat = repeat_of(state.form, spot.question)
    entry = f"{repeat.path}[{spot.entry + 1}]" if repeat else ""
    token = edit_token(spot.question, spot.entry)
    return ReviewLine(spot.path, said, shown(state, spot.question, value), token, entry)


def _extras(state: State) -> Iterator[Option]:
    for extra, texts in open_extras(state):
        yield Option(edit_token(extra, 0), label=texts.say(state.interview.language, state.slots))
