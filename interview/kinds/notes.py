"""A note: told in passing, never asked, so that nothing is read for it."""

from interview.kinds.protocol import QuestionKind
from interview.reading.unreadable import Unreadable
from interview.steps import Json
from interview.walking.state import State
from interview.walking.walk import Spot


class NoteKind(QuestionKind):
    """A note has no answer."""

    controls = frozenset({("input", "note")})

    def read(self, state: State, spot: Spot, text: str) -> Unreadable:
        return Unreadable("option_needed")

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        return None
