"""Reminds by hand, on the word of somebody who answers for it: once a day a matter, between 7:00 and 20:30.

It is outside the daily digest: it goes at once, and takes nothing from the digest. Whether the matter is still owed and
whether this person may ask for it is decided by whoever calls, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
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
class Matter:
    """What to remind of, and whom.

    `about` names the matter for good and is all that "once a day" goes by: `obligation:17`, `week:P10-KP01:2020-W45`.
    Everybody who holds one of `roles` in the unit at that moment is told.
    """

    about: str
    unit_id: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nudge(Matter):
    """A matter by itself; `message` words it in each one's language."""

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
    """What became of it, and the ids of those who are told."""

    outcome: NudgeOutcome
    told: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """How many are told."""
        return len(self.told)


Together = Callable[[Sequence[int], Say], Outgoing]
"""Words for one person the matters, by their places among all, that they are told of in one message."""


def nudge(db: Connection, wanted: Nudge, by: int, now: datetime) -> Nudged:
    """Remind those who hold the roles now, on the word of the person `by`."""
    (nudged,) = nudge_together(db, [wanted], lambda _, say: wanted.message(say), by, now)
    return nudged


def nudge_together(
    db: Connection, matters: Sequence[Matter], message: Together, by: int, now: datetime
) -> list[Nudged]:
    """Remind of several matters at once, with one message a person, whatever of them concerns this person."""
    if not is_decent(now):
        return [Nudged(NudgeOutcome.AT_NIGHT) for _ in matters]
    became = [_take(db, matter, by, now) for matter in matters]
    theirs = defaultdict[int, list[int]](list)
    for place, nudged in enumerate(became):
        for person_id in nudged.told:
            theirs[person_id].append(place)
    for person_id, places in sorted(theirs.items()):
        notify(db, person_id, message(places, texts(find_person(db, person_id).language)), now)
    return became


def _take(db: Connection, matter: Matter, by: int, now: datetime) -> Nudged:
    """Whom to tell of a matter, if anybody can be told and nobody was today."""
    reached = _reached(db, matter, now)
    if not reached:
        return Nudged(NudgeOutcome.NOBODY)
    if not nudges.take_day(db, matter.about, local_day(now), by, now):
        return Nudged(NudgeOutcome.TODAY_ALREADY)
    return Nudged(NudgeOutcome.SENT, tuple(reached))


def nudged_today(db: Connection, abouts: Collection[str], now: datetime) -> set[str]:
    """Find which of some matters were nudged about today: their buttons can be left out."""
    return nudges.of_day(db, abouts, local_day(now))


def _reached(db: Connection, matter: Matter, now: datetime) -> list[int]:
    held = holders(db, matter.roles, now, now, unit_ids={matter.unit_id})
    here = {holder.person_id for holder in held if holder.person_id is not None}
    return sorted(person_id for person_id in here if reminder_account(db, person_id) is not None)
