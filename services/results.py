"""The results of use cases: what was done, or why it was not, and whom to tell. They are values, not words."""

from dataclasses import dataclass
from enum import StrEnum

from storage.records.change_requests import ChangeRequest
from storage.records.closed_periods import Closed
from storage.records.submissions import Report


class Refusal(StrEnum):
    """The reasons why nothing was done."""

    UNKNOWN = "unknown"
    """The record is not there, or not for this person."""
    LEFT = "left"
    """The person no longer holds a role in its unit."""
    UNIT_ENDED = "unit_ended"
    """It took place after the last day of the unit that it would be reported for."""
    MOVED_ON = "moved_on"
    """The record is not as it was when the person saw it."""
    APPROVED = "approved"
    """The report was approved: its author asks for leave to change it."""
    OVERTAKEN = "overtaken"
    """A correction came too late: other answers stand, or the person may no longer change the report."""
    NOBODY_THERE = "nobody_there"
    """Nobody could correct the report if it were returned."""
    NOT_THEIRS = "not_theirs"
    """The person may see the record, but not change it."""
    FULL = "full"
    """There is no room for another."""
    WITHDRAWN = "withdrawn"
    """The other report of the same event was withdrawn."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done. If it was about a report that the person may see, `report` is that report as it is now."""

    why: Refusal
    report: Report | None = None


class News(StrEnum):
    """The kinds of notices to people who did not ask."""

    CORRECTION_OVERTAKEN = "correction_overtaken"
    RETURNED = "returned"
    LEAVE_ASKED = "leave_asked"
    """The author asks for leave to change a report that was approved."""
    LEAVE_GRANTED = "leave_granted"
    LEAVE_DECLINED = "leave_declined"
    AMENDED = "amended"
    """The secretariat corrected or withdrew somebody's report, for a reason."""
    COUNTS_INSTEAD = "counts_instead"
    """Of the reports of one event another one counts now."""
    PARTED = "parted"
    """A correction made a report differ from the others of its event: somebody has to look."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to a person about a report; `interview` is their own correction of it, `reason` why it was returned.

    `other` is the report of the same event that counted until now, or from which the report differs; `amendment` is
    the leave that the notice is about, `by` the name of whoever caused it.
    """

    person_id: int
    news: News
    report: Report
    interview: int = 0
    reason: str = ""
    other: Report | None = None
    amendment: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A report as it is after a change; `counted` is the one of the same event that counts instead from now on.

    `before` is what a correction found: of the same revision, if there was nothing to change.
    """

    report: Report
    notices: tuple[Notice, ...] = ()
    counted: Report | None = None
    before: Report | None = None


class RequestNews(StrEnum):
    """The kinds of notices about a request in a closed period."""

    ASKED = "asked"
    ADMITTED = "admitted"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    """The reports that it is about have changed since, so it could not be admitted as it was asked for."""


@dataclass(frozen=True, slots=True)
class RequestNotice:
    """A notice to a person about a request. `interview` is their draft, if one came back to them."""

    person_id: int
    news: RequestNews
    request: ChangeRequest
    interview: int = 0


@dataclass(frozen=True, slots=True)
class Requested:
    """Nothing was changed, since the figures of `closed` are closed: `request` waits for the secretariat.

    `is_new` is false if the same was asked for before.
    """

    request: ChangeRequest
    closed: Closed
    is_new: bool
    notices: tuple[RequestNotice, ...] = ()
