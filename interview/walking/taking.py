"""Reading one answer for one question: a value, or why not.

A reader never guesses: a near miss comes back as `Near`, to be confirmed by the person.
"""

from typing import TypeAlias

from interview.kinds.protocol import Near
from interview.kinds.table import example, kind_of
from interview.limits import MAX_TEXT
from interview.reading.numbers import read_number, within
from interview.reading.text import clean
from interview.reading.unreadable import Unreadable
from interview.shown import clipped
from interview.steps import Json, Reject
from interview.walking.state import State
from interview.walking.walk import Spot

Checked: TypeAlias = "Json | Reject"
Taken: TypeAlias = "Json | Reject | Near"


def read_typed(state: State, spot: Spot, text: str) -> Taken:
    """The value that a written message gives this question, checked against its constraint."""
    value = read_unchecked(state, spot, text)
    return value if isinstance(value, Near | Reject) else checked(state, spot, value, text)


def read_unchecked(state: State, spot: Spot, text: str) -> Taken:
    """The value that a written message gives this question, whatever its constraint says."""
    written = clean(text)
    if not written:
        return rejection(state, spot, Unreadable("empty"), text)
    if len(written) > MAX_TEXT:
        return rejection(state, spot, Unreadable("too_long", {"limit": MAX_TEXT, "length": len(written)}), text)
    value = kind_of(spot.question).read(state, spot, written)
    return rejection(state, spot, value, text) if isinstance(value, Unreadable) else value


def counted(state: State, spot: Spot, count: int) -> Checked:
    """A count for this question, if it can be one at all."""
    value = within(count, spot.question.highest, spot.question.lowest)
    return rejection(state, spot, value, str(count)) if isinstance(value, Unreadable) else value


def checked(state: State, spot: Spot, value: Json, text: str) -> Checked:
    """The value, if the form's constraint allows it."""
    if state.allows(spot.question, spot.entry, value):
        return value
    return rejection(state, spot, Unreadable("constraint"), text)


def rejection(state: State, spot: Spot, why: Unreadable, text: str) -> Reject:
    """Why the answer was not taken, in the form's own words where it has some."""
    params = {"answer": clipped(clean(text)), "example": example(state, spot.question, spot.entry), **why.params}
    texts = spot.question.constraint_message
    if why.code == "empty":
        texts = spot.question.required_message
    own = why.code in {"constraint", "empty", "too_large", "too_small", "negative"} and (
        why.code in {"constraint", "empty"} or not _number_allowed(state, spot, text)
    )
    message = texts.say(state.interview.language, state.slots, spot.entry) if own and texts else ""
    return Reject(why.code, params, message)


def near_miss(state: State, spot: Spot, near: Near, text: str) -> Reject:
    """Asks whether a near miss was meant."""
    return rejection(state, spot, Unreadable(near.code, {"choice": near.label}), text)


def _number_allowed(state: State, spot: Spot, text: str) -> bool:
    """Whether the constraint takes a number that the engine's own limits refuse."""
    number = read_number(text, 10**15, -(10**15))
    return isinstance(number, Unreadable) or state.allows(spot.question, spot.entry, number)
