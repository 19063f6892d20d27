"""The outcomes of a sending that a channel reports, and what follows from each (reliability R5, R6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from messages import Outgoing
from storage.delivery.claims import LONGEST_WAIT, Claimed, ClaimResult
from storage.tables.states import OutboxKind, OutboxState

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""Seconds of back-off, doubled from the first to the longest, so that an outage of hours costs few calls."""
MAX_ATTEMPTS = 300
"""About a day of attempts. A message that could not be sent for that long is given up, and the log says so. A worker
that dies with a message in hand has made an attempt, too."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message arrived, under the platform's id; `messages` is the number that the platform counts for it."""

    external_id: str = ""
    messages: int = 1


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not sent. `retry_in` is in seconds, if the platform says when to come back."""

    reason: str
    retry_in: float | None = None


@dataclass(frozen=True, slots=True)
class Spent(NotSent):
    """Surely not sent, like everything else this month: the bot's quota is used up. The account stays usable."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Nobody knows whether it was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person cannot be reached by this account any more: blocked, deactivated, over the quota's people."""

    reason: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """This message can never be sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has a new id; nothing was sent."""

    external_id: str


Outcome: TypeAlias = Delivered | NotSent | Spent | Ambiguous | Unreachable | Impossible | Moved


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A picture or document of a message as a file. Its hash lets a channel upload it only once."""

    path: Path
    content_hash: str
    name: str
    alt: str
    is_picture: bool


class Sender(Protocol):
    """Sends through one bot. `send` returns an outcome for every foreseen failure; what it raises is ambiguous."""

    @property
    def channel(self) -> str: ...

    @property
    def bot(self) -> str: ...

    async def send(self, address: str, message: Outgoing, files: tuple[AttachedFile, ...]) -> Outcome: ...

    async def show_action(self, address: str, *, is_picture: bool) -> None:
        """Show for some seconds, if the platform can, that a picture or document is on its way."""


def pause(attempts: int, chance: float) -> float:
    """Return the seconds of back-off after so many attempts; `chance` (0 to 1) spreads those who failed together."""
    longest: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempts, 16))
    return longest * (0.5 + chance / 2)


def result_of(row: Claimed, outcome: Outcome, machine: datetime, chance: float) -> ClaimResult:
    """Say what becomes of a claimed row if the outcome is about this row alone.

    A reminder that may have been sent is not sent again; the next day's digest says what is still owed. Answers are
    repeated, since a repeat is harmless.
    """
    match outcome:
        case Delivered():
            return ClaimResult(row, OutboxState.SENT, external_id=outcome.external_id)
        case Impossible() | Unreachable():
            return ClaimResult(row, OutboxState.DEAD, error=outcome.reason)
        case Ambiguous() if row.kind == OutboxKind.DIGEST:
            return ClaimResult(row, OutboxState.UNCERTAIN, error=outcome.reason)
        case Moved():
            return ClaimResult(row, OutboxState.PENDING)
        case Ambiguous() | NotSent():
            if row.attempts + 1 >= MAX_ATTEMPTS:
                return ClaimResult(row, OutboxState.DEAD, error=f"gave_up: {outcome.reason}")
            wanted = outcome.retry_in if isinstance(outcome, NotSent) else None
            wait = timedelta(seconds=pause(row.attempts, chance) if wanted is None else wanted)
            return ClaimResult(
                row, OutboxState.PENDING, error=outcome.reason, next_at=machine + min(wait, LONGEST_WAIT)
            )
