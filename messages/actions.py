"""What pressing a button does, as typed values: their ids are written and read here.

Whatever changes a record says at which revision of it the button was made (`seen`, from 1 on): the figures that were
read are then the ones that are accepted. An id that says none, as one from before there were revisions, or one that
somebody made up, reads as 0: no record is ever at that, so it changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar, Self

YES = "yes"
"""What was asked about is confirmed."""
ADD, REMOVE = "add", "remove"
FIRST_CONSENT = "2026-11"
"""The text that buttons without a version were shown under."""
_LONGEST_NUMBER = 18
"""Digits; what has more fits no database."""


def number(text: str) -> int:
    """A number in an id; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


@dataclass(frozen=True, slots=True)
class Action:
    """A name, then the fields in their order, as "approve:12:3"; what is left out at the end has its default."""

    NAME: ClassVar[str]

    def __str__(self) -> str:
        values = [(getattr(self, each.name), each.default) for each in fields(self)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        return ":".join([self.NAME, *(str(value) for value, _ in values)])

    @classmethod
    def read(cls, arguments: Sequence[str]) -> Self:
        """What stands behind the name in an id; any text reads as something."""
        given = zip(fields(cls), arguments, strict=False)
        return cls(**{each.name: number(text) if each.type is int else text for each, text in given})


@dataclass(frozen=True, slots=True)
class Correct(Action):
    """A report's answers once more, to be changed."""

    NAME = "correct"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """A report counts no longer; asked about first."""

    NAME = "withdraw"
    report: int = 0
    seen: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """Those above have looked at a report, and it is right."""

    NAME = "approve"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Return(Action):
    """A report goes back to whoever can correct it; asked about first, which names the reason."""

    NAME = "return"
    report: int = 0
    seen: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Done(Action):
    """What was owed has been handed in."""

    NAME = "done"
    obligation: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class EndRole(Action):
    """Somebody has left; asked about first. A role that is over never begins again, so its row is its state."""

    NAME = "end_role"
    assignment: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Discard(Action):
    """A draft goes for good: with the answers that it had then."""

    NAME = "discard"
    interview: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Report(Action):
    """A new report of a unit; it takes over the answers of the interview `instead_of`, which it ends."""

    NAME = "report"
    unit: str = ""
    instead_of: int = 0


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Everything about a person goes; asked about first. Who joins anew in the same chat is another person."""

    NAME = "forget"
    person: int = 0


@dataclass(frozen=True, slots=True)
class Serve(Action):
    """A bot serves a ward from now on, or no longer: `wanted` is `ADD` or `REMOVE`."""

    NAME = "bot_ward"
    bot: str = ""
    ward: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Action):
    """The consent to a version of the text; `then` says what was promised to be told next."""

    NAME = "agree"
    then: str = ""
    version: str = FIRST_CONSENT
