"""Reads a text as an answer to the open question; the interview says whether it takes it."""

from functools import partial

from conversation.readings import NO_READING, Meaning, Reading, SaidAfterSlash, SaidToQuestion, likely, sure
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from interview import navigation
from interview.steps import Typed
from storage.conversation.turns import OpenInterview


def to_the_question(said: SaidToQuestion) -> Reading:
    """Read an answer. A text that the question cannot take may be something else; if not, the question says why."""
    act = partial(interviewing.take_text, said.turn, said.opened, said.step)
    return likely(Meaning.ANSWER, act) if interviewing.refuses(said.step, said.text) else sure(Meaning.ANSWER, act)


def move(said: SaidAfterSlash) -> Reading:
    """Read "/lui", "/huy": a slash before a word that moves about in the open report."""
    opened = said.turn.interview
    if opened is None or navigation(said.name) is None:
        return NO_READING
    return sure(Meaning.MOVE, partial(_move, said.turn, opened, said.name))


def _move(turn: Turn, opened: OpenInterview, word: str) -> Replies:
    step = interviewing.look(turn, opened).take(Typed(word))
    return interviewing.take_text(turn, opened, step)
