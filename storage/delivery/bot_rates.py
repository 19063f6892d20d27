"""Limits how fast a bot sends, all its replicas together. Its places in the platform's rate are kept in the database.

A row says until when a bot's places are taken. The next place is free at that time, and time that passes unused is
saved up for a burst. The row is locked until the claim that uses the places commits, so that both stand or fall
together. The clock is the database's, since the replicas' differ.

Only PostgreSQL has replicas. On SQLite one process sends, and its own bucket (`scheduler.rate`) is all there is.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from storage import tables as t
from storage.db.prepared import Prepared
from storage.db.upsert import insert_or_keep

LONGEST_PAUSE = timedelta(minutes=15)
"""The longest that a platform's request holds back a whole bot; if we try too soon it repeats it. Places taken for
longer were taken by a clock that was wrong."""

_ROUNDING = 1e-3
"""A part of a place: the database counts in microseconds."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_OF_BOT = (t.bot_rate.c.channel == bindparam("of_channel"), t.bot_rate.c.bot == bindparam("of_bot"))
_TAKEN = Prepared(select(t.bot_rate.c.taken_until).where(*_OF_BOT).with_for_update())
_BEGIN = insert_or_keep(t.bot_rate).prepared(("channel", "bot", "taken_until"))
_TAKE = Prepared(update(t.bot_rate).where(*_OF_BOT).values(taken_until=bindparam("until")))
_CLOCK = Prepared(select(func.clock_timestamp()))


@dataclass(frozen=True, slots=True)
class Places:
    """A bot's places, locked: how many are free now, and until when the others are taken."""

    channel: str
    bot: str
    per_second: float
    taken_until: datetime
    now: datetime

    @property
    def free(self) -> int:
        return max(0, int(self._level + _ROUNDING))

    @property
    def delay(self) -> float:
        """Seconds until there is one more than the free ones."""
        return (self.free + 1 - self._level) / self.per_second

    @property
    def _level(self) -> float:
        return (self.now - self.taken_until).total_seconds() * self.per_second


def clock(db: Connection) -> datetime:
    """Return the database's time, which goes on within a transaction, too."""
    row = _CLOCK.first(db)
    assert row is not None  # noqa: S101 (a SELECT without a table)
    now: datetime = row[0]
    return now


def places(db: Connection, channel: str, bot: str, per_second: float, burst: int) -> Places:
    """Lock and return a bot's places; other transactions that ask wait for the end of this one."""
    of_bot = {"of_channel": channel, "of_bot": bot}
    row = _TAKEN.first(db, **of_bot)
    if row is None:
        _BEGIN.run(db, channel=channel, bot=bot, taken_until=_NEVER)
        row = _TAKEN.first(db, **of_bot)
    assert row is not None  # noqa: S101 (it was just made, here or by another replica)
    now, taken_until = clock(db), row[0]  # in this order: the lock may have been waited for
    if taken_until > now + LONGEST_PAUSE + timedelta(seconds=burst / per_second):
        taken_until = now
        _TAKE.run(db, **of_bot, until=now)
    return Places(channel, bot, per_second, max(taken_until, now - timedelta(seconds=burst / per_second)), now)


def take(db: Connection, places: Places, number: int, pause: float = 0.0) -> Places:
    """Take places, even more than are free: later sendings wait. With a `pause`, none is free for so many seconds."""
    until = places.taken_until + timedelta(seconds=number / places.per_second)
    if pause:
        until = max(until, places.now + min(timedelta(seconds=pause), LONGEST_PAUSE))
    _TAKE.run(db, of_channel=places.channel, of_bot=places.bot, until=until)
    return replace(places, taken_until=until)
