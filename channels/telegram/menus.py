"""Makes each person's commands menu, which Telegram offers beside the text box, from their roles and language. Pure.

A menu offers commands and permits nothing.
"""

from collections.abc import Collection

from aiogram.types import BotCommand

from handlers.tables import ACTIONS, COMMANDS
from locales import texts
from messages.actions import Action


def menu(roles: Collection[str], language: str) -> list[BotCommand]:
    """List the commands that these roles may use, under their Vietnamese or English names."""
    say = texts(language)
    return [
        BotCommand(
            command=_name(command.slashes, command.action.NAME, language),
            description=say(command.description or command.name),
        )
        for command in COMMANDS
        if _is_offered(command.action, roles)
    ]


def _is_offered(action: Action, roles: Collection[str]) -> bool:
    entry = ACTIONS[type(action)]
    return entry.open_to_all or not entry.roles.isdisjoint(roles)


def _name(slashes: tuple[str, ...], name: str, language: str) -> str:
    """The English name of a command is its action's, where it has one; the Vietnamese one stands first."""
    return name if language == "en" and name in slashes else slashes[0]
