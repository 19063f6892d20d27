"""What an answer does to the open question: a text, a press, a photo, a file or a place."""

from dataclasses import replace

from interview.forms.form import Question, QuestionGroup, Repeat
from interview.kinds.table import kind_of
from interview.lines.grouped import read_group, speaks_of_group
from interview.reading.choosing import read_position
from interview.reading.replacing import what_is_meant
from interview.reading.words import navigation, offered
from interview.reviewing.at_review import open_from_review, typed_at_review
from interview.reviewing.review import opened_by
from interview.steps import Answer, Media, Point, Pressed, Reject, Typed, WalkCommand
from interview.walking.buttons import WAY
from interview.walking.commands import press, run
from interview.walking.entering import may_remove
from interview.walking.giving import sorted_out, written
from interview.walking.receiving import receive
from interview.walking.stepping import StepChange, Stepping, looking, rejected, returning, standing
from interview.walking.walk import Here, group_asking, relevant_spots

_UNREAD = frozenset({"not_a_choice", "not_a_date", "not_a_number", "group_unclear", "option_needed"})
"""The codes of a text that says nothing to a question: any other answers it, though in a way that it cannot take."""
_OF_REPEAT = (WalkCommand.MORE, WalkCommand.FINISH)


def react(stepping: Stepping, answer: Answer) -> StepChange:
    """The change that an answer makes."""
    match answer:
        case Pressed():
            return _pressed(stepping, answer.token)
        case Typed():
            return _typed(stepping, answer.text)
        case Media() | Point():
            return receive(stepping, answer)


def _pressed(stepping: Stepping, token: str) -> StepChange:
    if token in WalkCommand._value2member_map_:
        return run(stepping, WalkCommand(token))
    if opened_by(stepping.state, token) is not None:
        return open_from_review(stepping, token) if stepping.at_review else rejected("stale_option")
    return press(stepping, token)


def _typed(stepping: Stepping, text: str) -> StepChange:
    if stepping.view.get("cancel") and (decided := _one_of(text, (WalkCommand.DROP, WalkCommand.KEEP))):
        return run(stepping, decided)
    command = navigation(text)
    if command is not None and (command is not WalkCommand.SEND or stepping.at_review):
        return run(stepping, command)
    here = stepping.here
    if stepping.at_review or here is None:
        return typed_at_review(stepping, text)
    ways = stepping.view.get("ways")
    if isinstance(ways, list) and (position := read_position(text, len(ways))):
        return press(stepping, f"{WAY}{position - 1}")
    said = _said_command(stepping, here, text)
    if said is not None:
        return run(stepping, said)
    change = _written(stepping, here, text)
    if change.answers is None and change.view is None and (meant := what_is_meant(text)) != text:
        change = _written(stepping, here, meant)
    return _another_correction(stepping, change, text) or change


def _another_correction(stepping: Stepping, change: StepChange, text: str) -> StepChange | None:
    """What a text corrects elsewhere, if the question that was opened from the review cannot take it."""
    is_read = not all(isinstance(output, Reject) and output.code in _UNREAD for output in change.said)
    if is_read or change.answers is not None or change.view is not None or "from" not in stepping.view:
        return None
    interview = replace(stepping.state.interview, view=returning(stepping))
    at_review = standing(replace(stepping.state, interview=interview))
    other = typed_at_review(at_review, text) if at_review.at_review else change
    if other.answers is None and other.view is None:
        return None
    return other if other.view is not None else replace(other, view=interview.view)


def _written(stepping: Stepping, here: Here, text: str) -> StepChange:
    match here.stop:
        case Repeat():
            return rejected("option_needed")
        case QuestionGroup():
            return _group(stepping, here, here.stop, text)
        case Question():
            group = group_asking(stepping.form, here.stop)
            return written(stepping, here.spots[0], text) if group is None else _member(stepping, here, group, text)


def _said_command(stepping: Stepping, here: Here, text: str) -> WalkCommand | None:
    if stepping.view.get("near") is not None:
        return _one_of(text, (WalkCommand.YES, WalkCommand.NO))
    if stepping.view.get("total") and offered(text, (WalkCommand.TAKE_TOTAL,)):
        return WalkCommand.TAKE_TOTAL
    if may_remove(stepping, here) and offered(text, (WalkCommand.REMOVE,)):
        return WalkCommand.REMOVE
    numbered, words = _commands(here)
    return _one_of(text, () if stepping.view.get("typed") else numbered) or offered(text, words)


def _commands(here: Here) -> tuple[tuple[WalkCommand, ...], tuple[WalkCommand, ...]]:
    """The commands at this stop that are numbered, and those that a word can say."""
    if isinstance(here.stop, Question):
        kind = kind_of(here.stop)
        return kind.numbered, kind.words
    return (_OF_REPEAT, _OF_REPEAT) if isinstance(here.stop, Repeat) else ((), ())


def _one_of(text: str, commands: tuple[WalkCommand, ...]) -> WalkCommand | None:
    """One of the commands on offer, by its number or by a word."""
    position = read_position(text, len(commands)) if commands else None
    return commands[position - 1] if position else offered(text, commands)


def _group(stepping: Stepping, here: Here, group: QuestionGroup, text: str) -> StepChange:
    spots = relevant_spots(stepping.state, group, here.entry)
    together = isinstance(here.stop, QuestionGroup)
    said = read_group(stepping.state, group, spots, text, together=together)
    if said.values:
        return sorted_out(stepping, group, here.entry, said.values)
    if said.ways:
        return StepChange(said.rejects, view=looking(stepping, ways=list(map(dict, said.ways))))
    if said.total:
        return StepChange(said.rejects, view=looking(stepping, total=dict(said.total)))
    return _asked_again(stepping, here, group, said.rejects)


def _member(stepping: Stepping, here: Here, group: QuestionGroup, text: str) -> StepChange:
    """One question of a group asked alone: a number is never taken for another member's or for the total."""
    spots = relevant_spots(stepping.state, group, here.entry)
    if speaks_of_group(group, spots, text):
        return _group(stepping, here, group, text)
    change = written(stepping, here.spots[0], text)
    if change.answers is None:
        said = read_group(stepping.state, group, spots, text)
        if len(said.values) == len(spots):
            return sorted_out(stepping, group, here.entry, said.values)
        rejects = tuple(output for output in change.said if isinstance(output, Reject))
        return _asked_again(stepping, here, group, rejects) if here.spots[0].question.depends else change
    return change


def _asked_again(stepping: Stepping, here: Here, group: QuestionGroup, rejects: tuple[Reject, ...]) -> StepChange:
    """Values that do not go together: any of them may be wrong, so the whole group is asked again."""
    apart = isinstance(here.stop, Question) and any(reject.code == "constraint" for reject in rejects)
    return StepChange(rejects, view=looking(stepping, open=stepping.state.path(group, here.entry)) if apart else None)
