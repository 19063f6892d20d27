"""A number with or without decimals: `1,5` and `1.5` alike."""

from interview.forms.form import Question
from interview.kinds.protocol import QuestionKind
from interview.reading.numbers import read_decimal
from interview.reading.unreadable import Unreadable
from interview.steps import Json
from interview.walking.state import State
from interview.walking.walk import Spot


class DecimalKind(QuestionKind):
    """Stored as a float, whole numbers too."""

    controls = frozenset({("input", "decimal")})
    is_written = True
    is_number = True

    def read(self, state: State, spot: Spot, text: str) -> float | Unreadable:
        number = read_decimal(text, spot.question.highest, spot.question.lowest)
        return number if isinstance(number, Unreadable) else float(number)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if spot.question.lowest <= value <= spot.question.highest else None

    def example(self, state: State, question: Question, entry: int) -> str:
        return "2.5" if state.interview.language == "en" else "2,5"
