"""Reminds by hand, on the word of somebody who answers for it: once a day a matter, between 7:00 and 20:30.

It is outside the daily digest: it goes at once, and takes nothing from the digest. Whether the matter is still owed and
whether this person may ask for it is decided by whoever calls, in the same transaction.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from locales import Say, texts
from messages import Outgoing
from periods.days import local_day
from rules.times_of_day import is_decent
from storage.delivery import nudges
from storage.delivery.notices import notify
from storage.directory.accounts import reminder_account
from storage.directory.holders import holders
from storage.directory.persons import find_person


@dataclass(frozen=True, slots=True)
class Nudge:
    """What to remind of, and whom.

    `about` names the matter for good and is all that "once a day" goes by: `obligation:17`, `week:P10-KP01:2020-W45`.
    Everybody who holds one of `roles` in the unit at that moment is told; `message` words it in each one's language.
    """

    about: str
    unit_id: int
    roles: tuple[str, ...]
    message: Callable[[Say], Outgoing]


class NudgeOutcome(Enum):
    """What became of it."""

    SENT = "sent"
    TODAY_ALREADY = "today_already"
    AT_NIGHT = "at_night"
    NOBODY = "nobody"
    """Nobody who could be told has joined the unit, or none of their accounts takes messages; the day stays free."""


@dataclass(frozen=True, slots=True)
class Nudged:
    """What became of it; `people` are told."""

    outcome: NudgeOutcome
    people: int = 0


def nudge(db: Connection, wanted: Nudge, by: int, now: datetime) -> Nudged:
    """Remind those who hold the roles now, on the word of the person `by`."""
    if not is_decent(now):
        return Nudged(NudgeOutcome.AT_NIGHT)
    reached = _reached(db, wanted, now)
    if not reached:
        return Nudged(NudgeOutcome.NOBODY)
    if not nudges.take_day(db, wanted.about, local_day(now), by, now):
        return Nudged(NudgeOutcome.TODAY_ALREADY)
    for person_id in reached:
        notify(db, person_id, wanted.message(texts(find_person(db, person_id).language)), now)
    return Nudged(NudgeOutcome.SENT, len(reached))


def nudged_today(db: Connection, abouts: Collection[str], now: datetime) -> set[str]:
    """Find which of some matters were nudged about today: their buttons can be left out."""
    return nudges.of_day(db, abouts, local_day(now))


def _reached(db: Connection, wanted: Nudge, now: datetime) -> list[int]:
    held = holders(db, wanted.roles, now, now, unit_ids={wanted.unit_id})
    here = {holder.person_id for holder in held if holder.person_id is not None}
    return sorted(person_id for person_id in here if reminder_account(db, person_id) is not None)
