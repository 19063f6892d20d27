"""What needs no menu of everything: thanks, a plain yes, a heart; and a question mark, which asks for help."""

import re

from handlers import menu
from handlers.context import Replies, Turn
from handlers.offered import says_yes
from interview import fold
from messages import Outgoing

_THANKS = re.compile(r"(?:da |ok |vang )*(?:cam on|thanks?|thank you|tks)\b(?: \S+){0,4}")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f300-\U0001faff ]+")


def answer(turn: Turn, text: str) -> Replies | None:
    """One warm line; `None` if the text is more than small talk."""
    said = fold(text)
    if said and not said.strip("? "):
        return menu.show_help(turn)
    if says_yes(text) or _THANKS.fullmatch(said.strip(" .!")) or _EMOJI.fullmatch(said):
        return [Outgoing(turn.say("Thank you! I am here whenever you need me."), menu.back_to_menu(turn))]
    return None
