"""Says in the person's next conversation what is no message of its own: what rides along, and what a shrinking quota
kept back."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from locales import texts
from messages import Outgoing
from plan.calendar import Calendar
from plan.model import Plan
from scheduler.digest import MAX_CHOICES, merge, say_what_is_owed
from scheduler.sections import Section
from scheduler.thrift import account_for, is_refused
from storage.db.writer import is_failure_of_database, savepoint
from storage.delivery import due
from storage.delivery.due import DueRow
from storage.directory.accounts import accounts_of
from storage.tables.states import DueState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """The person who gets an answer, and the chat."""

    person_id: int
    account_id: int
    language: str


def say_along(
    db: Connection, plan: Plan, calendar: Calendar, listener: Listener, answer: Outgoing, now: datetime
) -> Outgoing:
    """Add to the answer, once, what waits for this person because it may not go by itself now."""
    rows = [row for row in due.waiting_for(db, listener.person_id) if row.rule in calendar]
    if not rows or not _is_held_back(db, calendar, rows, listener, now):
        return answer
    sections = _sections(db, plan, calendar, rows, listener.language, now)
    return _joined(answer, merge(sections, texts(listener.language)("By the way:"))) if sections else answer


def _is_held_back(
    db: Connection, calendar: Calendar, rows: Sequence[DueRow], listener: Listener, now: datetime
) -> bool:
    """Whether no digest will take the rows up soon, and the answer has a chance to arrive."""
    if not all(calendar[row.rule].rides for row in rows) and (
        account_for(db, listener.person_id, [calendar[row.rule].topic for row in rows], now) is not None
    ):
        return False
    mine = [account for account in accounts_of(db, listener.person_id) if account.id == listener.account_id]
    return not any(is_refused(db, account, now) for account in mine)


def _sections(
    db: Connection, plan: Plan, calendar: Calendar, rows: Sequence[DueRow], language: str, now: datetime
) -> list[Section]:
    """Put the rows into words. A bug in one of them must not keep the person from being answered at all."""
    try:
        with savepoint(db):
            return say_what_is_owed(db, plan, calendar, rows, language, now)
    except Exception as error:
        if is_failure_of_database(error):
            raise
        log.error("what was held back cannot be said: %s", type(error).__name__)  # noqa: TRY400 (personal text)
        due.settle(db, [row.id for row in rows], DueState.MISSED, "not_composed")
        return []


def _joined(answer: Outgoing, held: Outgoing) -> Outgoing:
    """Make one message of two. It lasts, since nobody says the second part again."""
    offered = {choice.id for choice in answer.choices}
    more = [choice for choice in held.choices if choice.id not in offered][: max(0, MAX_CHOICES - len(offered))]
    return replace(
        answer,
        text=f"{answer.text}\n\n{held.text}",
        choices=(*answer.choices, *more),
        pictures=answer.pictures or (() if answer.document else held.pictures),
        lasting=True,
    )
