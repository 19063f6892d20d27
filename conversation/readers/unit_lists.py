"""Reads what is typed under a list of units: a unit, or a part of its name ("phuong 10", "kp 5")."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers import unit_lists


def narrowed(said: Said) -> Reading:
    """Read a text that names some of the units which the chat lists."""
    found = unit_lists.narrowed(said.turn, said.text)
    return sure(Meaning.CHOICE, partial(unit_lists.show, said.turn, found)) if found else NO_READING
