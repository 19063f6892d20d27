"""Reads what is typed while a note to something that was handed in is offered: it is that note."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, Said, sure
from handlers.access import may
from handlers.obligations.viewing import take_note
from messages.actions import NoteOwed


def note(said: Said) -> Reading:
    """Read the text of a note. Buttons, and words that stand for them, come before it."""
    wanted = next((each for each in said.turn.offered_actions if isinstance(each, NoteOwed)), None)
    if wanted is None or not may(said.turn, wanted):
        return NO_READING
    return sure(Meaning.ANSWER, partial(take_note, said.turn, wanted, said.text))
