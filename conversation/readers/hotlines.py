"""Reads the hotline that the secretariat types: "/duongdaynong 1234 5678 (ban ngày)", "/duongdaynong xóa"."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, sure
from handlers import hotline, menu
from handlers.access import may
from handlers.context import Replies, Turn
from handlers.reports import private
from handlers.tables import action_for_word
from interview import fold
from messages import Outgoing
from messages.actions import Hotline


def asked(said: Said) -> Reading:
    """Read the word "hotline" from whoever does not set it: they want the number."""
    if action_for_word(said.text) != Hotline() or may(said.turn, Hotline()) or not said.turn.agreed:
        return NO_READING
    return sure(Meaning.COMMAND, partial(_who_helps, said.turn))


def _who_helps(turn: Turn) -> Replies:
    return [Outgoing(private.who_helps(turn), menu.back_to_menu(turn))]


_NONE = frozenset({"xoa", "khong", "none"})


def typed(said: SaidAfterSlash) -> Reading:
    """Read the number after the command."""
    if said.beginning.action != Hotline() or not said.rest or not may(said.turn, Hotline()):
        return NO_READING
    text = "" if fold(said.rest) in _NONE else said.rest
    return sure(Meaning.COMMAND, partial(hotline.take, said.turn, text))
