"""Several choices of a list: ticked one by one until "that is all", or written together ("1, 3")."""

import re
from collections.abc import Collection

from interview.kinds.choices import PAGES, Choosing, allowed_names, pressed_name, read_choice, turned_page, wordings
from interview.kinds.protocol import Answered, Looks, Near, Offered, Pressing, Read
from interview.reading.choosing import choose, read_position
from interview.reading.unreadable import Unreadable
from interview.shown import clipped
from interview.steps import Json, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State, default_text
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at

_LIST = re.compile(r"[,;\n+&]| và | and ")


class SelectMultipleKind(Choosing):
    """Stored as the list of the choices' names."""

    controls = frozenset({("select", "")})
    words = (*PAGES, WalkCommand.FINISH)

    def read(self, state: State, spot: Spot, text: str) -> Read:
        called = wordings(state, spot)
        whole = choose(text, called)
        if whole.exact is not None:
            return [whole.exact]
        parts, names = _parts(text), []
        for part in parts[: len(called) + 1]:  # more parts than choices say something else as well
            choice = read_choice(state, spot, part)
            if isinstance(choice, Unreadable):
                return Unreadable(choice.code, {"answer": clipped(part), **choice.params})
            if isinstance(choice, Near):
                return _one_near(choice, part, alone=len(parts) == 1)
            names.append(choice)
        if len(parts) > len(called):
            return Unreadable("not_a_choice", {"answer": clipped(parts[len(called)])})
        return [wording.name for wording in called if wording.name in names]

    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        names = [str(name) for name in value] if isinstance(value, list) else []
        return [*names] if names and set(names) <= allowed_names(state, spot) else None

    def meant(self, name: str) -> Json:
        return [name]

    def ticked(self, stepping: Stepping, spot: Spot) -> Collection[str]:
        """The draft, else the answer, else the default."""
        draft = stepping.view.get("draft", answer_at(stepping.state, spot.path))
        if isinstance(draft, list):
            return [str(name) for name in draft]
        names = {wording.name for wording in wordings(stepping.state, spot)}
        default = default_text(spot.question.default, stepping.state, spot.entry)
        return [name for name in default.split() if name in names]

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        offered = super().options(stepping, spot)
        if not self.ticked(stepping, spot):
            return offered
        return Offered((*offered.options, command_option(WalkCommand.FINISH)), offered.page)

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        if (turned := turned_page(stepping, token)) is not None:
            return turned
        ticked = self.ticked(stepping, spot)
        if token == WalkCommand.FINISH:
            return Answered([*ticked]) if ticked else WalkCommand.SKIP
        name = pressed_name(stepping.state, spot, token)
        if name is None:
            return Unreadable("stale_option")
        draft: list[Json] = [*(other for other in ticked if other != name), *([name] if name not in ticked else [])]
        kept = {"page": stepping.view["page"]} if "page" in stepping.view else {}
        return Looks({"draft": draft, **kept})


def _parts(text: str) -> list[str]:
    """The parts that a text lists, without repetitions: "1 2" as well as "1, 2"."""
    words = text.split()
    if all(read_position(word, 9_999) for word in words):
        return list(dict.fromkeys(words))
    return list(dict.fromkeys(part.strip() for part in _LIST.split(text) if part.strip()))


def _one_near(near: Near, part: str, *, alone: bool) -> Near | Unreadable:
    """A near miss; one of several parts is refused, because the bot cannot ask about it by itself."""
    return near if alone else Unreadable("not_a_choice", {"answer": part, "example": near.label})
