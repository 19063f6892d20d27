"""What deserves advice about a report: it came late, was returned, was sent with a warning, and so on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.timeliness import timely_until


class Matter(StrEnum):
    """A thing that advice may help with."""

    LATE = "late"
    RETURNED = "returned"
    WARNED = "warned"
    DISPUTED = "disputed"
    UNSORTED = "unsorted"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a report: since when it lay in which week, and what happened to it."""

    week: str
    since: datetime
    returned: bool
    warned: bool
    disputed: bool
    unsorted: bool


def matters_of(marks: Marks) -> frozenset[Matter]:
    """What a report is counted under; mostly nothing."""
    found = {
        Matter.LATE: marks.since >= timely_until(marks.week),
        Matter.RETURNED: marks.returned,
        Matter.WARNED: marks.warned,
        Matter.DISPUTED: marks.disputed,
        Matter.UNSORTED: marks.unsorted,
    }
    return frozenset(matter for matter, is_so in found.items() if is_so)
