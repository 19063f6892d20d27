"""Saves a channel's monthly quota: as it shrinks, only the reminders that matter most still go out by themselves.

A reminder that may not go alone waits. It joins the next reminder that may go, or the answer to the person's next
message (`held_back`), so that one message says more. Once the quota is used up, everything takes the person's next
channel, or waits for one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from plan.calendar import Calendar, Topic
from storage.delivery import usage
from storage.delivery.digests import Reach
from storage.delivery.usage import Stage
from storage.directory.accounts import AccountRow, reminder_account

LAST_STAGE: Mapping[Topic, Stage] = {Topic.DEADLINE: Stage.SCARCE, Topic.WEEK_SUMMARY: Stage.TIGHT}
"""The stage of the quota until which a topic is worth a message of its own: deadlines last longest, then the weekly
picture, then the rest."""


def account_for(db: Connection, person_id: int, topics: Iterable[Topic], now: datetime) -> AccountRow | None:
    """Find the account for a reminder of these topics; `None` if it has to wait, or the person cannot be reached."""
    stages = usage.stages(db, usage.month_of(now))
    account = reminder_account(db, person_id, _at(stages, Stage.SPENT))
    if account is None:
        return None
    stage = stages.get((account.channel, account.bot), Stage.PLENTY)
    return account if any(_is_worth(topic, stage) for topic in topics) else None


def reach(db: Connection, calendar: Calendar, now: datetime) -> Reach:
    """Say the same for everybody at once."""
    stages = usage.stages(db, usage.month_of(now))
    short = {
        stage: frozenset(rule.id for rule in calendar.values() if _is_worth(rule.topic, stage))
        for stage in (Stage.TIGHT, Stage.SCARCE)
    }
    return Reach(tuple(_at(stages, Stage.SPENT)), tuple((tuple(_at(stages, s)), rules) for s, rules in short.items()))


def spent(db: Connection, now: datetime) -> list[tuple[str, str]]:
    """List the bots, each by its channel and id, that can send nothing more this month."""
    return _at(usage.stages(db, usage.month_of(now)), Stage.SPENT)


def unspent(db: Connection, person_id: int, now: datetime, but: int) -> AccountRow | None:
    """Find the person's best account, leaving one out, whose bot can still send this month."""
    return reminder_account(db, person_id, spent(db, now), but)


def _is_worth(topic: Topic, stage: Stage) -> bool:
    return stage <= LAST_STAGE.get(topic, Stage.PLENTY)


def _at(stages: Mapping[tuple[str, str], Stage], stage: Stage) -> list[tuple[str, str]]:
    return sorted(bot for bot, its in stages.items() if its is stage)


def is_refused(db: Connection, account: AccountRow, now: datetime) -> bool:
    """Whether the platform lets nothing more through to an account this month, rather than that our meter says so."""
    return usage.of(db, account.channel, account.bot, usage.month_of(now)).refused
