"""Reads what is typed after the commands about reminders: the theme of the Action Month."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidAfterSlash, sure
from handlers import reminding
from handlers.access import may
from messages.actions import SetTheme

_THEME = frozenset({"chude", "theme"})


def typed(said: SaidAfterSlash) -> Reading:
    """Read "/chude Chấm dứt bạo lực" as the theme."""
    if said.name not in _THEME or not said.rest or not may(said.turn, SetTheme()):
        return NO_READING
    return sure(Meaning.COMMAND, partial(reminding.set_theme, said.turn, said.rest))
