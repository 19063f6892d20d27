"""Takes rows in hand to send them. Claiming them and composing their digests are one transaction of the writer."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from messages import decode
from plan.calendar import Calendar
from plan.model import Plan
from rules.times_of_day import is_decent
from scheduler.digest import offer, write_text
from scheduler.outcomes import MAX_ATTEMPTS
from storage.delivery import claims, due, outbox
from storage.delivery.claims import LEASE, Claimed
from storage.delivery.outbox import Uncomposed
from storage.tables.states import OutboxKind


def take_in_hand(
    db: Connection,
    plan: Plan,
    calendar: Calendar,
    lane: tuple[str, str],
    most: int,
    *,
    token: str,
    machine: datetime,
    now: datetime,
) -> list[Claimed]:
    """Claim up to `most` rows to send through a lane (channel and bot), each with its text.

    Digests that have nothing left to say are skipped, so there may be fewer than were claimed.
    """
    rows = claims.claim(db, *lane, most, token=token, machine=machine, lease_until=machine + LEASE)
    return [ready for row in rows if (ready := _with_text(db, plan, calendar, row, now))]


def _with_text(db: Connection, plan: Plan, calendar: Calendar, row: Claimed, now: datetime) -> Claimed | None:
    if row.kind == OutboxKind.DIGEST and not is_decent(now):
        _wait_for_morning(db, row)
        return None
    if row.kind == OutboxKind.DIGEST and row.person_id is not None:
        body = write_text(db, plan, calendar, Uncomposed(row.id, row.account_id, row.person_id, row.token), now)
        return None if body is None else replace(row, body=body)
    if row.kind == OutboxKind.NOTICE:  # an answer's turn has set the menu, and later turns may have set another
        with suppress(ValueError, KeyError, TypeError):  # what cannot be read has no choices; its sending says so
            offer(db, row.account_id, decode(row.body))
    return row


def _wait_for_morning(db: Connection, row: Claimed) -> None:
    """Give a reminder back that could not go before the night: the next day's digest says what is owed then."""
    if outbox.set_body(db, row.id, None, row.token):
        due.release(db, row.id)


def keep(db: Connection, rows: Iterable[Claimed], machine: datetime) -> int:
    """Renew the leases of rows in hand, then free the rows of workers that died and return how many these were.

    The order matters: a machine that slept finds its own leases lapsed although it is still sending.
    """
    claims.renew(db, rows, machine + LEASE)
    return claims.reap(db, machine, MAX_ATTEMPTS)


class InHand:
    """The rows that this process has in hand, from their claim to the commit of their outcome."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Claimed, datetime]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rows: Iterable[Claimed], machine: datetime) -> None:
        """Note that rows were claimed at this time."""
        self._rows.update({row.id: (row, machine) for row in rows})

    def drop(self, rows: Iterable[Claimed]) -> None:
        """Forget rows that are finished."""
        for row in rows:
            self._rows.pop(row.id, None)

    def to_renew(self, machine: datetime) -> list[Claimed]:
        """Return all rows once a third of a lease has passed, so that one write serves for a while; else none.

        A lease dated in the future was taken while the clock was wrong, and lapses at once.
        """
        held = list(self._rows.copy().values())
        return [row for row, _ in held] if any(abs(machine - since) > LEASE / 3 for _, since in held) else []

    def renewed(self, rows: Iterable[Claimed], machine: datetime) -> None:
        """Note that the rows still in hand have a fresh lease."""
        self.add([row for row in rows if row.id in self._rows], machine)
