"""Answers and examples as people read them."""

from datetime import date

from interview.forms.form import Question
from interview.steps import Json, Kind
from interview.walking.state import State

_CLIPPED = 60
"""Characters of an answer that a rejection repeats."""

_EXAMPLES = {Kind.INTEGER: "30", Kind.TIME: "14:30", Kind.GEOPOINT: "10.8387, 106.6653"}


def shown(state: State, question: Question, value: Json) -> str:
    """An answer in the form's words: labels of choices, days as 15/11/2026, thousands apart."""
    if value is None:
        return "–"
    if question.choices is not None:
        names = value if isinstance(value, list) else [value]
        return ", ".join(question.choices.label(str(name), state.interview.language) for name in names)
    if isinstance(value, int | float):
        return number(value, state.interview.language)
    if isinstance(value, list):
        return _list(question.kind, value)
    return day(date.fromisoformat(str(value))) if question.kind is Kind.DATE else str(value)


def _list(kind: Kind, value: list[Json]) -> str:
    if kind is Kind.IMAGE:
        return f"📷 {len(value)}"
    if kind is Kind.FILE:
        return f"📎 {value[1]}".strip()
    return ", ".join(str(part) for part in value)


def number(value: float, language: str) -> str:
    """1.200 in Vietnamese, 1,200 in English."""
    text = f"{value:,}"
    return text if language == "en" else text.translate({ord(","): ".", ord("."): ","})


def day(value: date) -> str:
    """As forms in Vietnam write it."""
    return f"{value:%d/%m/%Y}"


def clipped(text: str) -> str:
    """What the person wrote, short enough to be said back."""
    return text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…"


def example(state: State, question: Question, entry: int = 0) -> str:
    """A right answer to this question."""
    if question.choices is not None:
        allowed = state.allowed(question, entry)
        names = [question.choices.items[at].name for at in allowed[:1]]
        return "".join(question.choices.label(name, state.interview.language) for name in names)
    if question.kind is Kind.DATE:
        return day(state.now.date())
    if question.kind is Kind.DECIMAL:
        return "2.5" if state.interview.language == "en" else "2,5"
    return _EXAMPLES.get(question.kind) or called(state, question, entry)


def called(state: State, question: Question, entry: int = 0) -> str:
    """What the question is called beside its answer: its short name in this language, or else the question itself."""
    return question.called.say(state.interview.language, state.slots, entry)
