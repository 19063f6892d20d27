"""After a change, answers that no longer fit are dropped: the others are relevant, allowed, and keep constraints."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from interview.forms.form import Form, Node, Question, Repeat
from interview.shown import called
from interview.steps import Interview, Kind
from interview.walking.state import State, entries, evaluate, follow, reached


def settle(before: State, interview: Interview) -> tuple[State, tuple[str, ...]]:
    """The state after a change and the labels of the answers it cost; only what the change reaches is checked.

    One answer goes at a time, in the order of evaluation, and what depended on it is checked anew.
    """
    dropped: list[tuple[int, str]] = []
    while True:
        nodes = reached(before, interview)
        state = follow(before, interview, nodes)
        path = next((path for path in _answered(state, nodes) if not _fits(state, path, strictly=False)), None)
        if path is None:
            return state, _labels(dropped)
        dropped += _lost(state, path)
        interview = _without(interview, path)


def settle_strictly(form: Form, interview: Interview, now: datetime) -> tuple[State, tuple[str, ...]]:
    """Every answer checked again, whatever was checked before: at the start, and before anything is sent."""
    state = evaluate(form, interview, now)
    dropped: list[tuple[int, str]] = []
    while True:
        ranked = sorted(interview.answers, key=lambda path: _rank(form, path))
        unfit = next((path for path in ranked if not _fits(state, path, strictly=True)), None)
        if unfit is None:
            return state, _labels(dropped)
        dropped += _lost(state, unfit)
        interview = _without(interview, unfit)
        state = evaluate(form, interview, now)


def _answered(state: State, nodes: Sequence[Node]) -> Iterator[str]:
    answers = state.interview.answers
    for node in nodes:
        if node.repeat < 0:
            if node.path in answers:
                yield node.path
        else:
            yield from (path for path in answers if (spot := state.form.spot_at(path)) and spot[0] is node)


def _lost(state: State, path: str) -> list[tuple[int, str]]:
    spot = state.form.spot_at(path)
    if spot is None or not isinstance(spot[0], Question) or state.interview.answers[path] is None:
        return []
    return [(spot[0].slot, called(state, spot[0], spot[1]))]


def _labels(dropped: list[tuple[int, str]]) -> tuple[str, ...]:
    """The labels without repetitions, in the form's order."""
    return tuple(dict.fromkeys(said for _, said in sorted(dropped)))


def _without(interview: Interview, path: str) -> Interview:
    return replace(interview, answers={key: value for key, value in interview.answers.items() if key != path})


def _rank(form: Form, path: str) -> int:
    spot = form.spot_at(path)
    return form.rank[spot[0].slot] if spot else -1


def _fits(state: State, path: str, *, strictly: bool) -> bool:
    spot, value = state.form.spot_at(path), state.interview.answers[path]
    if spot is None:
        return False
    node, entry = spot
    if not state.is_relevant(node, entry) or not _has_entry(state, node, entry):
        return False
    if not isinstance(node, Question) or value is None or not (node.depends or strictly):
        return True
    if node.choices is not None:
        allowed = {node.choices.items[at].name for at in state.allowed(node, entry)}
        if not set(value if isinstance(value, list) else [value]) <= allowed:
            return False
    return node.kind is Kind.NOTE or state.holds(node, entry)


def _has_entry(state: State, node: Node, entry: int) -> bool:
    if node.repeat < 0:
        return True
    repeat = state.form.by_slot[node.repeat]
    return isinstance(repeat, Repeat) and entry < entries(state.interview.answers, repeat)[0]
