"""Meters a channel with a monthly quota: messages in and out, and people, for each bot.

Whether the platform counts both directions is not documented, so both are counted. A month is a calendar month in the
plan's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, and_, func, select

from messages.channels import Ability, able, can
from periods.days import local_day
from storage import tables as t
from storage.db.upsert import NewRow, insert_or_change

FREE_MESSAGES = 3_000
FREE_USERS = 50
"""Zalo's free plan, for each bot and month."""

_KEY = ("channel", "bot", "month")


def _adding(more: NewRow) -> Mapping[str, Any]:
    """A message that still goes out proves that the platform does not refuse (any more)."""
    kept = t.channel_usage.c
    return {
        "received": kept.received + more.received,
        "sent": kept.sent + more.sent,
        "refused": and_(kept.refused, more.sent == 0) | more.refused,
    }


_ADD = insert_or_change(t.channel_usage, _KEY, _adding).prepared((*_KEY, "received", "sent", "refused"))
_WARN_PERCENT = 70
_ALARM_PERCENT = 90


class Stage(IntEnum):
    """The stage to which a month's quota is used up."""

    PLENTY = 0
    TIGHT = 1
    SCARCE = 2
    SPENT = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """One bot's month. If the platform refuses, it is spent whatever we counted: our meter may have missed some."""

    received: int = 0
    sent: int = 0
    refused: bool = False
    quota: int = FREE_MESSAGES

    @property
    def used(self) -> int:
        return self.received + self.sent

    @property
    def percent(self) -> int:
        return 100 * self.used // self.quota

    @property
    def stage(self) -> Stage:
        if self.refused or self.used >= self.quota:
            return Stage.SPENT
        if self.percent >= _ALARM_PERCENT:
            return Stage.SCARCE
        return Stage.TIGHT if self.percent >= _WARN_PERCENT else Stage.PLENTY


def month_of(now: datetime) -> str:
    """Name the month of `now` (aware): "2026-11"."""
    return f"{local_day(now):%Y-%m}"


def add(db: Connection, channel: str, bot: str, month: str, *, received: int = 0, sent: int = 0) -> None:
    """Count messages."""
    _ADD.run(db, channel=channel, bot=bot, month=month, received=received, sent=sent, refused=False)


def refuse(db: Connection, channel: str, bot: str, month: str) -> None:
    """Note that the platform lets no more messages of a bot through this month."""
    _ADD.run(db, channel=channel, bot=bot, month=month, received=0, sent=0, refused=True)


def of(db: Connection, channel: str, bot: str, month: str) -> Usage:
    """Read a bot's month so far."""
    kept = t.channel_usage.c
    row = db.execute(
        select(kept.received, kept.sent, kept.refused).where(
            kept.channel == channel, kept.bot == bot, kept.month == month
        )
    ).first()
    return Usage(*row) if row else Usage()


def stages(db: Connection, month: str) -> dict[tuple[str, str], Stage]:
    """Return the stage of each bot (by channel and id) with a quota in a month; a bot not listed has sent nothing."""
    kept = t.channel_usage.c
    rows = db.execute(
        select(kept.channel, kept.bot, kept.received, kept.sent, kept.refused).where(
            kept.month == month, kept.channel.in_(able(Ability.QUOTA))
        )
    )
    return {(channel, bot): Usage(*counts).stage for channel, bot, *counts in rows}


def users(db: Connection, channel: str, bot: str) -> int:
    """Count the people who ever wrote to a bot, as the platform does, whether or not they joined."""
    query = select(func.count()).where(t.account.c.channel == channel, t.account.c.bot == bot)
    return int(db.execute(query).scalar_one())


def users_of_all(db: Connection) -> dict[tuple[str, str], int]:
    """Count the same of every bot, by its channel and id."""
    bot = (t.account.c.channel, t.account.c.bot)
    return {(channel, name): count for channel, name, count in db.execute(select(*bot, func.count()).group_by(*bot))}


def has_room(db: Connection, channel: str, bot: str, external_id: str) -> bool:
    """Whether a bot can serve this account, which has a place or can get a free one."""
    if not can(channel, Ability.QUOTA):
        return True
    others = select(func.count()).where(
        t.account.c.channel == channel, t.account.c.bot == bot, t.account.c.external_id != external_id
    )
    return int(db.execute(others).scalar_one()) < FREE_USERS
