"""One table of what each channel can carry. Code asks for an ability, never for a channel's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ability(StrEnum):
    """What some channels can do and others cannot."""

    BUTTONS = "buttons"
    """Choices are shown as buttons; without buttons people answer a menu with its numbers and words."""
    EDITS = "edits"
    """People can change what they wrote, and the bot hears of it."""
    FILES = "files"
    POSITIONS = "positions"
    PUSH = "push"
    """The bot can write first; in the other channels people see what is new when they open them."""
    QUOTA = "quota"
    """A bot may serve only so many people and send only so many messages a month, so several bots share the work."""

    TABLES = "tables"
    """A table is shown as one. Elsewhere it is written as lines, of which a message holds only so many."""
    OLD_APPS = "old_apps"
    """Somebody's app may be too old to show a table, and nobody is told: the text has to stay one tap away."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel's English title, what it can do, and where a chat with one of its bots begins."""

    title: str
    abilities: frozenset[Ability]
    chat_link: str = ""

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


_ALL_KINDS = frozenset({Ability.BUTTONS, Ability.FILES, Ability.POSITIONS, Ability.TABLES})

CHANNELS: Mapping[str, Channel] = {
    "telegram": Channel(
        "Telegram",
        _ALL_KINDS | {Ability.EDITS, Ability.OLD_APPS, Ability.PUSH},
        "https://t.me/{name}",
    ),
    # The link is not documented, but what others build on; the bot's name is said beside it.
    "zalo": Channel("Zalo", frozenset({Ability.PUSH, Ability.QUOTA}), "https://zalo.me/{id}"),
    "web": Channel("browser", _ALL_KINDS),
    "terminal": Channel("terminal", _ALL_KINDS),
}


def can(channel: str, ability: Ability) -> bool:
    """Whether a channel can do something; an unknown channel can do nothing."""
    return channel in CHANNELS and CHANNELS[channel].can(ability)


def able(ability: Ability) -> tuple[str, ...]:
    """The channels that can do something."""
    return tuple(name for name, channel in CHANNELS.items() if channel.can(ability))
