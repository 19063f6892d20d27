"""A number on a scale with a beginning, an end and a step (XLSForm `range`): "4", "4/5", or a press."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from interview.forms.form import Question
from interview.kinds.protocol import Answered, Control, Offered, Pressing, QuestionKind, SureRead, default_value
from interview.limits import MAX_DIGITS, RANGE_BUTTONS
from interview.reading.digits import whole_number
from interview.reading.numbers import read_decimal, read_number
from interview.reading.text import plain_digits
from interview.reading.unreadable import Unreadable
from interview.shown import number
from interview.steps import Json, Option
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at

_DEFAULTS = {"start": "1", "end": "10", "step": "1"}
_FARTHEST = 10**MAX_DIGITS
_OUT_OF = re.compile(r"(?P<said>.+?) ?(?:/|trên|tren|out of) ?(?P<end>[0-9.,]+)", re.IGNORECASE)
"""Of how many: "4/5", "4 trên 5"."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values from `start` to `end`, which may be the smaller one, each `step` from the next."""

    start: Decimal
    end: Decimal
    step: Decimal

    def __len__(self) -> int:
        return int(abs(self.end - self.start) // self.step) + 1

    def __getitem__(self, at: int) -> int | float:
        """The value at a place, counted from the start."""
        return self.stored(self.start + at * self.step * (1 if self.end >= self.start else -1))

    def values(self) -> Iterator[int | float]:
        """All its values, from the start."""
        return (self[at] for at in range(len(self)))

    @property
    def is_whole(self) -> bool:
        """Whether all its values are whole numbers."""
        return self.start % 1 == 0 and self.step % 1 == 0

    @property
    def is_short(self) -> bool:
        """Whether there is room for buttons for all values."""
        return len(self) <= RANGE_BUTTONS

    def stored(self, value: Decimal) -> int | float:
        """A value as it is stored: whole on a scale of whole numbers, else a float."""
        return int(value) if self.is_whole else float(value)

    def fault(self, value: Decimal) -> str:
        """Why a value is not on the scale, as a code; empty if it is."""
        if not min(self.start, self.end) <= value <= max(self.start, self.end):
            return "not_in_range"
        return "between_steps" if (value - self.start) % self.step else ""


class RangeKind(QuestionKind):
    """Stored as a number; a short scale has buttons for all its values."""

    controls = frozenset({("range", "int"), ("range", "integer"), ("range", "decimal")})
    is_written = True
    is_number = True

    def fault(self, control: Control) -> str | None:
        if control.has_items:
            return "range_labels"
        return "range_invalid" if _scale(*_ends(control.attributes)) is None else None

    def read(self, state: State, spot: Spot, text: str) -> SureRead:
        scale, said = scale_of(spot.question), plain_digits(text)
        out_of = _OUT_OF.fullmatch(said)
        if out_of and read_decimal(out_of["end"]) == scale.end:
            said = out_of["said"]
        given = (read_number if scale.is_whole else read_decimal)(said, _FARTHEST, -_FARTHEST)
        if isinstance(given, Unreadable):
            return _wrong("not_in_range", scale, state) if given.code == "too_large" else given
        value = Decimal(str(given))
        code = scale.fault(value)
        return _wrong(code, scale, state) if code else scale.stored(value)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _FARTHEST:
            return None
        scale, exact = scale_of(spot.question), Decimal(str(value))
        return None if scale.fault(exact) else scale.stored(exact)

    def example(self, state: State, question: Question, entry: int) -> str:
        scale = scale_of(question)
        return number(scale[len(scale) // 2], state.interview.language)

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        scale, language = scale_of(spot.question), stepping.state.interview.language
        if not scale.is_short:
            return super().options(stepping, spot)
        stands = _standing(stepping, spot)
        return Offered(tuple(_button(at, value, language, value == stands) for at, value in enumerate(scale.values())))

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        scale, at = scale_of(spot.question), whole_number(token.removeprefix("v"))
        if token.startswith("v") and at is not None and scale.is_short and at < len(scale):
            return Answered(scale[at])
        return super().pressed(stepping, spot, token)


def scale_of(question: Question) -> Scale:
    """The scale of a question that was checked when its form was loaded."""
    scale = _scale(*_ends(question.attributes))
    if scale is None:
        raise ValueError(f"'{question.name}' has no scale")
    return scale


def _button(at: int, value: float, language: str, chosen: bool) -> Option:
    return Option(f"v{at}", label=number(value, language), answers=True, chosen=chosen, typed=True)


def _ends(attributes: Mapping[str, str]) -> tuple[str, str, str]:
    start, end, step = (attributes.get(name) or default for name, default in _DEFAULTS.items())
    return start, end, step


@lru_cache(maxsize=256)
def _scale(*said: str) -> Scale | None:
    """The scale, if there is one: numbers that a float can hold, and steps that lead from one end to the other."""
    try:
        start, end, step = map(Decimal, said)
    except InvalidOperation:
        return None
    if not all(part.is_finite() and abs(part) < _FARTHEST for part in (start, end, step)):
        return None
    return Scale(start, end, step) if 0 < step <= abs(end - start) < step * _FARTHEST else None


def _standing(stepping: Stepping, spot: Spot) -> Json:
    """The answer or the default, as a value of the scale."""
    value = answer_at(stepping.state, spot.path)
    if value is not None or not (text := default_value(stepping, spot)):
        return value
    given = read_decimal(text, _FARTHEST, -_FARTHEST)
    return None if isinstance(given, Unreadable) else given


def _wrong(code: str, scale: Scale, state: State) -> Unreadable:
    language = state.interview.language
    ends = sorted((scale.stored(scale.start), scale.stored(scale.end)))
    lowest, highest = (number(end, language) for end in ends)
    return Unreadable(code, {"lowest": lowest, "highest": highest, "step": number(scale.stored(scale.step), language)})
