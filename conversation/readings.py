"""What a text is taken for, and how surely: the values between understanding a text and acting on it.

A reader looks at a text and says what it makes of it. It writes nothing: only the reading that is chosen acts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cached_property
from typing import TypeAlias, TypeVar

from handlers.context import Replies, Turn
from handlers.reports import interviewing
from handlers.tables import BY_SLASH, action_for_word
from interview import Standing
from interview.steps import Step, Typed
from messages.actions import Action, NewReport, Summary
from storage.conversation.turns import OpenInterview

_TAKING_MORE = (NewReport(), Summary())
"""Commands after which more may be written."""
_LONGEST = 3
"""Words of a command that something may follow."""


class Surety(IntEnum):
    """How sure a reader is of its reading."""

    NOT = 0
    """This reader makes nothing of the text."""
    LIKELY = 1
    """Only if no other reader is sure: the person is asked what they mean."""
    SURE = 2


class Meaning(Enum):
    """What a text can be."""

    NOTHING = "nothing that is known"
    ANSWER = "an answer to the open question"
    MOVE = "a word that moves about in the open report"
    CHOICE = "one of what was offered last"
    ELSEWHERE = "an answer to a question that was answered in another chat"
    COMMAND = "a command"
    NAME = "the name that somebody wants to be called"
    REPORT = "a report, or the beginning of one"
    SUMMARY = "a summary that is asked for"
    CODE = "an invitation's code"
    CONSENT = "a yes to what is kept"
    ANYTHING = "whatever it is, something else comes first"
    SMALL_TALK = "small talk"
    NEAR_MISS = "nearly something on offer"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a text; `act` does what the text asks for, and returns what to say."""

    meaning: Meaning
    surety: Surety
    act: Callable[[], Replies]


NO_READING = Reading(Meaning.NOTHING, Surety.NOT, list)
"""For a reader that makes nothing of a text."""


def sure(meaning: Meaning, act: Callable[[], Replies]) -> Reading:
    """A reading that needs no question."""
    return Reading(meaning, Surety.SURE, act)


def likely(meaning: Meaning, act: Callable[[], Replies]) -> Reading:
    """A reading that asks back."""
    return Reading(meaning, Surety.LIKELY, act)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The command that a message begins with, if it begins with one, and what is written after it."""

    action: Action | None = None
    rest: str = ""


@dataclass(frozen=True)
class Said:
    """A text and the turn in which it was written."""

    turn: Turn
    text: str

    @cached_property
    def beginning(self) -> Beginning:
        """ "báo cáo hôm qua nữ 30": only of commands that take what is written after them."""
        words = self.text.split()
        for length in range(min(_LONGEST, len(words) - 1), 0, -1):
            action = action_for_word(" ".join(words[:length]))
            if action in _TAKING_MORE:
                return Beginning(action, " ".join(words[length:]))
        return Beginning()


@dataclass(frozen=True)
class SaidAfterSlash(Said):
    """ "/baocao hôm qua nữ 30": the name is a command's, or a word that moves about in a report."""

    name: str
    rest: str

    @cached_property
    def beginning(self) -> Beginning:
        return Beginning(BY_SLASH.get(self.name), self.rest)


@dataclass(frozen=True)
class SaidToQuestion(Said):
    """A text while a report is open. However many readers ask, the interview is looked at once and takes one step."""

    opened: OpenInterview

    @cached_property
    def standing(self) -> Standing:
        """Where the report stands."""
        return interviewing.look(self.turn, self.opened)

    @cached_property
    def step(self) -> Step:
        """What the text does as an answer."""
        return self.standing.take(Typed(self.text))

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing was answered yet."""
        return self.opened.corrects is None and not self.standing.known()


_S = TypeVar("_S", bound=Said)
Reader: TypeAlias = Callable[[_S], Reading]


def choose(said: _S, readers: Iterable[Reader[_S]]) -> Reading:
    """The first sure reading, behind which no reader is asked; without one, the first of the likely ones."""
    likeliest = NO_READING
    for reader in readers:
        reading = reader(said)
        if reading.surety is Surety.SURE:
            return reading
        if reading.surety > likeliest.surety:
            likeliest = reading
    return likeliest
