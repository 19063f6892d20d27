"""Answers small talk without a menu of everything: thanks, a plain yes, a heart. A question mark asks for help."""

import re
from functools import partial

from conversation.offered import says_yes
from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers import menu
from handlers.context import Replies, Turn
from interview import fold
from messages import Outgoing

_THANKS = re.compile(r"(?:da |ok |vang )*(?:cam on|thanks?|thank you|tks)\b(?: \S+){0,4}")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f300-\U0001faff ]+")


_LONGEST = 300
"""Characters of small talk; a longer text is a story."""


def _plain(said: Said) -> str:
    return fold(said.text) if len(said.text) <= _LONGEST else ""


def question_mark(said: Said) -> Reading:
    """Read "?"."""
    text = _plain(said)
    is_question = text != "" and not text.strip("? ")
    return sure(Meaning.SMALL_TALK, partial(menu.show_help, said.turn)) if is_question else NO_READING


def thanks(said: Said) -> Reading:
    """Read a text that wants one warm line, and nothing more."""
    text = _plain(said)
    is_thanks = says_yes(said.text) or _THANKS.fullmatch(text.strip(" .!")) or _EMOJI.fullmatch(text)
    return sure(Meaning.SMALL_TALK, partial(be_warm, said.turn)) if is_thanks else NO_READING


def be_warm(turn: Turn) -> Replies:
    return [Outgoing(turn.say("Thank you! I am here whenever you need me."), menu.back_to_menu(turn))]
