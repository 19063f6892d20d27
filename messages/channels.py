"""What each channel can carry: one table. Whoever needs an ability asks for it, never for a channel's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ability(StrEnum):
    """What some channels can do and others cannot."""

    BUTTONS = "buttons"
    """Choices are shown to be pressed; without them a menu is answered by its numbers and words only."""
    EDITS = "edits"
    """People can change what they wrote, and the bot hears of it."""
    FILES = "files"
    POSITIONS = "positions"
    PUSH = "push"
    """It reaches a person unasked; the others show what there is when they are opened."""
    QUOTA = "quota"
    """A bot serves so many people and so many messages a month, so several bots may share the work."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel's English title, what it can do, and where a chat with one of its bots begins."""

    title: str
    abilities: frozenset[Ability]
    chat_link: str = ""

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


_ALL_KINDS = frozenset({Ability.BUTTONS, Ability.FILES, Ability.POSITIONS})

CHANNELS: Mapping[str, Channel] = {
    "telegram": Channel("Telegram", _ALL_KINDS | {Ability.EDITS, Ability.PUSH}),
    # The link is not documented, but what others build on; the bot's name is said beside it.
    "zalo": Channel("Zalo", frozenset({Ability.PUSH, Ability.QUOTA}), "https://zalo.me/{id}"),
    "web": Channel("browser", _ALL_KINDS),
    "terminal": Channel("terminal", _ALL_KINDS),
}


def can(channel: str, ability: Ability) -> bool:
    """Whether a channel can do something; what no table knows can nothing."""
    return channel in CHANNELS and CHANNELS[channel].can(ability)


def able(ability: Ability) -> tuple[str, ...]:
    """The channels that can do something."""
    return tuple(name for name, channel in CHANNELS.items() if channel.can(ability))
