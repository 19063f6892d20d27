"""The common part of both kinds of choice: a numbered list in pages, which is read by number or label."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from interview.forms.form import Choices, Question
from interview.kinds.protocol import Looks, Near, Offered, QuestionKind
from interview.limits import PAGE_SIZE
from interview.reading.choosing import Wording, choose, read_position
from interview.reading.digits import whole_number
from interview.reading.text import plain_digits
from interview.reading.unreadable import Unreadable
from interview.steps import Json, Option, WalkCommand
from interview.walking.buttons import command_option
from interview.walking.state import State
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot

PAGES = (WalkCommand.NEXT_PAGE, WalkCommand.PREVIOUS_PAGE)


class Choosing(QuestionKind):
    """A kind with a list of choices."""

    chooses = True

    @abstractmethod
    def ticked(self, stepping: Stepping, spot: Spot) -> Collection[str]:
        """The names of the choices that are ticked now."""

    def shown(self, state: State, question: Question, value: Json) -> str:
        names = value if isinstance(value, list) else [value]
        return ", ".join(label(state, question, str(name)) for name in names)

    def example(self, state: State, question: Question, entry: int) -> str:
        choices, allowed = question.choices, state.allowed(question, entry)
        return label(state, question, choices.items[allowed[0]].name) if choices and allowed else ""

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        choices, offered = spot.question.choices, ordered(stepping.state, spot)
        if choices is None:
            return Offered()
        pages = max(1, -(-len(offered) // PAGE_SIZE))
        page = _page_number(stepping.view.get("page"), pages)
        unticked, ticked = _choice_options(choices, stepping.state.interview.language), self.ticked(stepping, spot)
        options = [
            replace(unticked[at], chosen=True) if choices.items[at].name in ticked else unticked[at]
            for at in offered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        ]
        if page > 1:
            options.append(command_option(WalkCommand.PREVIOUS_PAGE))
        if page < pages:
            options.append(command_option(WalkCommand.NEXT_PAGE))
        return Offered(tuple(options), (page, pages) if pages > 1 else None)


def ordered(state: State, spot: Spot) -> Sequence[int]:
    """The positions of the open choices as they are numbered: what this person picks most comes first."""
    choices, allowed = spot.question.choices, state.allowed(spot.question, spot.entry)
    preferred = state.interview.preferred.get(spot.question.name)
    if choices is None or not preferred:
        return allowed
    rank = {choices.by_name.get(name): at for at, name in enumerate(preferred)}
    return sorted(allowed, key=lambda at: rank.get(at, len(rank)))


def wordings(state: State, spot: Spot) -> tuple[Wording, ...]:
    """How the open choices may be called, in the order they are numbered in."""
    choices = spot.question.choices
    if choices is None:
        return ()
    return tuple(choices.wordings[at] for at in ordered(state, spot))


def label(state: State, question: Question, name: str) -> str:
    """A choice's label in this interview's language."""
    return question.choices.label(name, state.interview.language) if question.choices else name


def read_choice(state: State, spot: Spot, text: str) -> str | Unreadable | Near:
    """The name of the one choice that a text says."""
    called = wordings(state, spot)
    chosen = choose(text, called)
    if chosen.exact is not None:
        return chosen.exact
    if chosen.near is not None:
        return Near(chosen.near, label(state, spot.question, chosen.near))
    if chosen.several:
        labels = "; ".join(label(state, spot.question, name) for name in chosen.several[:5])
        return Unreadable("ambiguous_choice", {"choices": labels})
    number = read_position(text, 9_999)
    if number is not None or plain_digits(text) == "0":
        return Unreadable("choice_number", {"number": number or 0, "count": len(called)})
    return Unreadable("not_a_choice")


def allowed_names(state: State, spot: Spot) -> set[str]:
    """The names of the choices that are open now."""
    choices = spot.question.choices
    return {choices.items[at].name for at in state.allowed(spot.question, spot.entry)} if choices else set()


def pressed_name(state: State, spot: Spot, token: str) -> str | None:
    """The name of the choice that a token names, if it is open now."""
    choices, at = spot.question.choices, whole_number(token.removeprefix("c"))
    if choices is None or at is None or at not in state.allowed(spot.question, spot.entry):
        return None
    return choices.items[at].name


def turned_page(stepping: Stepping, token: str) -> Looks | None:
    """The view after a press on a page button; the ticks are kept."""
    if token not in PAGES:
        return None
    page = int(str(stepping.view.get("page", 1))) + (1 if token == WalkCommand.NEXT_PAGE else -1)
    kept = {"draft": stepping.view["draft"]} if "draft" in stepping.view else {}
    return Looks({"page": max(1, page), **kept})


def _page_number(page: Json, pages: int) -> int:
    return min(max(page, 1), pages) if isinstance(page, int) else 1


@lru_cache(maxsize=256)
def _choice_options(choices: Choices, language: str) -> tuple[Option, ...]:
    """The buttons of all choices of a list, made once for everybody."""
    return tuple(
        Option(f"c{at}", label=choices.label(choice.name, language), answers=True)
        for at, choice in enumerate(choices.items)
    )
