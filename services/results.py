"""What use cases answer: what was done, or why it was not, and whom to tell. Values; words are made elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records.submissions import Report


class Refusal(StrEnum):
    """Why nothing was done."""

    UNKNOWN = "unknown"
    """It is not there, or not for this person."""
    LEFT = "left"
    """The person holds no role in its unit any more."""
    MOVED_ON = "moved_on"
    """It is not as it was when the person saw it."""
    OVERTAKEN = "overtaken"
    """A correction came too late: others answers stand, or it is not this person's to change."""
    NOBODY_THERE = "nobody_there"
    """Nobody could correct what would be returned."""
    NOT_THEIRS = "not_theirs"
    """The person may see it, but it is not theirs to change."""
    FULL = "full"
    """There is room for no more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done; `report` is what the report is now, if it was about one that the person may see."""

    why: Refusal
    report: Report | None = None


class News(StrEnum):
    """What somebody is told who did not ask."""

    CORRECTION_OVERTAKEN = "correction_overtaken"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell what about a report; `interview` is their own correction of it, `reason` why it was returned."""

    person_id: int
    news: News
    report: Report
    interview: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A report as it is now, after what was done to it."""

    report: Report
    notices: tuple[Notice, ...] = ()
