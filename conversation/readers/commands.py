"""Reads a text as a command: a word that is the whole message, or a slash and its name."""

from functools import partial

from conversation.readers.saying import over_the_open_report
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidAfterSlash, SaidToQuestion, sure
from handlers.access import act, may
from handlers.context import Replies
from handlers.people import my_data
from handlers.tables import action_for_word
from interview.steps import Kind
from messages.actions import Action, Me, NewReport


def whole_message(said: Said) -> Reading:
    """Read a command word and nothing else."""
    action = action_for_word(said.text)
    return NO_READING if action is None else sure(Meaning.COMMAND, partial(act, said.turn, action))


def where_any_text_is_taken(said: SaidToQuestion) -> Reading:
    """Read a command word that this person may give: the open question takes any text, but this is no answer to it."""
    action = action_for_word(said.text)
    if action is None or not said.standing.asks(Kind.TEXT):
        return NO_READING
    is_theirs = may(said.turn, action)
    return sure(Meaning.COMMAND, partial(_instead, said, action)) if is_theirs else NO_READING


def instead(said: SaidToQuestion) -> Reading:
    """Read a command word that the open question does not take."""
    action = action_for_word(said.text)
    return NO_READING if action is None else sure(Meaning.COMMAND, partial(_instead, said, action))


def _instead(said: SaidToQuestion, action: Action) -> Replies:
    """Do the command and keep the draft; say so if another report begins."""
    replies = act(said.turn, action)
    return over_the_open_report(said, replies) if action == NewReport() else replies


def after_slash(said: SaidAfterSlash) -> Reading:
    """Read "/menu"."""
    action = said.beginning.action
    return NO_READING if action is None else sure(Meaning.COMMAND, partial(act, said.turn, action))


def new_name(said: SaidAfterSlash) -> Reading:
    """Read "/toi Nguyễn Thị Lan"."""
    name = said.beginning.rest if said.beginning.action == Me() else ""
    return sure(Meaning.NAME, partial(my_data.rename, said.turn, name)) if name else NO_READING
