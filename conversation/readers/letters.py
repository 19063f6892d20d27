"""Reads what is typed while a part of a letter is offered for writing: it is that part, whatever it says."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may
from handlers.figures.letters import take_text
from messages.actions import FillPart


def part_of_letter(said: Said) -> Reading:
    """Read the text of a part. Buttons, and words that stand for them, come before it."""
    wanted = next((each for each in said.turn.offered_actions if isinstance(each, FillPart)), None)
    if wanted is None or not may(said.turn, wanted):
        return NO_READING
    return sure(Meaning.ANSWER, partial(take_text, said.turn, wanted, said.text))
