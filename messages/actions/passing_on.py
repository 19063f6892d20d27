"""Actions on what passes between people: a role that goes to somebody else, a word to whoever is late, a lost phone."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class HandOver(Action):
    """Asks to whom a role goes, a page at a time; without a number it asks which of one's own."""

    NAME = "hand_over"
    assignment: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class HandOverTo(Action):
    """Gives a role to a person, after asking once. A role that has gone never comes back, so it needs no revision."""

    NAME = "hand_to"
    assignment: int = 0
    person: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class LeaveCode(Action):
    """Leaves a code for a successor; one that was left before ends."""

    NAME = "leave_code"
    assignment: int = 0


@dataclass(frozen=True, slots=True)
class Nudge(OfUnit):
    """Asks those who have not reported a week for it: the people of a unit and of all in it.

    `when` is `LATER` to do it in the morning.
    """

    NAME = "nudge"
    unit: str | None = None
    week: Period | None = None
    when: str = ""


LATER = "later"


@dataclass(frozen=True, slots=True)
class EndChats(Action):
    """Ends a person's chats, by one of their roles; without a number all of one's own but the one in use.

    A chat that has ended stays so: whoever joins again has another, so it needs no revision.
    """

    NAME = "end_chats"
    assignment: int = 0
    sure: str = ""
