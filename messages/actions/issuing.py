"""Actions that issue documents, and that show what was issued."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Issue(OfUnit):
    """Begins to issue a unit's document about a period; `form` is that of its export, `replaces` the number of the
    document in whose place it stands."""

    NAME = "issue"
    unit: str | None = None
    period: Period | None = None
    form: str = ""
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmIssue(Action):
    """Issues a document with the number, day and signer that were entered."""

    NAME = "issue_now"
    document: int = 0


@dataclass(frozen=True, slots=True)
class IssuedList(Action):
    """Lists issued documents, a page at a time."""

    NAME = "issued"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewIssued(Action):
    """Shows an issued document, and what has changed since; from page 1 on every changed figure, a page at a time."""

    NAME = "issued_one"
    document: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenIssued(Action):
    """Sends an issued document's frozen file."""

    NAME = "issued_file"
    document: int = 0
