"""A whole number, as people count: "45 người", "ba mươi"."""

from interview.forms.form import Question
from interview.kinds.protocol import QuestionKind
from interview.reading.numbers import read_number
from interview.reading.unreadable import Unreadable
from interview.steps import Json
from interview.walking.state import State
from interview.walking.walk import Spot


class IntegerKind(QuestionKind):
    """Stored as a number."""

    controls = frozenset({("input", "int"), ("input", "integer")})
    is_written = True
    is_number = True
    is_count = True

    def read(self, state: State, spot: Spot, text: str) -> int | Unreadable:
        return read_number(text, spot.question.highest, spot.question.lowest)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and spot.question.lowest <= int(str(value)) <= spot.question.highest else None

    def example(self, state: State, question: Question, entry: int) -> str:
        return "30"
