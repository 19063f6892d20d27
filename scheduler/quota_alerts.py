"""Tells the secretariat, without being asked and once at each stage, that a bot's month runs short."""

from datetime import datetime

from sqlalchemy import Connection

from locales import Say, texts
from messages import Outgoing
from messages.actions import Bots, choice
from messages.channels import Ability, able
from storage.db import settings
from storage.delivery import usage
from storage.delivery.notices import notify
from storage.delivery.usage import Stage, Usage
from storage.directory import bots
from storage.directory.bots import Bot
from storage.directory.holders import holders
from storage.directory.persons import find_person


def warn_of_quotas(db: Connection, now: datetime) -> None:
    """Queue a notice for each bot that has reached a further stage of its month since the last notice."""
    month = usage.month_of(now)
    for channel in able(Ability.QUOTA):
        for bot in bots.bots(db, channel):
            used = usage.of(db, channel, bot.id, month)
            if used.stage > Stage.PLENTY and settings.advance(db, f"quota.{channel}.{bot.id}.{month}", used.stage):
                _tell_secretariat(db, bot, used, now)


def _tell_secretariat(db: Connection, bot: Bot, used: Usage, now: datetime) -> None:
    for person in {holder.person_id for holder in holders(db, ["secretariat"], now, now)}:
        if person is None:
            continue
        say = texts(find_person(db, person).language)
        offers = (choice(Bots(), say("The bots with a quota")),)
        notify(db, person, Outgoing(_text(say, bot, used), offers), now)


def _text(say: Say, bot: Bot, used: Usage) -> str:
    if used.stage is Stage.SPENT:
        return say(
            "The Zalo bot {name} has no messages left this month. Until the next one people hear from it by their "
            "other channels only.",
            name=bot.name,
        )
    return say(
        "The Zalo bot {name} has used {percent} % of this month's {quota} messages. "
        "As it runs short, reminders are merged and only the most important ones go out.",
        name=bot.name,
        percent=used.percent,
        quota=used.quota,
    )
