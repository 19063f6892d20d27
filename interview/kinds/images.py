"""Photos: sent one after another, until the limit or "that is all"."""

from collections.abc import Sequence

from interview.forms.form import Question
from interview.forms.look import at_most
from interview.kinds.protocol import Control, GoesOn, Offered, Pressing, QuestionKind, SureRead
from interview.limits import MAX_PHOTOS
from interview.reading.unreadable import Unreadable
from interview.steps import Json, Media, Point, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at


class ImageKind(QuestionKind):
    """Stored as the list of the photos' references."""

    controls = frozenset({("upload", "image")})
    words = (WalkCommand.FINISH,)
    needs = "photo_needed"

    def bounds(self, control: Control, numbers: Sequence[float]) -> tuple[int, int]:
        return super().bounds(control, numbers)[0], at_most(control.look, MAX_PHOTOS)

    def read(self, state: State, spot: Spot, text: str) -> Unreadable:
        return Unreadable(self.needs)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        refs = [ref for ref in value if isinstance(ref, str) and ref] if isinstance(value, list) else []
        return [*refs] if 0 < len(refs) <= spot.question.highest else None

    def shown(self, state: State, question: Question, value: Json) -> str:
        return f"📷 {len(value) if isinstance(value, list) else 0}"

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        return Offered((command_option(WalkCommand.FINISH),) if answer_at(stepping.state, spot.path) else ())

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        if token != WalkCommand.FINISH:
            return Unreadable("stale_option")
        return GoesOn() if answer_at(stepping.state, spot.path) else Unreadable(self.needs)

    def wants(self, thing: Media | Point) -> int:
        return 2 if isinstance(thing, Media) and thing.is_image else 0

    def received(self, state: State, spot: Spot, thing: Media | Point) -> SureRead:
        held = answer_at(state, spot.path)
        photos = held if isinstance(held, list) else []
        if not isinstance(thing, Media) or thing.ref in photos:
            return photos
        most = spot.question.highest
        return [*photos, thing.ref] if len(photos) < most else Unreadable("too_many_photos", {"limit": most})

    def wants_more(self, question: Question, value: Json) -> bool:
        return isinstance(value, list) and len(value) < question.highest
