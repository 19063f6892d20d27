"""Reads the hotline that the secretariat types: "/duongdaynong 1234 5678 (ban ngày)", "/duongdaynong xóa"."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidAfterSlash, sure
from handlers import hotline
from handlers.access import may
from interview import fold
from messages.actions import Hotline

_NONE = frozenset({"xoa", "khong", "none"})


def typed(said: SaidAfterSlash) -> Reading:
    """Read the number after the command."""
    if said.beginning.action != Hotline() or not said.rest or not may(said.turn, Hotline()):
        return NO_READING
    text = "" if fold(said.rest) in _NONE else said.rest
    return sure(Meaning.COMMAND, partial(hotline.take, said.turn, text))
