"""Writes down what follows from outcomes, in one transaction for a whole batch."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from locales import texts
from messages import decode, encode
from scheduler.outcomes import Delivered, Moved, Outcome, Spent, Unreachable, result_of
from scheduler.reachability import lose, other_account
from storage.delivery import claims, due, outbox, usage
from storage.delivery.claims import Claimed, ClaimResult
from storage.directory.persons import find_person
from storage.tables.states import DueState, OutboxKind, OutboxState


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed row that was tried through a lane (channel, bot)."""

    lane: tuple[str, str]
    row: Claimed
    outcome: Outcome


def settle(db: Connection, attempts: Sequence[Attempt], *, machine: datetime, now: datetime, chance: float) -> None:
    """Finish the rows of some attempts. If an account is lost or spent, the person's other account is used."""
    _count(db, attempts, now)
    _note_spent_months(db, attempts, now)
    results = [
        result_of(attempt.row, attempt.outcome, machine, chance)
        for attempt in attempts
        if not _goes_elsewhere(db, attempt, now) and not _gives_way(db, attempt)
    ]
    claims.finish(db, results, now)
    _miss_reminders(db, results)


def _note_spent_months(db: Connection, attempts: Sequence[Attempt], now: datetime) -> None:
    """Note spent months before anything moves: a message must not go to and fro between bots that both refuse it."""
    for channel, bot in sorted({attempt.lane for attempt in attempts if isinstance(attempt.outcome, Spent)}):
        usage.refuse(db, channel, bot, usage.month_of(now))


def _goes_elsewhere(db: Connection, attempt: Attempt, now: datetime) -> bool:
    """Hand the row to another account if need be, and tell whether it was. Note a chat's new address on the way."""
    row, outcome = attempt.row, attempt.outcome
    if isinstance(outcome, Moved):
        outbox.readdress(db, row.account_id, outcome.external_id)
    is_lost = isinstance(outcome, Unreachable)
    if is_lost:
        lose(db, row.account_id, now)
    if not isinstance(outcome, (Spent, Unreachable)) or row.person_id is None:
        return False
    other = other_account(db, row.person_id, row.account_id, now, even_spent=is_lost)
    if other is None:
        return False
    claims.move(db, row, other.id, _words_elsewhere(db, row, row.person_id, outcome))
    return True


def _words_elsewhere(db: Connection, row: Claimed, person_id: int, outcome: Outcome) -> str:
    """Write the message for another chat; it tells a person who wrote in the first one why."""
    if row.kind != OutboxKind.ANSWER or not isinstance(outcome, Spent):
        return row.body
    say, message = texts(find_person(db, person_id).language), decode(row.body)
    why = say("The Zalo bot has no messages left this month, so I answer you here.")
    return encode(replace(message, text=f"{why}\n\n{message.text}"))


def _gives_way(db: Connection, attempt: Attempt) -> bool:
    """Tell whether a row that would wait for the next month is dropped: nobody wants weeks of old messages then.

    The matter of a reminder waits for the next chance to say it. Of a chat's answers the lasting ones and the newest
    stay queued.
    """
    row = attempt.row
    if not isinstance(attempt.outcome, Spent):
        return False
    if row.kind != OutboxKind.DIGEST:
        return row.id in outbox.overtake(db, row.account_id)
    if outbox.set_body(db, row.id, None, row.token):
        due.release(db, row.id)
    return True


def _miss_reminders(db: Connection, results: Sequence[ClaimResult]) -> None:
    """Mark as missed what an unsendable digest was to say, with the reason."""
    for result in results:
        if result.state == OutboxState.DEAD and result.row.kind == OutboxKind.DIGEST:
            said = [row.id for row in due.of_digest(db, result.row.id)]
            due.settle(db, said, DueState.MISSED, result.error)


def _count(db: Connection, attempts: Sequence[Attempt], now: datetime) -> None:
    sent: Counter[tuple[str, str]] = Counter()
    for attempt in attempts:
        if isinstance(attempt.outcome, Delivered):
            sent[attempt.lane] += attempt.outcome.messages
    for (channel, bot), messages in sorted(sent.items()):
        usage.add(db, channel, bot, usage.month_of(now), sent=messages)
