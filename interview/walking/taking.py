"""Reading one answer for one question: a value, or why not.

A reader never guesses: a near miss comes back as `Near`, to be confirmed by the person.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from interview.limits import MAX_TEXT
from interview.reading.choosing import Wording, choose, read_position
from interview.reading.dates import read_date, was_long_ago
from interview.reading.numbers import read_decimal, read_number, within
from interview.reading.text import clean, plain_digits
from interview.reading.times import read_time
from interview.reading.unreadable import Unreadable
from interview.shown import clipped, day, example
from interview.steps import Json, Kind, Reject
from interview.walking.state import State
from interview.walking.walk import Spot

_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,10})?)[,; ] ?(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)")
_LIST = re.compile(r"[,;\n+&]| và | and ")


@dataclass(frozen=True, slots=True)
class Near:
    """What was probably meant: the choice's name, and how it is called."""

    name: str
    label: str
    code: str = "did_you_mean"


Read: TypeAlias = "Json | Unreadable | Near"
Checked: TypeAlias = "Json | Reject"
Taken: TypeAlias = "Json | Reject | Near"


def read_typed(state: State, spot: Spot, text: str) -> Taken:
    """The value that a written message gives this question, checked against its constraint."""
    found = read_unchecked(state, spot, text)
    return found if isinstance(found, Near | Reject) else checked(state, spot, found, text)


def read_unchecked(state: State, spot: Spot, text: str) -> Taken:
    """The value that a written message gives this question, whatever its constraint says."""
    written = clean(text)
    if not written:
        return rejection(state, spot, Unreadable("empty"), text)
    if len(written) > MAX_TEXT:
        return rejection(state, spot, Unreadable("too_long", {"limit": MAX_TEXT, "length": len(written)}), text)
    found = _READERS[spot.question.kind](state, spot, written)
    return rejection(state, spot, found, text) if isinstance(found, Unreadable) else found


def counted(state: State, spot: Spot, count: int) -> Checked:
    """A count for this question, if it can be one at all."""
    found = within(count, spot.question.highest, spot.question.lowest)
    return rejection(state, spot, found, str(count)) if isinstance(found, Unreadable) else found


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
    """Asks whether it was meant."""
    return rejection(state, spot, Unreadable(near.code, {"choice": near.label}), text)


def ordered(state: State, spot: Spot) -> Sequence[int]:
    """The positions of the choices that are open, what this person picks most first: how they are numbered."""
    choices, allowed = spot.question.choices, state.allowed(spot.question, spot.entry)
    preferred = state.interview.preferred.get(spot.question.name)
    if choices is None or not preferred:
        return allowed
    rank = {choices.by_name.get(name): at for at, name in enumerate(preferred)}
    return sorted(allowed, key=lambda at: rank.get(at, len(rank)))


def _number_allowed(state: State, spot: Spot, text: str) -> bool:
    """Whether the constraint takes a number that the engine's own limits refuse."""
    number = read_number(text, 10**15, -(10**15))
    return isinstance(number, Unreadable) or state.allows(spot.question, spot.entry, number)


def wordings(state: State, spot: Spot) -> tuple[Wording, ...]:
    """How the open choices may be called, in the order they are numbered in."""
    choices = spot.question.choices
    if choices is None:
        return ()
    return tuple(choices.wordings[at] for at in ordered(state, spot))


def _choice(state: State, spot: Spot, text: str) -> str | Unreadable | Near:
    called = wordings(state, spot)
    chosen = choose(text, called)
    choices, language = spot.question.choices, state.interview.language
    if chosen.exact is not None or choices is None:
        return chosen.exact or ""
    if chosen.near is not None:
        return Near(chosen.near, choices.label(chosen.near, language))
    if chosen.several:
        labels = "; ".join(choices.label(name, language) for name in chosen.several[:5])
        return Unreadable("ambiguous_choice", {"choices": labels})
    number = read_position(text, 9_999)
    if number is not None or plain_digits(text) == "0":
        return Unreadable("choice_number", {"number": number or 0, "count": len(called)})
    return Unreadable("not_a_choice")


def _choices(state: State, spot: Spot, text: str) -> list[Json] | Unreadable | Near:
    whole = choose(text, wordings(state, spot))
    if whole.exact is not None:
        return [whole.exact]
    parts = [part.strip() for part in _LIST.split(text) if part.strip()]
    if all(read_position(part, 9_999) for part in text.split()):
        parts = text.split()
    parts = list(dict.fromkeys(parts))
    called = [wording.name for wording in wordings(state, spot)]
    names: list[str] = []
    for part in parts[: len(called) + 1]:  # more parts than choices say something else as well
        found = _choice(state, spot, part)
        if isinstance(found, Unreadable):
            return Unreadable(found.code, {"answer": clipped(part), **found.params})
        if isinstance(found, Near):
            return found if len(parts) == 1 else Unreadable("not_a_choice", {"answer": part, "example": found.label})
        names.append(found)
    if len(parts) > len(called):
        return Unreadable("not_a_choice", {"answer": clipped(parts[len(called)])})
    return [name for name in called if name in names]


def _integer(_: State, spot: Spot, text: str) -> Read:
    return read_number(text, spot.question.highest, spot.question.lowest)


def _decimal(_: State, spot: Spot, text: str) -> Read:
    found = read_decimal(text, spot.question.highest, spot.question.lowest)
    return found if isinstance(found, Unreadable) else float(found)


def _date(state: State, _: Spot, text: str) -> Read:
    found, today = read_date(text, state.now.date()), state.now.date()
    if isinstance(found, Unreadable):
        return found
    return Near(found.isoformat(), day(found), "which_year") if was_long_ago(text, found, today) else found.isoformat()


def _time(_state: State, _: Spot, text: str) -> Read:
    found = read_time(text)
    return found if isinstance(found, Unreadable) else f"{found:%H:%M}"


def _text(_state: State, _: Spot, text: str) -> Read:
    return text


def _point(_state: State, _: Spot, text: str) -> Read:
    found = _POINT.fullmatch(plain_digits(text))
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return Unreadable("location_needed")
    return [float(found[1]), float(found[2])]


def _needs(code: str) -> Callable[[State, Spot, str], Read]:
    return lambda _state, _spot, _text: Unreadable(code)


_READERS: Mapping[Kind, Callable[[State, Spot, str], Read]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.SELECT_ONE: _choice,
    Kind.SELECT_MULTIPLE: _choices,
    Kind.IMAGE: _needs("photo_needed"),
    Kind.FILE: _needs("file_needed"),
    Kind.GEOPOINT: _point,
}
