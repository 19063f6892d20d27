"""A place on the map: sent as a position, or written in degrees."""

import re

from interview.forms.form import Question
from interview.kinds.protocol import QuestionKind, SureRead
from interview.reading.text import plain_digits
from interview.reading.unreadable import Unreadable
from interview.steps import Json, Media, Point
from interview.walking.state import State
from interview.walking.walk import Spot

_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,10})?)[,; ] ?(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)")


class GeopointKind(QuestionKind):
    """Stored as [latitude, longitude]."""

    controls = frozenset({("input", "geopoint")})
    needs = "location_needed"

    def read(self, state: State, spot: Spot, text: str) -> SureRead:
        match = _POINT.fullmatch(plain_digits(text))
        point = _valid(float(match[1]), float(match[2])) if match else None
        return Unreadable(self.needs) if point is None else point

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        match value:
            case [int() | float() as latitude, int() | float() as longitude]:
                return _valid(float(latitude), float(longitude))
        return None

    def example(self, state: State, question: Question, entry: int) -> str:
        return "10.8387, 106.6653"

    def wants(self, thing: Media | Point) -> int:
        return 2 if isinstance(thing, Point) else 0

    def received(self, state: State, spot: Spot, thing: Media | Point) -> SureRead:
        return [thing.latitude, thing.longitude] if isinstance(thing, Point) else Unreadable(self.needs)


def _valid(latitude: float, longitude: float) -> Json:
    return [latitude, longitude] if abs(latitude) <= 90 and abs(longitude) <= 180 else None
