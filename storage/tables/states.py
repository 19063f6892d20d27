"""The states and kinds of rows, one class for each column that holds them."""

from enum import IntEnum, StrEnum

from sqlalchemy import ColumnElement, literal_column


class InboxState(StrEnum):
    """What became of an update: its turn was taken, or broke and is kept to be looked at."""

    TAKEN = "taken"
    PARKED = "parked"


class InterviewStatus(StrEnum):
    """At most one a person is open; a draft may be taken up again; what is done or cancelled is over."""

    OPEN = "open"
    DRAFT = "draft"
    DONE = "done"
    CANCELLED = "cancelled"


UNFINISHED = (InterviewStatus.OPEN, InterviewStatus.DRAFT)


class AttachmentState(StrEnum):
    """Whether a photo's or file's bytes are here: they are still to be fetched, they are, or they never will be."""

    PENDING = "pending"
    STORED = "stored"
    LOST = "lost"


class DueState(StrEnum):
    """What became of what fell due: it waits, a digest says it, nothing was owed any more, or it was too late."""

    WAITING = "waiting"
    DIGESTED = "digested"
    DONE = "done"
    MISSED = "missed"


class OutboxKind(StrEnum):
    """What a message is to its reader: the answer to one of theirs, something unasked, the reminder of a day."""

    ANSWER = "answer"
    NOTICE = "notice"
    DIGEST = "digest"


class Priority(IntEnum):
    """Which messages of a chat go first."""

    ANSWER = 0
    NOTICE = 1
    DIGEST = 2


class OutboxState(StrEnum):
    """Where a message is on its way (reliability R5)."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    SKIPPED = "skipped"


def written_out(value: StrEnum) -> ColumnElement[str]:
    """A state or kind as a literal of the statement, never a parameter.

    SQLite sees only of literals that a partial index applies to them. Of a parameter it would have to look at the
    value, and plan the statement anew each time.
    """
    return literal_column(f"'{value}'")
