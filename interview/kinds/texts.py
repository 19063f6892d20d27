"""Words: whatever is written is the answer."""

from interview.kinds.protocol import QuestionKind
from interview.limits import MAX_TEXT
from interview.reading.text import clean
from interview.steps import Json
from interview.walking.state import State
from interview.walking.walk import Spot


class TextKind(QuestionKind):
    """Free text of up to `MAX_TEXT` characters, stored cleaned."""

    controls = frozenset({("input", "string")})
    is_written = True

    def read(self, state: State, spot: Spot, text: str) -> str:
        return text

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        return clean(value) or None if isinstance(value, str) and len(value) <= MAX_TEXT else None
