"""Actions on reports of one event: answer whether a report is one, link, take apart, decide.

`seen` is the revision of a report where one report is concerned, that of the whole set where something is decided.
"""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit


@dataclass(frozen=True, slots=True)
class SameEvent(Action):
    """Sends the open report as one of the same event as another one, which was seen at a revision."""

    NAME = "same"
    interview: int = 0
    revision: int = -1
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class OtherEvent(Action):
    """Sends the open report as one of an event of its own."""

    NAME = "other"
    interview: int = 0
    revision: int = -1


@dataclass(frozen=True, slots=True)
class Glance(Action):
    """Shows what looks like the open report, as far as the person may see it."""

    NAME = "glance"
    interview: int = 0
    revision: int = -1


@dataclass(frozen=True, slots=True)
class Together(Action):
    """Shows all reports of the event of a report."""

    NAME = "together"
    report: int = 0


@dataclass(frozen=True, slots=True)
class Link(Action):
    """Links a report with another one of the same event; without one, lists those that it may be, a page at a time."""

    NAME = "link"
    report: int = 0
    seen: int = 0
    other: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Unlink(Action):
    """Takes a report out of its set, after asking once."""

    NAME = "unlink"
    report: int = 0
    seen: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """Lets a report of a set count, after asking for the reason."""

    NAME = "decide"
    report: int = 0
    seen: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Organised(Action):
    """Says which unit held the event of a report."""

    NAME = "organised"
    report: int = 0
    seen: int = 0
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Disputes(OfUnit):
    """Lists the events of a unit about which somebody has to decide, a page at a time."""

    NAME = "disputes"
    unit: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class InPlace(OfUnit):
    """Offers the neighbourhoods of a ward in whose place its chair may report, a page at a time."""

    NAME = "in_place"
    unit: str | None = None
    page: int = 0
