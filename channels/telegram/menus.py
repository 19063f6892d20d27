"""The commands menu of each person, by their roles and language: what Telegram offers beside the text box. Pure.

A menu shapes what is offered and authorises nothing: that is `handlers.access`'s.
"""

from collections.abc import Collection, Mapping

from aiogram.types import BotCommand

from handlers.tables import ACTIONS, COMMANDS
from locales import texts

DESCRIPTIONS: Mapping[str, str] = {
    "menu": "What I can do for you",
    "report": "Report an activity",
    "again": "Report the same as last time",
    "nil": "No activity this week",
    "mine": "My reports",
    "summary": "Summary of the week",
    "due": "What is due",
    "invite": "Invite someone",
    "staff": "Who takes part",
    "channels": "The bots with a quota",
    "connect": "Use another channel too",
    "language": "Language",
    "me": "Who I am here",
    "help": "Help",
}
"""What each command does, in the menu's few words."""


def menu(roles: Collection[str], language: str) -> list[BotCommand]:
    """The commands that these roles may use, under their Vietnamese or English names."""
    say = texts(language)
    return [
        BotCommand(command=_name(command.slashes, command.action, language), description=say(text))
        for command in COMMANDS
        if (text := DESCRIPTIONS.get(command.action)) and _is_offered(command.action, roles)
    ]


def _is_offered(action: str, roles: Collection[str]) -> bool:
    entry = ACTIONS[action]
    return entry.open_to_all or not entry.roles.isdisjoint(roles)


def _name(slashes: tuple[str, ...], action: str, language: str) -> str:
    """The English name of a command is its action's, where it has one; the Vietnamese one stands first."""
    return action if language == "en" and action in slashes else slashes[0]
