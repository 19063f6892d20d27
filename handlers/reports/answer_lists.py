"""Shows the answers of the review as buttons, so that the review itself stays short.

A long form (a draft plan of many activities) has them by entry: a page of entries first, then the answers of one. So a
phone shows one screen of buttons, and a channel without buttons a message with few numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.context import Turn
from handlers.reports.asking import COMMANDS, EDIT_LIST, PRESENT, beginning, entries_of, together, worded
from interview.steps import Interview, Output, Review, ReviewLine, WalkCommand
from messages import AskedAt, Choice, Outgoing
from messages.actions import Choose, choice
from messages.actions.base import number

PAGE = 12
"""Buttons of answers in a message: a report's fit one, those of an activity of a draft plan two."""
LABEL = 60
"""Letters of a button."""
ALL = -1
"""The place of the list of everything: no entry is opened."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the list, as its token says it: "edit" is the first, "edit.3" an entry, "edit.3.1" its second page."""

    entry: int = ALL
    page: int = 0

    @classmethod
    def of(cls, token: str) -> "_Page":
        _, entry, page, *_ = (*token.split("."), "", "")
        return cls(number(entry, ALL), number(page))

    def __str__(self) -> str:
        place = "" if self.entry == ALL else self.entry
        return f"{EDIT_LIST}.{place}.{self.page}" if self.page else f"{EDIT_LIST}.{place}".rstrip(".")


def is_of_list(token: str) -> bool:
    """Whether a button opens a page of such a list, instead of a question."""
    return token.partition(".")[0] == EDIT_LIST


def shows_list(turn: Turn) -> bool:
    """Whether the chat shows such a list: nothing else offers the way back to the review and pages or answers."""
    tokens = [action.token for action in turn.offered_actions if isinstance(action, Choose)]
    return len(tokens) > 1 and PRESENT in tokens


def answer_list(turn: Turn, interview_id: int, state: Interview, outputs: Iterable[Output], token: str) -> Outgoing:
    """Show the page of answers that a button opens."""
    review = next((output for output in outputs if isinstance(output, Review)), None)
    if review is None:
        return worded(turn, interview_id, state, tuple(outputs))
    entries, at = _entries(review.lines), _Page.of(token)
    opened = entries[at.entry] if 0 <= at.entry < len(entries) else None
    rows = entries if opened is None else [[line] for line in opened]
    at = _Page(ALL if opened is None else at.entry, at.page if at.page * PAGE < len(rows) else 0)
    first = at.page * PAGE

    def opens(token: object, label: str, word: str = "") -> Choice:
        return choice(Choose(interview_id, state.revision, str(token)), label, word)

    choices = [
        opens(lines[0].token if len(lines) == 1 else _Page(place), beginning(lines, LABEL))
        for place, lines in enumerate(rows[first : first + PAGE], first)
    ]
    if first + PAGE < len(rows):
        choices.append(opens(_Page(at.entry, at.page + 1), *COMMANDS[WalkCommand.NEXT_PAGE](turn.say)))
    if at != _Page():
        back = _Page(at.entry, at.page - 1) if at.page else _Page()
        choices.append(opens(back, *COMMANDS[WalkCommand.BACK](turn.say)))
    choices.append(opens(PRESENT, *COMMANDS[WalkCommand.REVIEW](turn.say)))
    return Outgoing(_text(turn, opened, rows, at), tuple(choices), asks=AskedAt(interview_id, state.revision))


def _entries(lines: Sequence[ReviewLine]) -> list[list[ReviewLine]]:
    """What the first page lists: each answer while they are few, or else each entry with its answers."""
    entries = entries_of(lines)
    return [[line] for line in lines] if len(lines) <= PAGE or len(entries) == 1 else entries


def _text(turn: Turn, opened: Sequence[ReviewLine] | None, rows: Sequence[Sequence[ReviewLine]], at: _Page) -> str:
    """The question, and above it the entry that is opened: in full once, since the review may have cut it."""
    if any(len(row) > 1 for row in rows):
        return turn.say("In which of these should something be corrected?")
    ask = turn.say("Which answer should be corrected?")
    if opened is None:
        return ask
    whole = together(opened)
    return f"{beginning(opened, LABEL) if at.page else whole}\n\n{ask}"
