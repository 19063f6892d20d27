"""Actions on reports: begin, list, show, change and review them."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period

ALL = "all"
"""All of a person's reports, not only this week's."""
UNIT = "unit"
"""What colleagues reported for the person's units this week."""


@dataclass(frozen=True, slots=True)
class NewReport(Action):
    """Begins a new report of a unit; it takes over the answers of the interview `instead_of`, and ends that one."""

    NAME = "report"
    unit: str | None = None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class SendAsIs(Action):
    """Sends the open report although something in it deserves a look; `awaited` is 1 where a text is the reason."""

    NAME = "asis"
    interview: int = 0
    revision: int = -1
    awaited: int = 0


@dataclass(frozen=True, slots=True)
class SayWhy(Action):
    """Asks for the reason why what deserves a look in the open report is right."""

    NAME = "why"
    interview: int = 0
    revision: int = -1


@dataclass(frozen=True, slots=True)
class Again(Action):
    """Begins a new report of the same kind as the last one."""

    NAME = "again"


@dataclass(frozen=True, slots=True)
class Mine(Action):
    """Lists the person's own reports: this week's, or `ALL` of them, or those of the `UNIT`, a page at a time."""

    NAME = "mine"
    which: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowQuality(OfUnit):
    """Shows where advice may help in a unit in a period; with a `matter` the reports that it is about, page by page."""

    NAME = "quality"
    unit: str | None = None
    period: Period | None = None
    matter: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class UnitReports(OfUnit):
    """Lists the reports of a unit and of the units in it in a period, a page at a time.

    `only` narrows them as it does figures (`services.narrowing`).
    """

    NAME = "reports"
    unit: str | None = None
    period: Period | None = None
    page: int = 0
    only: str = ""


@dataclass(frozen=True, slots=True)
class View(Action):
    """Shows a report; the way back leads to the list of the unit `listed`, at `page`, if it was opened there."""

    NAME = "view"
    report: int = 0
    listed: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Correct(Action):
    """Opens a report's answers again, so that they can be changed."""

    NAME = "correct"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Withdraws a report, after asking once; it no longer counts."""

    NAME = "withdraw"
    report: int = 0
    seen: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """Approves a report: somebody above has looked at it, and it is right."""

    NAME = "approve"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Return(Action):
    """Returns a report to the people who can correct it, after asking for the reason.

    `marked` are the questions concerned, a bit for each answer in the order of the review.
    """

    NAME = "return"
    report: int = 0
    seen: int = 0
    reason: str = ""
    marked: int = 0
