"""The one protocol by which the rest of the interview deals with a kind of question.

The form's compiler asks a kind how an XForm writes it, the walk asks what it offers and what it makes of a text, a
press, a photo or a place, and everybody asks how its answers are shown. The defaults are what most kinds share.
A kind never looks at whether the question is open or relevant, or at its constraint: the walk does that.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol, TypeAlias

from interview.forms.form import Choices, Question
from interview.limits import MAX_NUMBER
from interview.lines.phrases import WrittenLine
from interview.reading.unreadable import Unreadable
from interview.reading.writing import Span
from interview.shown import called, number
from interview.steps import Json, Media, Option, Point, Typed, WalkCommand
from interview.walking.buttons import DEFAULT_TOKEN
from interview.walking.state import State, default_text
from interview.walking.stepping import Stepping
from interview.walking.walk import Spot, answer_at


@dataclass(frozen=True, slots=True)
class Near:
    """A value that was probably meant, to be confirmed: its name, and how it is called."""

    name: str
    label: str
    code: str = "did_you_mean"


class Answered(NamedTuple):
    """A press that gives this answer."""

    value: Json


@dataclass(frozen=True, slots=True)
class Looks:
    """A press after which the question is seen differently: another page, a tick, a day to be written."""

    view: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """A press that says that the answer is complete as it stands."""


class Offered(NamedTuple):
    """The buttons of a question, and which page of how many they are."""

    options: tuple[Option, ...] = ()
    page: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A question as an XForm writes it: its element with the attributes, its type, the words of its appearance."""

    tag: str
    type: str
    """The type of the data; "note" for a note, "image" or "file" for an upload, empty for a select."""
    look: Sequence[str]
    attributes: Mapping[str, str]
    has_items: bool
    """Whether it lists things to choose."""


SureRead: TypeAlias = "Json | Unreadable"
Read: TypeAlias = "Json | Unreadable | Near"
Pressing: TypeAlias = Answered | Typed | Looks | GoesOn | WalkCommand | Unreadable
"""What a press does. `Typed` acts as if that text had been written, a `WalkCommand` as if it had been pressed."""


class QuestionKind(Protocol):
    """One kind of question; its objects hold no data."""

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
    """The code of the rejection if somebody sends something of another sort."""
    unread: ClassVar[str] = "not_a_choice"
    """The code of the rejection of a near miss where the bot cannot ask about it."""

    def bounds(self, control: Control, numbers: Sequence[float]) -> tuple[int, int]:
        """The smallest and the largest number taken (`numbers` are the constraint's); for photos, how many."""
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
        """A known value as this kind stores it; `None` if it is no value of this kind."""

    def shown(self, state: State, question: Question, value: Json) -> str:
        """An answer as people read it."""
        if isinstance(value, int | float):
            return number(value, state.interview.language)
        return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)

    def example(self, state: State, question: Question, entry: int) -> str:
        """A right answer."""
        return called(state, question, entry)

    def sent(self, answer: Json) -> Json:
        """The answer as it stands among the values that are sent."""
        return answer

    def meant(self, name: str) -> Json:
        """The value of a near miss that the person confirmed."""
        return name

    def options(self, stepping: Stepping, spot: Spot) -> Offered:
        """The buttons of a question: the default, if it has one."""
        text = default_value(stepping, spot)
        return Offered((Option(DEFAULT_TOKEN, label=text),) if text else ())

    def pressed(self, stepping: Stepping, spot: Spot, token: str) -> Pressing:
        """What a press on one of the `options` does."""
        text = default_value(stepping, spot) if token == DEFAULT_TOKEN else ""
        return Typed(text) if text else Unreadable("stale_option")

    def wants(self, thing: Media | Point) -> int:
        """How well a photo, a file or a place answers it: 0 not at all, 1 if need be, 2 exactly."""
        return 0

    def received(self, state: State, spot: Spot, thing: Media | Point) -> SureRead:
        """The answer after this thing is added to the answer so far."""
        return Unreadable(self.needs)

    def wants_more(self, question: Question, value: Json) -> bool:
        """Whether more may be added before the walk goes on."""
        return False

    def said_in(self, state: State, spot: Spot, line: WrittenLine) -> Sequence[tuple[Span, str]]:
        """All values that a line of free words gives to it, with their stretches, the best first."""
        return ()


def default_value(stepping: Stepping, spot: Spot) -> str:
    """The default that is offered for a question that has no answer yet, as text."""
    if answer_at(stepping.state, spot.path) is not None:
        return ""
    return default_text(spot.question.default, stepping.state, spot.entry)
