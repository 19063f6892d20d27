"""Actions that ask for files of a period's figures."""

from dataclasses import dataclass

from messages.actions.base import OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Export(OfUnit):
    """Asks for a file of a unit's period (else of this week) in one of the forms that `services.exporting` names."""

    NAME = "export"
    unit: str | None = None
    period: Period | None = None
    form: str = "xlsx"


@dataclass(frozen=True, slots=True)
class ShareOut(OfUnit):
    """Sends the chairs in a unit their own units' files of a period: asked first, done with `sure`."""

    NAME = "share"
    unit: str | None = None
    period: Period | None = None
    sure: str = ""
