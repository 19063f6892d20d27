"""What becomes of a report after it was sent, and which reports count."""

from collections.abc import Mapping
from enum import StrEnum


class ReportState(StrEnum):
    """How a report stands. `WITHDRAWN` is final; every correction yields `SENT`."""

    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


COUNTED = (ReportState.SENT, ReportState.APPROVED)
"""The states in which a report counts in figures."""


class Deed(StrEnum):
    """What somebody does to a report; every deed makes a revision of it."""

    SEND = "send"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"


LEADS_TO: Mapping[str, ReportState] = {
    Deed.SEND: ReportState.SENT,
    Deed.CORRECT: ReportState.SENT,
    Deed.WITHDRAW: ReportState.WITHDRAWN,
    Deed.RETURN: ReportState.RETURNED,
    Deed.APPROVE: ReportState.APPROVED,
}
"""How a report stands after a deed."""
