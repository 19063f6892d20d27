"""What a kind of question is to the rest of the interview: one protocol.

The form's compiler asks a kind how an XForm writes it, the walk asks what it offers and what it makes of a text, a
press, a photo or a place, and everybody asks how its answers are shown. The defaults are what most kinds share.
A kind never looks at whether the question is open or relevant, or at its constraint: that is the walk's.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

from interview.forms.form import Choices, Question
from interview.limits import MAX_NUMBER
from interview.lines.phrases import Span, WrittenLine
from interview.reading.unreadable import Unreadable
from interview.shown import called, number
from interview.steps import Json, Media, Option, Point, Typed, WalkCommand
from interview.walking.buttons import DEFAULT_TOKEN
from interview.walking.state import State, default_text
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at


@dataclass(frozen=True, slots=True)
class Near:
    """What was probably meant, to be confirmed: the value's name, and how it is called."""

    name: str
    label: str
    code: str = "did_you_mean"


@dataclass(frozen=True, slots=True)
class Answered:
    """A press that gives this answer."""

    value: Json


@dataclass(frozen=True, slots=True)
class Looks:
    """A press after which the question is seen differently: another page, a tick, a day to be written."""

    view: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A press that says that the answer which stands is all."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be pressed, and which page of how many that is."""

    options: tuple[Option, ...] = ()
    page: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A question as an XForm writes it: its element with the attributes, its type, the words of its appearance."""

    tag: str
    type: str
    """The data's type, "note" for what is only read; of an upload "image" or "file", of a select nothing."""
    look: Sequence[str]
    attributes: Mapping[str, str]
    has_items: bool
    """Whether it lists things to choose."""


Found: TypeAlias = "Json | Unreadable"
Read: TypeAlias = "Json | Unreadable | Near"
Pressing: TypeAlias = Answered | Typed | Looks | GoesOn | WalkCommand | Unreadable
"""What a press does; `Typed`: as if this had been written, a `WalkCommand`: as if that had been pressed."""


class QuestionKind(Protocol):
    """One kind; its objects hold nothing."""

    controls: ClassVar[frozenset[tuple[str, str]]]
    """The elements and types by which an XForm asks it."""
    chooses: ClassVar[bool] = False
    """Whether it has a list of choices."""
    is_written: ClassVar[bool] = False
    """Whether several of it can be answered in one written message."""
    is_number: ClassVar[bool] = False
    """Whether a number alone is an answer."""
    is_count: ClassVar[bool] = False
    """Whether several of it are told apart in one message by what they count ("nữ 30, nam 15")."""
    words: ClassVar[tuple[WalkCommand, ...]] = ()
    """Its commands that a word can say."""
    numbered: ClassVar[tuple[WalkCommand, ...]] = ()
    """Its commands that are numbered as answers where a channel has no buttons."""
    needs: ClassVar[str] = "text_needed"
    """The code for whoever sends something of quite another sort."""
    unread: ClassVar[str] = "not_a_choice"
    """The code for a near miss where nobody can be asked about it."""

    def bounds(self, control: Control, numbers: Sequence[float]) -> tuple[int, int]:
        """The smallest and the largest number taken (`numbers` stand in the constraint); of what is sent how many."""
        return int(min((0, *numbers))), int(max((MAX_NUMBER, *numbers)))

    def speaks(self, choices: Choices | None) -> bool:
        """Whether it can have a value that nobody gave: the one choice that is left."""
        return False

    def fault(self, control: Control) -> str | None:
        """What is wrong with the control, as a code of `PROBLEMS`."""
        return None

    @abstractmethod
    def read(self, state: State, spot: Spot, text: str) -> Read:
        """The value that a cleaned text of ordinary length gives."""

    @abstractmethod
    def fitting(self, state: State, spot: Spot, value: Json) -> Json:
        """A value known already, as it is stored; `None` if it is none of this kind."""

    def shown(self, state: State, question: Question, value: Json) -> str:
        """An answer as people read it."""
        if isinstance(value, int | float):
            return number(value, state.interview.language)
        return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)

    def example(self, state: State, question: Question, entry: int) -> str:
        """A right answer."""
        return called(state, question, entry)

    def sent(self, answer: Json) -> Json:
        """The answer among the values that are sent in the end."""
        return answer

    def meant(self, name: str) -> Json:
        """The value of a near miss that was meant."""
        return name

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        """What can be pressed: the default, if it has one."""
        text = default_value(stepping, spot)
        return Offered((Option(DEFAULT_TOKEN, label=text),) if text else ())

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        """What a press does that `options` offered."""
        text = default_value(stepping, spot) if token == DEFAULT_TOKEN else ""
        return Typed(text) if text else Unreadable("stale_option")

    def wants(self, thing: Media | Point) -> int:
        """How well a photo, a file or a place answers it: 0 not at all, 1 as well as another thing, 2 just that."""
        return 0

    def received(self, state: State, spot: Spot, thing: Media | Point) -> Found:
        """The answer once such a thing is added to what stands."""
        return Unreadable(self.needs)

    def wants_more(self, question: Question, value: Json) -> bool:
        """Whether more may be added before the walk goes on."""
        return False

    def said_in(self, state: State, spot: Spot, line: WrittenLine) -> Sequence[tuple[Span, str]]:
        """All that a line of somebody's own words says to it, the best first."""
        return ()


def default_value(stepping: Stepping, spot: Spot) -> str:
    """The default that is offered for a question that has no answer yet, as text."""
    if answer_at(stepping.state, spot.path) is not None:
        return ""
    return default_text(spot.question.default, stepping.state, spot.entry)
