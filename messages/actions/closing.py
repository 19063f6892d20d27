"""Actions on periods whose figures are closed, and on what people ask for in them."""

from dataclasses import dataclass

from messages.actions.base import Action
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Closing(Action):
    """Lists the closed periods, a page at a time, and offers others to close."""

    NAME = "closing"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ClosePeriod(Action):
    """Closes a period's figures, after asking once."""

    NAME = "close"
    period: Period | None = None
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Reopen(Action):
    """Opens a closed period again, after asking for the reason."""

    NAME = "reopen"
    closed: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Requests(Action):
    """Lists what people ask for in closed periods; to all but the secretariat only what they asked for themselves."""

    NAME = "requests"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ViewRequest(Action):
    """Shows what somebody asks for in a closed period."""

    NAME = "request"
    request: int = 0


@dataclass(frozen=True, slots=True)
class Admit(Action):
    """Does what was asked for in a closed period."""

    NAME = "admit"
    request: int = 0


@dataclass(frozen=True, slots=True)
class Decline(Action):
    """Leaves everything as it is, for a reason."""

    NAME = "decline"
    request: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack(Action):
    """Takes one's own request back."""

    NAME = "take_back"
    request: int = 0
