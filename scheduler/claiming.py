"""Taking rows in hand to send them: claimed, and a digest composed, in one transaction of the writer."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from messages import decode
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.digest import offer, write_text
from storage import outbox
from storage.outbox import Claimed, Uncomposed

LEASE = timedelta(seconds=150)
"""Longer than any sender's patience (an upload takes at most two minutes): a row that outlives it has no worker."""


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
    """Up to `most` rows to send through a lane (channel and bot), each with its text.

    Digests that have nothing left to say are skipped, so there may be fewer than were claimed.
    """
    rows = outbox.claim(db, *lane, most, token=token, machine=machine, lease_until=machine + LEASE)
    return [ready for row in rows if (ready := _with_text(db, plan, calendar, row, now))]


def _with_text(db: Connection, plan: Plan, calendar: Calendar, row: Claimed, now: datetime) -> Claimed | None:
    if row.kind == "digest" and row.person_id is not None:
        body = write_text(db, plan, calendar, Uncomposed(row.id, row.account_id, row.person_id), now)
        return None if body is None else replace(row, body=body)
    if row.kind == "notice":  # an answer's turn has set the menu, and later turns may have set another
        with suppress(ValueError, KeyError, TypeError):  # what cannot be read has no choices; its sending says so
            offer(db, row.account_id, decode(row.body))
    return row
