"""Reads a text as one of the choices that the chat was offered last: by number, word or label, or a plain yes or no."""

from functools import partial

from conversation.offered import answered, named, numbered
from conversation.readers.saying import begun_with
from conversation.readings import NO_READING, Meaning, Reading, Said, SaidToQuestion, sure
from handlers.access import perform
from handlers.context import Replies, Turn
from handlers.reports import interviewing
from handlers.reports.answer_lists import shows_list
from interview import read_number
from interview.kinds.table import NUMERIC
from messages import Choice, Outgoing
from messages.actions import is_of_interview
from messages.channels import Ability, can


def offered_last(said: Said) -> Reading:
    """Read a choice of the chat's latest menu."""
    turn, text = said.turn, said.text
    by_number = numbered(turn.offered, text)
    if by_number is not None:
        return sure(Meaning.CHOICE, partial(_chosen, turn, by_number))
    by_name = named(turn.offered, text)
    if by_name is not None:
        return sure(Meaning.CHOICE, partial(perform, turn, by_name.id))
    by_yes_or_no = answered(turn.offered, text)
    if by_yes_or_no is not None:
        return sure(Meaning.CHOICE, partial(_insist if by_yes_or_no.word else _chosen, turn, by_yes_or_no))
    return NO_READING


def offered_since(said: SaidToQuestion) -> Reading:
    """Read a choice that was offered after the open question was asked."""
    return NO_READING if _offers_question(said.turn) or _answers_by_number(said) else offered_last(said)


def offered_with_the_question(said: SaidToQuestion) -> Reading:
    """Read one of the open question's own choices, by its label."""
    return offered_last(said) if _offers_question(said.turn) else NO_READING


def gone_on_elsewhere(said: SaidToQuestion) -> Reading:
    """Read a number alone after the person went on with the report in another chat: it answers what was asked here.

    Words say what they mean, and go to the open question.
    """
    turn, opened = said.turn, said.opened
    is_asked_here = interviewing.is_asked_here(turn, opened, said.standing.revision)
    if is_asked_here or not _offers_question(turn) or not isinstance(read_number(said.text), int):
        return NO_READING
    intro = turn.say("You have gone on elsewhere since the question above. Here is where we are:")
    return sure(Meaning.ELSEWHERE, partial(interviewing.repeat, turn, opened, intro))


def _offers_question(turn: Turn) -> bool:
    """Whether the chat's latest menu belongs to a question, which reads its words itself; a list of answers is none."""
    return turn.menu.interview_id is not None and not shows_list(turn)


def _answers_by_number(said: SaidToQuestion) -> bool:
    """Whether a number alone answers the question that wants one: with buttons, nothing was numbered."""
    is_number = can(said.turn.channel, Ability.BUTTONS) and numbered(said.turn.offered, said.text) is not None
    return is_number and said.standing.asks(*NUMERIC)


def _chosen(turn: Turn, choice: Choice) -> Replies:
    """Do the choice and begin the replies with its label: if a number was typed, nothing else in the chat names it.

    An interview says by itself how it took an answer.
    """
    replies = perform(turn, choice.id)
    return replies if is_of_interview(choice.id) else begun_with(f"→ {choice.label}", replies)


def _insist(turn: Turn, choice: Choice) -> Replies:
    """Ask again: what cannot be undone takes more than a yes."""
    text = turn.say(
        "This cannot be undone, so to be sure: please press “{label}” or type “{word}”.",
        label=choice.label,
        word=choice.word,
    )
    return [Outgoing(text, tuple(turn.offered))]
