"""The bots of a channel that needs several: each bot's name, and the wards that it serves.

A bot introduces itself when it starts; the secretariat says which wards are its own. A bot without wards serves
everybody whose ward has none.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from messages.channels import CHANNELS
from storage import tables as t
from storage.db import settings


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot; `id` is the public part of its token, `name` what it is called, on Telegram its user name."""

    channel: str
    id: str
    name: str
    wards: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """The address that begins a chat with it; empty on a channel without such addresses."""
        return CHANNELS[self.channel].chat_link.format(id=self.id, name=self.name)


def bots(db: Connection, channel: str) -> list[Bot]:
    """A channel's bots by their ids."""
    kept = t.setting.c
    rows = db.execute(
        select(kept.key, kept.value).where(kept.key.startswith(f"bot.{channel}.", autoescape=True)).order_by(kept.key)
    )
    return [_bot(key, value) for key, value in rows]


def bot(db: Connection, channel: str, bot_id: str) -> Bot | None:
    """One bot, if it ever started."""
    value = db.scalar(select(t.setting.c.value).where(t.setting.c.key == _key(channel, bot_id)))
    return _bot(_key(channel, bot_id), value) if value is not None else None


def introduce(db: Connection, channel: str, bot_id: str, name: str) -> None:
    """Note that a bot is there, and its name now; its wards stay."""
    known = bot(db, channel, bot_id)
    _keep(db, Bot(channel, bot_id, name, known.wards if known else ()))


def in_hand(db: Connection, channel: str, bot_id: str) -> Bot | None:
    """Lock a bot for a change: nobody else changes it until this turn is committed."""
    if db.dialect.name == "postgresql":
        db.execute(select(t.setting.c.key).where(t.setting.c.key == _key(channel, bot_id)).with_for_update())
    return bot(db, channel, bot_id)


def set_wards(db: Connection, served: Bot, wards: tuple[str, ...]) -> None:
    """Say which wards a bot serves."""
    _keep(db, Bot(served.channel, served.id, served.name, tuple(sorted(wards))))


def serving(bots: list[Bot], ward: str) -> list[Bot]:
    """Choose the bots that a ward's people may use: the ward's own, else those without wards."""
    return [bot for bot in bots if ward in bot.wards] or [bot for bot in bots if not bot.wards]


def _key(channel: str, bot_id: str) -> str:
    return f"bot.{channel}.{bot_id}"


def _bot(key: str, value: str) -> Bot:
    _, channel, bot_id = key.split(".", 2)
    data = json.loads(value)
    return Bot(channel, bot_id, data["name"], tuple(data["wards"]))


def _keep(db: Connection, kept: Bot) -> None:
    value = json.dumps({"name": kept.name, "wards": kept.wards}, ensure_ascii=False)
    settings.keep(db, _key(kept.channel, kept.id), value)
