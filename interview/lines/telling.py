"""What is made of a text, as data for a program: what is taken, what is asked, the topic, and every reading.

Nothing is stored. A colleague can see with it which rule read which characters, and what spoke against it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interview.forms.form import Form, Question, QuestionGroup, Repeat
from interview.lines.confirming import unconfirmed
from interview.lines.one_line import PLACE, OneLine, prefill_from
from interview.reading.dates import read_day
from interview.reading.evidence import Reading
from interview.steps import Ask, Done, Interview, Json, Kind, Pressed, Reject, Step, Took, Typed
from interview.walking.engine import advance, start
from interview.walking.state import State, evaluate

_MOST_STEPS = 30
"""Questions of the longest form that is answered by itself, to come to its review."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says: answers by name, the questions that stay open with what may be meant, and the readings."""

    taken: Mapping[str, Json]
    asked: tuple[tuple[str, tuple[Json, ...]], ...] = ()
    topic: str = ""
    readings: tuple[Reading, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """The same for a program."""
        return {
            "taken": dict(self.taken),
            "asked": [{"question": name, "options": list(options)} for name, options in self.asked],
            "topic": self.topic,
            "readings": [
                {
                    "what": one.what,
                    "value": one.value,
                    "span": list(one.span),
                    "rule": one.rule,
                    "sure": one.sure,
                    "why": one.why,
                }
                for one in self.readings
            ],
        }


def told_of_line(form: Form, line: OneLine, prefill: Mapping[str, Json], now: datetime) -> Told:
    """What a report in one line fills in, and what it leaves to be asked."""
    if line.intent:
        return Told({}, (("took_place", ("yes", "no")),), line.topic, line.readings)
    step = start(form, {**prefill, **line.answers}, now)
    state = evaluate(form, step.interview, now)
    taken = {name: value for name, value in line.answers.items() if name not in line.unconfirmed}
    for question in form.questions:
        if PLACE in question.look and line.place and state.is_relevant(question):
            taken.setdefault(question.name, line.place)
    taken = {name: _plain(form, name, value) for name, value in taken.items()}
    doubts = [(asked.question, asked.options) for asked in line.asked if asked.question not in taken]
    doubts += [(name, (line.answers[name],)) for name in line.unconfirmed]
    known = {name for name, _ in doubts}
    still: list[tuple[str, tuple[Json, ...]]] = [
        (name, ()) for name in _open(form, state) if name not in known | taken.keys()
    ]
    return Told(taken, (*doubts, *still), line.topic, line.readings)


def told_to_question(form: Form, name: str, text: str, prefill: Mapping[str, Json], now: datetime) -> Told:
    """What a text answers to the question with this name. Raises `KeyError` if the form has none."""
    for begun in _begun(form, prefill, now):
        state = evaluate(form, begun, now)
        node = next((node for node in form.questions if node.name == name and node.repeat < 0), None)
        if node is None:
            raise KeyError(name)
        if state.is_relevant(node):
            parent = form.by_slot.get(node.parent)
            path = parent.path if isinstance(parent, QuestionGroup) and parent.together else node.path
            opened = replace(begun, view={"open": path, "from": "end"})
            told = _stepped(form, opened, advance(form, opened, Typed(text), now), name, now)
            return _with_days(told, text, now) if node.kind is Kind.DATE else told
    return Told({}, ((name, ()),))


def _with_days(told: Told, text: str, now: datetime) -> Told:
    """The days that may be meant, all of them: a person is asked about the first."""
    said = read_day(text, now.date())
    days: tuple[Json, ...] = tuple(day.isoformat() for day in said.options) if said else ()
    return replace(told, asked=tuple((name, days or options) for name, options in told.asked))


def told_at_review(form: Form, text: str, prefill: Mapping[str, Json], now: datetime) -> Told:
    """What a text corrects at the review of a report of the kind that it fits."""
    answers = [
        _stepped(form, complete, advance(form, complete, Typed(text), now), "", now)
        for begun in _begun(form, prefill, now)
        if (complete := _completed(form, begun, now)) is not None
    ]
    by_worth = sorted(answers, key=lambda told: (not told.taken, not told.readings, not told.asked))
    return by_worth[0] if by_worth else Told({})


def _begun(form: Form, prefill: Mapping[str, Json], now: datetime) -> Iterator[Interview]:
    """An interview for each choice on which other questions depend."""
    blank = start(form, prefill, now).interview
    state = evaluate(form, blank, now)
    pivot = next((stop for stop in form.stops if isinstance(stop, Question) and stop.kind is Kind.SELECT_ONE), None)
    if pivot is None or pivot.choices is None:
        yield blank
        return
    for at in state.allowed(pivot):
        yield start(form, {**prefill, pivot.name: pivot.choices.items[at].name}, now).interview


def _completed(form: Form, interview: Interview, now: datetime) -> Interview | None:
    """The interview with every question answered by an example."""
    step = advance(form, interview, Typed("\u200b"), now)
    for _ in range(_MOST_STEPS):
        ask = next((output for output in step.outputs if isinstance(output, Ask)), None)
        if ask is None:
            return step.interview
        answers = [option for option in ask.options if option.answers]
        answer = Pressed(answers[0].token) if answers else Typed(ask.hint if ask.kind is Kind.GROUP else "30")
        step = advance(form, step.interview, answer, now)
    return None


def _stepped(form: Form, before: Interview, step: Step, name: str, now: datetime) -> Told:
    """What a step took, or asks."""
    if any(isinstance(output, Done) for output in step.outputs):
        return Told({}, readings=(Reading("send", None, (0, 0), "send"),))
    took = [output.path for output in step.outputs if isinstance(output, Took)]
    names = {path: node.name for path in took if (node := form.by_path.get(path)) is not None}
    state = evaluate(form, step.interview, now)
    doubtful = set(unconfirmed(state))
    values = {names[path]: step.interview.answers.get(path) for path in names}
    taken = {key: value for key, value in values.items() if key not in doubtful}
    asked: list[tuple[str, tuple[Json, ...]]] = [(key, (values[key],)) for key in values if key in doubtful]
    if not values:
        asked += _asked(form, before, step, name)
    return Told(taken, tuple(asked))


def _asked(form: Form, before: Interview, step: Step, name: str) -> Iterator[tuple[str, tuple[Json, ...]]]:
    near, total = step.interview.view.get("near"), step.interview.view.get("total")
    ask = next((output for output in step.outputs if isinstance(output, Ask)), None)
    node = form.by_path.get(ask.path) if ask else None
    if isinstance(total, dict):
        yield from ((form.by_path[path].name, (value,)) for path, value in total.items() if path in form.by_path)
    if isinstance(node, QuestionGroup):
        yield from ((member.name, ()) for member in node.members)
    elif node is not None and (name or step.interview.view != before.view):
        yield name or node.name, (near,) if near is not None else ()
    elif name and any(isinstance(output, Reject) for output in step.outputs):
        yield name, ()


def _plain(form: Form, name: str, value: Json) -> Json:
    """Further lines with the names of the first one's questions."""
    repeat = next((stop for stop in form.extras if isinstance(stop, Repeat) and stop.name == name), None)
    if repeat is None or not isinstance(value, list):
        return value
    prefix = f"{name.partition('_')[0]}_"
    return [{key.removeprefix(prefix): said for key, said in line.items()} for line in value if isinstance(line, dict)]


def _open(form: Form, state: State) -> Sequence[str]:
    """The questions that have to be answered and are not, in their order."""
    questions = [stop for stop in form.stops if isinstance(stop, Question)]
    questions += [member for stop in form.stops if isinstance(stop, QuestionGroup) for member in stop.members]
    return [
        question.name
        for question in form.questions
        if question in questions
        and state.is_relevant(question)
        and state.is_required(question)
        and question.path not in state.interview.answers
        and not state.slots[question.slot]
    ]


def told(form: Form, text: str, prefill: Mapping[str, Json], now: datetime) -> Told:
    """What a text says as a report in one line."""
    return told_of_line(form, prefill_from(form, text, prefill, now), prefill, now)
