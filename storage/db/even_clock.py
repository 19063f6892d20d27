"""Judges whether the conversation's clock has gone evenly for a while; nothing is deleted by its time otherwise.

A machine's clock may be a day or a year ahead for an hour, or behind until the network has set it, and nobody can say
at once which of the two times is right. So no time is trusted until the clock has gone on for some hours without a
jump, even over restarts: a clock that is wrong for less than that deletes nothing.

Two times of that clock are remembered: when it was noted last, and since when it has gone evenly.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.db import settings

EVEN_FOR = timedelta(hours=6)
"""Longer than a wrong clock goes unnoticed; shorter than a working day, after which a machine may be switched off."""
AHEAD = timedelta(hours=18)
"""A step ahead beyond this is a jump. A machine that was off for a night goes on at once, but a day ahead is a jump."""
BACK = timedelta(minutes=10)
"""A step back beyond this is a jump; replicas' clocks differ by less."""
NOTED_EVERY = timedelta(minutes=30)

_KEY = "clock"


@dataclass(frozen=True, slots=True)
class Seen:
    """The two times that are remembered of a clock."""

    last: datetime
    even_since: datetime

    def at(self, now: datetime) -> "Seen":
        """Return what is remembered after a look at `now`."""
        jumped = not self.last - BACK <= now <= self.last + AHEAD
        return Seen(now, now if jumped else self.even_since)

    @property
    def is_even(self) -> bool:
        return self.last - self.even_since >= EVEN_FOR


def is_even(db: Connection, now: datetime) -> bool:
    """Whether the clock may be trusted. One that was never noted is, since there is nothing to compare it with."""
    seen = _seen(db)
    return seen is None or seen.at(now).is_even


def is_to_be_noted(db: Connection, now: datetime) -> bool:
    """Whether the clock jumped, or was not noted for a while."""
    seen = _seen(db)
    return seen is None or seen.at(now).even_since != seen.even_since or now - seen.last >= NOTED_EVERY


def last_seen(db: Connection) -> datetime | None:
    """When the clock was noted last: since then the process may not have run. None before the first time."""
    seen = _seen(db)
    return seen.last if seen else None


def note(db: Connection, now: datetime) -> None:
    """Remember what time it is."""
    if is_to_be_noted(db, now):
        seen = (_seen(db) or Seen(now, now - EVEN_FOR)).at(now)
        settings.keep(db, _KEY, f"{seen.last.isoformat()} {seen.even_since.isoformat()}")


def _seen(db: Connection) -> Seen | None:
    kept = settings.kept(db, _KEY)
    return Seen(*map(datetime.fromisoformat, kept.split())) if kept else None
