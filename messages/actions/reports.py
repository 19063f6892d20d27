"""What is done with reports: begun, looked at, changed, reviewed."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period

ALL = "all"
"""Not this week's reports only."""


@dataclass(frozen=True, slots=True)
class NewReport(Action):
    """A new report of a unit; it takes over the answers of the interview `instead_of`, which it ends."""

    NAME = "report"
    unit: str | None = None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Again(Action):
    """A new report of the same kind as the last one."""

    NAME = "again"


@dataclass(frozen=True, slots=True)
class Nil(OfUnit):
    """Nothing took place in a neighbourhood in a week; without a unit in this week, in the person's own."""

    NAME = "nil"
    unit: str | None = None
    week: Period | None = None


@dataclass(frozen=True, slots=True)
class Mine(Action):
    """The person's own reports: this week's, or `ALL` of them, a page at a time."""

    NAME = "mine"
    which: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class UnitReports(OfUnit):
    """What came in from a unit and the units in it in a period, a page at a time."""

    NAME = "reports"
    unit: str | None = None
    period: Period | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class View(Action):
    """A report is shown; the way back leads to the list of the unit `listed`, at `page`, if it was found there."""

    NAME = "view"
    report: int = 0
    listed: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Correct(Action):
    """A report's answers once more, to be changed."""

    NAME = "correct"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """A report counts no longer; asked about first."""

    NAME = "withdraw"
    report: int = 0
    seen: int = 0
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """Those above have looked at a report, and it is right."""

    NAME = "approve"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Return(Action):
    """A report goes back to whoever can correct it; asked about first, which names the reason."""

    NAME = "return"
    report: int = 0
    seen: int = 0
    reason: str = ""
