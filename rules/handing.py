"""What an obligation takes, how it was handed in, and whether that was in time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Takes(StrEnum):
    """What is to be handed in."""

    FORM = "form"
    FILE = "file"
    BOTH = "both"


class How(StrEnum):
    """How something was handed in."""

    SENT = "sent"
    """Through the bot: a form, with files or without."""
    SAID = "said"
    """Its unit said so."""
    PAPER = "paper"
    """The secretariat has it on paper."""


AD_HOC = "ad_hoc"
"""How the kinds of obligations begin that the secretariat asked for besides the plan's own."""


def ad_hoc_kind(row: int) -> str:
    """The kind of the obligations that come from one request of the secretariat."""
    return f"{AD_HOC}-{row}"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what was expected by the end of a period came, and how much of it in time (DHIS2's two rates).

    Completeness is what was handed in out of what was expected; timeliness what was handed in by its last day out of
    what was expected. What is not due yet is not expected yet.
    """

    expected: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.on_time - self.late

    def __add__(self, other: "Completeness") -> "Completeness":
        return Completeness(self.expected + other.expected, self.on_time + other.on_time, self.late + other.late)


def completeness(days: Iterable[tuple[date, date | None]], today: date) -> Completeness:
    """Count obligations, each the last day and the day on which it was handed in, if it was.

    One is expected once its last day is over, or from the day on which it was handed in.
    """
    counted = Completeness()
    for due_on, done_on in days:
        if done_on is None:
            counted += Completeness(expected=int(today > due_on))
        else:
            counted += Completeness(1, int(done_on <= due_on), int(done_on > due_on))
    return counted
