"""Reads what is typed under a list of units, people or reports: a name or a part of it ("phuong 10", "kp 5", "lan")."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers import long_lists, unit_lists


def narrowed(said: Said) -> Reading:
    """Read a text that names some of what the chat lists."""
    found = unit_lists.narrowed(said.turn, said.text) or long_lists.narrowed(said.turn, said.text)
    return sure(Meaning.CHOICE, partial(unit_lists.show, said.turn, found)) if found else NO_READING
