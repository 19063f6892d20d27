"""Actions on people in a report whose sex nobody noted."""

from dataclasses import dataclass

from messages.actions.base import Action


@dataclass(frozen=True, slots=True)
class Sort(Action):
    """Opens a report where its unsorted people are noted."""

    NAME = "sort"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Unsure(Action):
    """Says that nobody knows how many of a report's people were women or men."""

    NAME = "unsure"
    report: int = 0
    seen: int = 0
