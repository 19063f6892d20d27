"""Reads what is typed while a reason is waited for: the reason itself, or a word that means something else."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidToQuestion, sure
from handlers.reports import second_look
from handlers.tables import action_for_word
from interview import navigation
from messages.actions import SendAsIs, decode


def of_a_warning(said: SaidToQuestion) -> Reading:
    """Read why what deserves a look in the open report is right. Buttons and the words for them come before it."""
    offered = (decode(each.id) for each in said.turn.offered)
    wanted = next((each for each in offered if isinstance(each, SendAsIs) and each.awaited), None)
    if wanted is None or navigation(said.text) is not None or action_for_word(said.text) is not None:
        return NO_READING
    return sure(Meaning.ANSWER, partial(second_look.take_reason, said.turn, wanted, said.text))
