"""Finds where a person can join on a channel with several bots: a ward has its bot, and a bot has so many places."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from messages.channels import CHANNELS, Ability, able, can
from rules.levels import Level
from services import access
from services.results import Refusal, Refused
from services.viewer import Viewer
from storage.delivery import usage
from storage.directory import bots
from storage.directory.bots import Bot
from storage.directory.units import Unit, UnitTree, unit_tree


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """The sender's address as the platform names it: a channel, its bot, and the chat."""

    channel: str
    bot: str
    account: str


def other_bot(db: Connection, sender: ChatAddress, unit_id: int, day: date) -> Bot | None:
    """Find the bot that a unit's people use instead of the sender's; `None` if the sender's is right."""
    there = bots.bots(db, sender.channel)
    fitting = bots.serving(there, _ward(unit_tree(db), unit_id, day))
    return fitting[0] if fitting and sender.bot not in {bot.id for bot in fitting} else None


def has_place(db: Connection, sender: ChatAddress) -> bool:
    """Whether the sender's bot can serve the sender."""
    return usage.has_room(db, sender.channel, sender.bot, sender.account)


class WaysIn:
    """By which bots people can come in, as it is now: read once, however many people are invited."""

    def __init__(self, db: Connection) -> None:
        self._tree = unit_tree(db)
        self._bots = [bots.bots(db, name) for name, channel in CHANNELS.items() if channel.chat_link]
        self._users = usage.users_of_all(db) if any(self._bots) else {}

    def into(self, unit_id: int, day: date) -> list[Bot]:
        """List the bots by which one more of a unit's people can come in, one a channel: the one with the most room."""
        ward = _ward(self._tree, unit_id, day)
        serving = (bots.serving(there, ward) for there in self._bots)
        with_room = ([bot for bot in there if self._takes_one_more(bot)] for there in serving)
        return [min(there, key=self._users_of) for there in with_room if there]

    def _takes_one_more(self, bot: Bot) -> bool:
        return not can(bot.channel, Ability.QUOTA) or self._users_of(bot) < usage.FREE_USERS

    def _users_of(self, bot: Bot) -> int:
        return self._users.get((bot.channel, bot.id), 0)


def metered(db: Connection) -> list[Bot]:
    """List every bot with a quota that ever started."""
    return [bot for channel in able(Ability.QUOTA) for bot in bots.bots(db, channel)]


def wards(viewer: Viewer) -> list[Unit]:
    """List the wards that a bot can be given: those of today."""
    return viewer.tree.of_level(Level.WARD)


def serve(db: Connection, viewer: Viewer, bot_id: str, ward: str, *, wanted: bool) -> Bot | Refused:
    """Give a ward to a bot, or take it away. People who have joined stay where they are."""
    known = next((bot for bot in metered(db) if bot.id == bot_id), None)
    if not access.may_assign_bots(viewer) or known is None or ward not in {unit.code for unit in wards(viewer)}:
        return Refused(Refusal.UNKNOWN)
    served = bots.in_hand(db, known.channel, known.id) or known
    bots.set_wards(db, served, tuple({*served.wards, ward} if wanted else {*served.wards} - {ward}))
    return bots.bot(db, known.channel, known.id) or known


def _ward(tree: UnitTree, unit_id: int, day: date) -> str:
    """Return the code of the ward that a unit is or lies in, empty for units above."""
    units = tree.on(day)
    ward = units.ward_around(units.unit(unit_id))
    return ward.code if ward else ""
