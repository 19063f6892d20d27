"""Reminders on a channel with a monthly quota: as it shrinks, only what matters most still goes out by itself.

What may not go alone waits and joins the next reminder that may, or the answer to whatever the person says next
(`held_back`), so that one message says more. Once the quota is used up, everything takes the person's next channel, or
waits for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from plan.calendar import Topic
from storage import usage
from storage.people import AccountRow, reminder_account
from storage.usage import METERED, Stage

LAST_STAGE: Mapping[Topic, Stage] = {Topic.DEADLINE: Stage.SCARCE, Topic.WEEK_SUMMARY: Stage.TIGHT}
"""Until when a topic is worth a message of its own: deadlines the longest, then the weekly picture, then the rest."""


def account_for(
    db: Connection, accounts: Sequence[AccountRow], topics: Iterable[Topic], now: datetime
) -> AccountRow | None:
    """Where a reminder of these topics goes now; `None` if it has to wait, or nobody can be reached."""
    account = unspent(db, accounts, now)
    if account is None:
        return None
    stage = _stage(db, account, now)
    return account if any(stage <= LAST_STAGE.get(topic, Stage.PLENTY) for topic in topics) else None


def unspent(db: Connection, accounts: Sequence[AccountRow], now: datetime) -> AccountRow | None:
    """The person's best account whose bot can send anything this month."""
    return reminder_account([each for each in accounts if _stage(db, each, now) is not Stage.SPENT])


def _stage(db: Connection, account: AccountRow, now: datetime) -> Stage:
    if account.channel not in METERED:
        return Stage.PLENTY
    return usage.of(db, account.channel, account.bot, usage.month_of(now)).stage


def is_refused(db: Connection, account: AccountRow, now: datetime) -> bool:
    """Whether the platform lets nothing more through to an account this month, rather than that our meter says so."""
    return usage.of(db, account.channel, account.bot, usage.month_of(now)).refused
