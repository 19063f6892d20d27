"""A time of day: `14:30`, "2 giờ chiều"."""

from datetime import time

from interview.forms.form import Question
from interview.kinds.protocol import QuestionKind
from interview.reading.times import read_time
from interview.reading.unreadable import Unreadable
from interview.steps import Json
from interview.walking.state import State
from interview.walking.walk import Spot


class TimeKind(QuestionKind):
    """Stored as "14:30"."""

    controls = frozenset({("input", "time")})
    is_written = True

    def read(self, state: State, spot: Spot, text: str) -> str | Unreadable:
        clock = read_time(text)
        return clock if isinstance(clock, Unreadable) else f"{clock:%H:%M}"

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        try:
            return f"{time.fromisoformat(value):%H:%M}" if isinstance(value, str) else None
        except ValueError:
            return None

    def example(self, state: State, question: Question, entry: int) -> str:
        return "14:30"
