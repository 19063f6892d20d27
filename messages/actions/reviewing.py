"""Actions of those who review reports, and of authors whose report was approved."""

from dataclasses import dataclass

from messages.actions.base import Action

CORRECTING, WITHDRAWING = "correct", "withdraw"
"""What the secretariat does to somebody's report, with a reason."""


@dataclass(frozen=True, slots=True)
class Queue(Action):
    """Lists what waits for the person's approval, a page at a time."""

    NAME = "queue"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ApproveShown(Action):
    """Approves the reports of a page of the queue: `shown` names each with the revision that was seen."""

    NAME = "approve_shown"
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ApproveClear(Action):
    """Approves all reports without a warning that waited when the queue was shown.

    `until` is the last version that there was then, `print` tells their ids and revisions from any others.
    """

    NAME = "approve_clear"
    until: int = 0
    print: int = 0


@dataclass(frozen=True, slots=True)
class History(Action):
    """Shows what became of a report, a page at a time."""

    NAME = "history"
    report: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskLeave(Action):
    """Asks the chair for leave to change a report that was approved."""

    NAME = "ask_leave"
    report: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class GrantLeave(Action):
    """Lets the author change the report that they asked about."""

    NAME = "grant_leave"
    amendment: int = 0


@dataclass(frozen=True, slots=True)
class DeclineLeave(Action):
    """Lets a report stay as it is."""

    NAME = "decline_leave"
    amendment: int = 0


@dataclass(frozen=True, slots=True)
class Amend(Action):
    """The secretariat corrects or withdraws somebody's report (`deed`), after asking for the reason."""

    NAME = "amend"
    report: int = 0
    seen: int = 0
    deed: str = ""
    reason: str = ""
