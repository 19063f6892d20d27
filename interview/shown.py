"""Numbers, days and names as people read them."""

from datetime import date

from interview.forms.form import Question
from interview.walking.state import State

_CLIPPED = 60
"""Characters of an answer that a rejection repeats."""


def number(value: float, language: str) -> str:
    """1.200 in Vietnamese, 1,200 in English."""
    text = f"{value:,}"
    return text if language == "en" else text.translate({ord(","): ".", ord("."): ","})


def day(value: date) -> str:
    """A day as forms in Vietnam write it: 15/11/2026."""
    return f"{value:%d/%m/%Y}"


def clipped(text: str) -> str:
    """What the person wrote, short enough to be said back."""
    return text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…"


def called(state: State, question: Question, entry: int = 0) -> str:
    """What the question is called beside its answer: its short name in this language, or else the question itself."""
    return question.called.say(state.interview.language, state.slots, entry)
