"""Readings of a text, each with its surety: the values between understanding a text and acting on it.

A reader looks at a text and returns its reading. It writes nothing: only the chosen reading acts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cached_property
from typing import TypeAlias, TypeVar

from handlers.beginnings import Beginning, beginning_of
from handlers.context import Replies, Turn
from handlers.reports import interviewing, reporting
from handlers.tables import BY_SLASH
from interview import OneLine, Standing
from interview.steps import Step, Typed
from storage.conversation.turns import OpenInterview


class Surety(IntEnum):
    """A reader's surety of its reading."""

    NOT = 0
    """The reader makes nothing of the text."""
    LIKELY = 1
    """The reading counts only if no other reader is sure: the person is asked what they mean."""
    SURE = 2


class Meaning(Enum):
    """The meanings that a text can have."""

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
    """A reader's result for a text; `act` does what the text asks for, and returns what to say."""

    meaning: Meaning
    surety: Surety
    act: Callable[[], Replies]


NO_READING = Reading(Meaning.NOTHING, Surety.NOT, list)
"""The reading of a reader that makes nothing of a text."""


def sure(meaning: Meaning, act: Callable[[], Replies]) -> Reading:
    """Make a reading that needs no question."""
    return Reading(meaning, Surety.SURE, act)


def likely(meaning: Meaning, act: Callable[[], Replies]) -> Reading:
    """Make a reading that asks back."""
    return Reading(meaning, Surety.LIKELY, act)


@dataclass(frozen=True)
class Said:
    """A text and the turn in which it was written."""

    turn: Turn
    text: str

    @cached_property
    def beginning(self) -> Beginning:
        """Read how a message like "báo cáo hôm qua nữ 30" begins: with a command that takes the text after it."""
        return beginning_of(self.text)

    @cached_property
    def line(self) -> OneLine:
        """The text as a line of a report."""
        return reporting.read_line(self.turn, self.text)


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
    """A text while a report is open. The interview is read once and takes one step, however many readers ask."""

    opened: OpenInterview

    @cached_property
    def standing(self) -> Standing:
        """The state of the open report."""
        return interviewing.look(self.turn, self.opened)

    @cached_property
    def step(self) -> Step:
        """The step that the text makes as an answer."""
        return self.standing.take(Typed(self.text))

    @cached_property
    def is_blank(self) -> bool:
        """Whether the report has no answer yet, but photos that came first."""
        return self.opened.corrects is None and self.standing.has_only_media


_S = TypeVar("_S", bound=Said)
Reader: TypeAlias = Callable[[_S], Reading]


def choose(said: _S, readers: Iterable[Reader[_S]]) -> Reading:
    """Choose the first sure reading, after which no reader is asked; if there is none, the first likely one."""
    likeliest = NO_READING
    for reader in readers:
        reading = reader(said)
        if reading.surety is Surety.SURE:
            return reading
        if reading.surety > likeliest.surety:
            likeliest = reading
    return likeliest
