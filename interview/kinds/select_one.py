"""One choice of a list, by a press, by its number, or by its label or nearly so."""

from collections.abc import Collection, Sequence

from interview.forms.form import Choices
from interview.kinds.choices import PAGES, Choosing, allowed_names, pressed_name, read_choice, turned_page, wordings
from interview.kinds.protocol import Answered, Pressing, Read, default_value
from interview.lines.phrases import WrittenLine
from interview.reading.writing import Span
from interview.steps import Json
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at


class SelectOneKind(Choosing):
    """Stored as the choice's name."""

    controls = frozenset({("select1", "")})
    words = PAGES

    def speaks(self, choices: Choices | None) -> bool:
        return choices is not None and (choices.filter is not None or len(choices.items) == 1)

    def read(self, state: State, spot: Spot, text: str) -> Read:
        return read_choice(state, spot, text)

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        return value if isinstance(value, str) and value in allowed_names(state, spot) else None

    def ticked(self, stepping: Stepping, spot: Spot) -> Collection[str]:
        return [str(answer_at(stepping.state, spot.path) or default_value(stepping, spot))]

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        name = pressed_name(stepping.state, spot, token)
        if name is not None:
            return Answered(name)
        return turned_page(stepping, token) or super().pressed(stepping, spot, token)

    def said_in(self, state: State, spot: Spot, line: WrittenLine) -> Sequence[tuple[Span, str]]:
        said = line.mentions(wordings(state, spot))
        if "counted" in spot.question.look:
            said = {span: name for span, name in said.items() if not line.is_about(span)}
        return [(span, said[span]) for span in line.best_first(state.form, spot.question, said)]
