"""What follows from outcomes, written in one transaction for a whole batch."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from scheduler.outcomes import Delivered, Moved, Outcome, Unreachable, result_of
from storage import due, outbox, usage
from storage.outbox import Claimed, Result
from storage.people import accounts_of, reminder_account, set_usable


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed row that was tried through a lane (channel, bot)."""

    lane: tuple[str, str]
    row: Claimed
    outcome: Outcome


def settle(db: Connection, attempts: Sequence[Attempt], *, machine: datetime, now: datetime, chance: float) -> None:
    """Finish the rows of some attempts; whose account is lost, goes on through the person's other account."""
    results = [
        result_of(attempt.row, attempt.outcome, machine, chance)
        for attempt in attempts
        if not _goes_elsewhere(db, attempt)
    ]
    outbox.finish(db, results, now)
    _miss_reminders(db, results)
    _count(db, attempts, now)


def _goes_elsewhere(db: Connection, attempt: Attempt) -> bool:
    """Whether the row was handed to another account, or its chat to another address."""
    row = attempt.row
    if isinstance(attempt.outcome, Moved):
        outbox.readdress(db, row.account_id, attempt.outcome.external_id)
    if not isinstance(attempt.outcome, Unreachable):
        return False
    set_usable(db, row.account_id, usable=False)
    other = reminder_account(accounts_of(db, row.person_id)) if row.person_id is not None else None
    if other is not None:
        outbox.move(db, row, other.id)
    return other is not None


def _miss_reminders(db: Connection, results: Sequence[Result]) -> None:
    """What a digest that cannot be sent was to say was missed, for the reason that it could not."""
    for result in results:
        if result.state == "dead" and result.row.kind == "digest":
            said = [row.id for row in due.of_digest(db, result.row.id)]
            due.settle(db, said, "missed", result.error)


def _count(db: Connection, attempts: Sequence[Attempt], now: datetime) -> None:
    sent: Counter[tuple[str, str]] = Counter()
    for attempt in attempts:
        if isinstance(attempt.outcome, Delivered):
            sent[attempt.lane] += attempt.outcome.messages
    for (channel, bot), messages in sorted(sent.items()):
        usage.add(db, channel, bot, usage.month_of(now), sent=messages)
