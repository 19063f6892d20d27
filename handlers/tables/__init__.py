"""Two tables of everything that can be pressed and everything that can be typed, with who may do it.

Deny by default (reliability R8): an action in no table does nothing, a person without one of an action's roles is
refused, and so is one to whom none of these roles shows the unit that the action is about.
"""

from collections.abc import Mapping
from typing import Any

from handlers.tables import due, figures, people, reports
from handlers.tables.commands import BY_EXACT_WORD, BY_SLASH, BY_WORD, COMMANDS, LONGEST_WORD, Command, action_for_word
from handlers.tables.entries import EVERYONE, TOP, Entry
from messages.actions import Action

__all__ = [
    "ACTIONS",
    "BY_EXACT_WORD",
    "BY_SLASH",
    "BY_WORD",
    "COMMANDS",
    "EVERYONE",
    "LONGEST_WORD",
    "TOP",
    "Command",
    "Entry",
    "action_for_word",
]

ACTIONS: Mapping[type[Action], Entry[Any]] = {
    entry.kind: entry for entry in (*people.ENTRIES, *reports.ENTRIES, *figures.ENTRIES, *due.ENTRIES)
}
