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


class Standing(StrEnum):
    """How an obligation stands on a day."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    """Handed in after its last day."""
    OVERDUE = "overdue"
    """Not handed in, and its last day is over."""


def standing(due_on: date, done_on: date | None, today: date) -> Standing:
    """How an obligation by a last day stands, handed in on a day or not."""
    if done_on is None:
        return Standing.OVERDUE if today > due_on else Standing.OPEN
    return Standing.LATE if done_on > due_on else Standing.DONE


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

    @property
    def complete_percent(self) -> int | None:
        """What was handed in out of what was expected, in whole per cent; never 100 while something is missing."""
        return self._percent(self.on_time + self.late)

    @property
    def timely_percent(self) -> int | None:
        """The same of what was handed in by its last day."""
        return self._percent(self.on_time)

    def _percent(self, part: int) -> int | None:
        return 100 * part // self.expected if self.expected else None

    def __add__(self, other: "Completeness") -> "Completeness":
        return Completeness(self.expected + other.expected, self.on_time + other.on_time, self.late + other.late)


def completeness(days: Iterable[tuple[date, date | None]], today: date) -> Completeness:
    """Count obligations, each the last day and the day on which it was handed in, if it was.

    One is expected once its last day is over, or from the day on which it was handed in.
    """
    counted = Completeness()
    for due_on, done_on in days:
        how = standing(due_on, done_on, today)
        if how is not Standing.OPEN:
            counted += Completeness(1, int(how is Standing.DONE), int(how is Standing.LATE))
    return counted
