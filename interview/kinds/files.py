"""A file of any type; a photo will do where no question asks for photos."""

from interview.forms.form import Question
from interview.kinds.protocol import QuestionKind, SureRead
from interview.reading.unreadable import Unreadable
from interview.steps import Json, Media, Point
from interview.walking.state import State
from interview.walking.walk import Spot


class FileKind(QuestionKind):
    """Stored as [reference, name]; the reference alone is sent."""

    controls = frozenset({("upload", "file")})
    needs = "file_needed"

    def read(self, state: State, spot: Spot, text: str) -> Unreadable:
        return Unreadable(self.needs)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        return [value, ""] if isinstance(value, str) and value else None

    def shown(self, state: State, question: Question, value: Json) -> str:
        return f"📎 {value[1]}".strip() if isinstance(value, list) else ""

    def sent(self, answer: Json) -> Json:
        return answer[0] if isinstance(answer, list) else answer

    def wants(self, thing: Media | Point) -> int:
        if isinstance(thing, Point):
            return 0
        return 1 if thing.is_image else 2

    def received(self, state: State, spot: Spot, thing: Media | Point) -> SureRead:
        return [thing.ref, thing.name] if isinstance(thing, Media) else Unreadable(self.needs)
