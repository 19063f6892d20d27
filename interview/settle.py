"""After a change: answers that no longer fit are dropped, until all that stand are relevant, allowed and true."""

from dataclasses import replace
from datetime import datetime

from .form import Form, Node, Question, Repeat
from .shown import label
from .state import State, entries, evaluate
from .steps import Interview, Json, Kind
from .walk import spot_at


def settle(form: Form, interview: Interview, now: datetime, *, strictly: bool = False) -> tuple[State, tuple[str, ...]]:
    """The settled state and the labels of the answers dropped; `strictly` checks every constraint again.

    One answer goes at a time, in the order of evaluation: what depended on it is looked at anew.
    """
    dropped: list[str] = []
    while True:
        state = evaluate(form, interview, now)
        path = _first_unfit(state, strictly=strictly)
        if path is None:
            return state, tuple(dict.fromkeys(dropped))
        spot = spot_at(state, path)
        if spot is not None and isinstance(spot[0], Question) and interview.answers[path] is not None:
            dropped.append(label(state, spot[0], spot[1]))
        answers = {key: value for key, value in interview.answers.items() if key != path}
        interview = replace(interview, answers=answers)


def _first_unfit(state: State, *, strictly: bool) -> str | None:
    unfit = [path for path, value in state.interview.answers.items() if not _fits(state, path, value, strictly)]
    if len(unfit) < 2:
        return unfit[0] if unfit else None
    rank = {node.slot: at for at, node in enumerate(state.form.order)}
    return min(unfit, key=lambda path: rank[spot[0].slot] if (spot := spot_at(state, path)) else -1)


def _fits(state: State, path: str, value: Json, strictly: bool) -> bool:
    spot = spot_at(state, path)
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
    return node.kind is Kind.NOTE or state.allows(node, entry, value)


def _has_entry(state: State, node: Node, entry: int) -> bool:
    if node.repeat < 0:
        return True
    repeat = state.form.by_slot[node.repeat]
    return isinstance(repeat, Repeat) and entry < entries(state.interview.answers, repeat)[0]
