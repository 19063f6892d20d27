"""The states and kinds of rows, one class for each column that holds them."""

from enum import IntEnum, StrEnum

from sqlalchemy import ColumnElement, literal_column


class InboxState(StrEnum):
    """The fate of an update: its turn was taken, or it broke and the update is kept to be looked at."""

    TAKEN = "taken"
    PARKED = "parked"


class InterviewStatus(StrEnum):
    """A person has at most one open interview. A draft may be taken up again; a done or cancelled one is over.

    An asked one waits for the secretariat to admit it: it becomes done, or a draft again.
    """

    OPEN = "open"
    DRAFT = "draft"
    ASKED = "asked"
    DONE = "done"
    CANCELLED = "cancelled"


UNFINISHED = (InterviewStatus.OPEN, InterviewStatus.DRAFT)


MAY_BE_SENT = (*UNFINISHED, InterviewStatus.ASKED)
"""An interview whose photos are still wanted."""


class RequestKind(StrEnum):
    """What somebody asks for in a period that is closed."""

    NEW = "new"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"
    """Of a report that was returned: it would count again. All other approving is free."""
    NIL = "nil"
    TAKE_BACK_NIL = "take_back_nil"
    LINK = "link"
    UNLINK = "unlink"
    DECIDE = "decide"
    ORGANISE = "organise"


class RequestState(StrEnum):
    """How a request stands; once decided, it stays so."""

    OPEN = "open"
    ADMITTED = "admitted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    """Its author took it back."""


class AmendmentState(StrEnum):
    """How leave to change a report stands: asked for, granted until it is used, or over."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    OVER = "over"
    """It was used, or the report has been approved or withdrawn since."""


class SupplyState(StrEnum):
    """How numbers that were supplied stand: the secretariat confirms what a unit says, once."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class AttachmentState(StrEnum):
    """Whether a photo's or file's bytes are here: they are still to be fetched, they are, or they never will be."""

    PENDING = "pending"
    STORED = "stored"
    LOST = "lost"


class NewcomerState(StrEnum):
    """The way in by a ward's code: they say who and where they are, the ward decides, they are in or not."""

    ASKING = "asking"
    WAITING = "waiting"
    ADMITTED = "admitted"
    DECLINED = "declined"


class FileOrderState(StrEnum):
    """How a file that somebody asked for stands."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"


class DueState(StrEnum):
    """The fate of a due row: it waits, a digest says it, nothing was owed any more, or it was too late."""

    WAITING = "waiting"
    DIGESTED = "digested"
    DONE = "done"
    MISSED = "missed"


class AnnouncementState(StrEnum):
    """How an announcement stands: it waits for its time, goes to its people, was stopped, or its file never came."""

    WAITING = "waiting"
    GOING = "going"
    STOPPED = "stopped"
    LOST = "lost"


class OutboxKind(StrEnum):
    """The kind of a message: the answer to one, something unasked, or the digest of a day."""

    ANSWER = "answer"
    NOTICE = "notice"
    DIGEST = "digest"


class Priority(IntEnum):
    """Decides which messages of a chat go first."""

    ANSWER = 0
    NOTICE = 1
    DIGEST = 2


class OutboxState(StrEnum):
    """The state of a message on its way (reliability R5)."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    SKIPPED = "skipped"


def written_out(value: StrEnum) -> ColumnElement[str]:
    """Write a state or kind as a literal of the statement, never as a parameter.

    Only of a literal does SQLite see that a partial index applies. For a parameter it would have to look at the value
    and plan the statement anew each time.
    """
    return literal_column(f"'{value}'")
