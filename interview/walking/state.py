"""All values of an interview as its answers make them: what is relevant, what is calculated, what is taken alone.

A state is computed from scratch for every step, in the form's evaluation order; the expressions remember what they
gave before, so that this is a few microseconds of dictionary look-ups.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.forms.expression import Expression, Slot
from interview.forms.form import Derived, Form, Node, Question, Repeat, Source
from interview.forms.functions import text_of
from interview.forms.layout import LANGUAGE, NOW, TODAY
from interview.steps import Interview, Json

_PLAIN = frozenset({str, int})
"""Types of answers that XPath sees as they are."""


@dataclass(frozen=True, slots=True)
class State:
    """The values (`slots`) and what is `relevant`, by slot; inside a repeat both hold one for every entry."""

    form: Form
    interview: Interview
    now: datetime
    slots: list[Slot]
    relevant: list[bool | tuple[bool, ...]]

    def is_relevant(self, node: Node, entry: int = 0) -> bool:
        relevance = self.relevant[node.slot]
        return relevance if isinstance(relevance, bool) else entry < len(relevance) and relevance[entry]

    def is_required(self, question: Question, entry: int = 0) -> bool:
        required = question.required
        return required if isinstance(required, bool) else bool(required.value(self.slots, entry))

    def path(self, node: Node, entry: int) -> str:
        return node.path if node.repeat < 0 else self.form.layout.entry_path(self.form.layout[node.slot], entry)

    def allowed(self, question: Question, entry: int = 0) -> Sequence[int]:
        return question.choices.allowed(self.slots, entry) if question.choices else ()

    def assuming(self, answers: Iterable[tuple[Question, int, Json]]) -> "State":
        """The state as it would be with these answers, as far as a constraint sees it."""
        slots = self.slots.copy()
        for question, entry, value in answers:
            column, text = slots[question.slot], slot_text(value)
            slots[question.slot] = (*column[:entry], text, *column[entry + 1 :]) if isinstance(column, tuple) else text
        return State(self.form, self.interview, self.now, slots, self.relevant)

    def holds(self, question: Question, entry: int) -> bool:
        """Whether the constraint holds for the answer that stands."""
        return question.constraint is None or bool(question.constraint.value(self.slots, entry))

    def allows(self, question: Question, entry: int, value: Json) -> bool:
        """Whether the constraint would hold for this answer."""
        return question.constraint is None or self.assuming([(question, entry, value)]).holds(question, entry)


def evaluate(form: Form, interview: Interview, now: datetime) -> State:
    """The state of an interview at `now`, which is aware and in the zone in which people mean their days."""
    state = State(form, interview, now, list(form.blank), [True if value == "" else () for value in form.blank])
    state.slots[TODAY], state.slots[NOW] = now.date().isoformat(), now.isoformat(timespec="seconds")
    state.slots[LANGUAGE] = interview.language
    has_entries = any(entries(interview.answers, repeat)[0] for repeat in form.repeats)
    _compute(state, form.order if has_entries else form.order_without_entries)
    return state


def follow(before: State, interview: Interview, nodes: Sequence[Node]) -> State:
    """The state after a change that reaches no other nodes than these."""
    state = State(before.form, interview, before.now, before.slots.copy(), before.relevant.copy())
    _compute(state, nodes)
    return state


def reached(before: State, interview: Interview) -> tuple[Node, ...]:
    """The nodes that the difference between two interviews reaches, in the order of evaluation."""
    form, old, new = before.form, before.interview.answers, interview.answers
    paths = [path for path, value in new.items() if old.get(path, ...) != value]
    paths += [path for path in old if path not in new]
    dependents = [form.dependents[spot[0].slot] for path in paths if (spot := form.spot_at(path)) is not None]
    if len(dependents) == 1:
        return dependents[0]
    return tuple(sorted({node for nodes in dependents for node in nodes}, key=lambda node: form.rank[node.slot]))


def _compute(state: State, nodes: Sequence[Node]) -> None:
    slots, relevant, answers = state.slots, state.relevant, state.interview.answers
    for node in nodes:
        slot, parent, condition = node.slot, node.parent, node.relevant
        if node.repeat >= 0:
            if slots[node.repeat] == "0":
                slots[slot] = relevant[slot] = ()
            else:
                _compute_column(state, node)
        elif (parent < 0 or relevant[parent]) and (condition is None or condition.value(slots) is True):
            relevant[slot] = True
            answer = answers.get(node.path)
            if type(answer) in _PLAIN:
                slots[slot] = str(answer)
            else:
                slots[slot] = "" if answer is None and not node.speaks else _text(state, node, answer, 0)
        else:
            relevant[slot] = False
            slots[slot] = "0" if isinstance(node, Repeat) else ""


def entries(answers: Mapping[str, Json], repeat: Repeat) -> tuple[int, bool]:
    """How many entries were begun, and whether that is all; the first is begun by itself, but on the review none is."""
    match answers.get(repeat.path):
        case [int() as count, bool() as finished]:
            return count, finished
        case _:
            return (0, True) if repeat.on_review else (1, False)


def slot_text(value: Json) -> str:
    """An answer as XPath sees it."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        is_point = bool(value) and isinstance(value[0], float)
        return " ".join(str(part) for part in value) + (" 0 0" if is_point else "")
    return text_of(value) if isinstance(value, float) else ""


def taken_alone(state: State, question: Question, entry: int) -> str:
    """The choice of a required question that has only one left: nobody needs to be asked."""
    if not question.speaks or question.choices is None or not state.is_required(question, entry):
        return ""
    allowed = state.allowed(question, entry)
    return question.choices.items[allowed[0]].name if len(allowed) == 1 else ""


def _compute_column(state: State, node: Node) -> None:
    """Compute a node's value in every entry of its repeat; earlier slots come first, as everywhere."""
    repeat = state.slots[node.repeat]
    here: list[bool] = []
    column: list[str] = []
    for entry in range(int(repeat) if isinstance(repeat, str) else 0):
        parent = state.relevant[node.parent]
        inside = parent if isinstance(parent, bool) else parent[entry]
        here.append(inside and (node.relevant is None or node.relevant.value(state.slots, entry) is True))
        answer = state.interview.answers.get(state.path(node, entry))
        column.append(_text(state, node, answer, entry) if here[-1] else "")
    state.relevant[node.slot] = tuple(here)
    state.slots[node.slot] = tuple(column)


def _text(state: State, node: Node, answer: Json, entry: int) -> str:
    if isinstance(node, Question):
        return taken_alone(state, node, entry) if answer is None else slot_text(answer)
    if isinstance(node, Derived):
        return _derived(state, node, entry)
    return str(entries(state.interview.answers, node)[0]) if isinstance(node, Repeat) else ""


def _derived(state: State, node: Derived, entry: int) -> str:
    match node.source:
        case Source.CALCULATED:
            return text_of(calculated(state, node, entry))
        case Source.GIVEN:
            given = state.interview.prefill.get(node.name)
            return slot_text(given) if given is not None else default_text(node.expression, state, entry)
        case Source.START:
            return state.interview.started.isoformat(timespec="seconds")
        case Source.TODAY:
            return state.interview.started.date().isoformat()
        case Source.END:
            return ""


def calculated(state: State, node: Derived, entry: int) -> str | float | bool:
    """A calculation's value with its type."""
    if isinstance(node.expression, str):
        return node.expression
    value = node.expression.value(state.slots, entry)
    return value if isinstance(value, str | float | bool) else ""


def default_text(default: Expression | str, state: State, entry: int) -> str:
    """A fixed or computed default as text."""
    return default if isinstance(default, str) else text_of(default.value(state.slots, entry))
