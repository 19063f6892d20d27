"""What a reorganisation does to units, and how long people may still finish what they did in a unit that ended."""

from datetime import date, timedelta
from enum import StrEnum

FINISHED_WITHIN = timedelta(weeks=4)
"""Reminders of a week end so long after it: what nobody has reported by then nobody waits for."""


class ChangeKind(StrEnum):
    """What became of a unit on a day.

    A merged, renamed or moved unit has one successor, a split one has several. A unit that is renamed or moved and
    keeps its code is its own successor.
    """

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"


def is_over(last_day: date | None, today: date) -> bool:
    """Whether a unit with this last day is no more."""
    return last_day is not None and last_day < today


def may_finish(last_day: date, today: date) -> bool:
    """Whether people may still report and correct what took place in a unit up to its last day."""
    return today <= last_day + FINISHED_WITHIN
