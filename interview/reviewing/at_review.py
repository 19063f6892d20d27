"""What is typed while the review is on display: to send, to open a question, or a correction in so many words.

A correction is taken where it surely answers one question: numbers by their names ("nữ 35 nam 10"), or a day
("ngày 20/11"). A number alone never does anything here.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from interview.forms.form import Group
from interview.limits import MAX_LINE, MAX_LINE_WORDS
from interview.lines.grouped import read_group, speaks_of_group
from interview.lines.phrases import LONGEST_DAY, Span, days_in, may_be_day
from interview.reading.choosing import Wording, choose, read_position
from interview.reading.spoken import Words, without_courtesy
from interview.reading.words import offered, says_send
from interview.reviewing.review import edit_token, open_extras, opened_by, reviewed
from interview.shown import called, shown
from interview.steps import Command, Json, Kind, Reject, Took
from interview.walking.commands import not_at_review, run
from interview.walking.stepping import Change, Turn
from interview.walking.taking import Near, near_miss, read_typed
from interview.walking.walk import Spot, relevant_spots

_VERBS = Words("sửa đổi chỉnh thay lại giúp muốn xin cho câu mục số change edit correct fix")
_FAVOUR = Words("giúp hộ với")
_INTO = re.compile(r" (?:thành|thanh|lại là|lai la|là|la|to) ", re.IGNORECASE)
_UNCLEAR = frozenset({"group_unclear", "parts_needed", "not_a_date", "empty", "too_long"})
"""Why a text is no correction at all."""


def typed_at_review(turn: Turn, text: str) -> Change:
    """The change that a text makes at the review; most make none, and that is said."""
    if len(text) > MAX_LINE or len(text.split()) > MAX_LINE_WORDS:
        return not_at_review(turn)
    if turn.here is not None and offered(text, (Command.CONTINUE,)):
        return run(turn, Command.CONTINUE)
    if says_send(text):
        return run(turn, Command.SEND)
    asked = _without_verb(text)
    exact, near = _meant(turn, asked)
    if exact:
        return open_question(turn, exact)
    return _corrected(turn, asked) or (open_question(turn, near) if near else not_at_review(turn))


def open_question(turn: Turn, spot: Spot, **seen: Json) -> Change:
    """Ask it again; afterwards the walk goes on, or back to a review that was opened in the middle of it."""
    return Change(view={"open": spot.path, "from": "end" if turn.here is None else "review", **seen})


def _without_verb(text: str) -> str:
    """ "sửa ngày thành 20/11" names a question and its answer."""
    words = without_courtesy(text).split()
    first, last = 0, len(words)
    while first < last and words[first] in _VERBS:
        first += 1
    while last > first and words[last - 1] in _FAVOUR:
        last -= 1
    return _INTO.sub(" ", " ".join(words[first:last])) or text


def _meant(turn: Turn, text: str) -> tuple[Spot | None, Spot | None]:
    """The line or extra that the words name, and the one that they nearly name."""
    spots = [*reviewed(turn), *(Spot(question, 0, question.path) for question in open_extras(turn.state))]
    found = choose(text, [Wording(edit_token(spot.question, spot.entry), _names(turn, spot)) for spot in spots])
    exact = found.exact if found.exact and read_position(text, 9_999) is None else None
    return _spot(turn, exact), _spot(turn, found.near)


def _spot(turn: Turn, token: str | None) -> Spot | None:
    return opened_by(turn.state, token) if token else None


def _names(turn: Turn, spot: Spot) -> tuple[str, ...]:
    """How a person may call a question at the review."""
    label = spot.question.label.say(turn.state.interview.language, turn.state.slots, spot.entry)
    return called(turn.state, spot.question, spot.entry), label


def _corrected(turn: Turn, text: str) -> Change | None:
    """A day, numbers, or both, if the whole text says so and each means one question only."""
    for change in (_counts(turn, text), _day(turn, text)):
        if change is not None:
            return change
    words = text.split()
    said = days_in(words, turn.state.now.date())
    if not said or _apart(said) > LONGEST_DAY:
        return None
    for first, last in said:
        day = _day(turn, " ".join(words[first:last]))
        counts = _counts(turn, " ".join((*words[:first], *words[last:])).strip(" ,;"))
        if day is not None and day.answers and counts is not None and counts.answers:
            days = {took.path: day.answers[took.path] for took in day.said if isinstance(took, Took)}
            return Change((*day.said, *counts.said), {**counts.answers, **days})
    return None


def _apart(spans: Collection[Span]) -> int:
    """Words from the first of these stretches to the end of the last: two days are no correction of one."""
    return max(last for _, last in spans) - min(first for first, _ in spans)


def _counts(turn: Turn, text: str) -> Change | None:
    groups = [(group, spots) for group, spots in _groups(turn) if speaks_of_group(group, spots, text)]
    if len(groups) != 1:
        return None
    group, spots = groups[0]
    said = read_group(turn.state, group, spots, text, together=False)
    if said.values:
        return _changed(turn, {spot: said.values[spot.path] for spot in spots if spot.path in said.values})
    return None if said.rejects[0].code in _UNCLEAR else Change(said.rejects)


def _groups(turn: Turn) -> Iterator[tuple[Group, tuple[Spot, ...]]]:
    for stop, entry in turn.way:
        if isinstance(stop, Group) and stop.together:
            yield stop, relevant_spots(turn.state, stop, entry)


def _day(turn: Turn, text: str) -> Change | None:
    days = [spot for spot in reviewed(turn) if spot.question.kind is Kind.DATE]
    if len(days) != 1 or not may_be_day(text):
        return None
    found = read_typed(turn.state, days[0], text)
    if isinstance(found, Near):
        opened = open_question(turn, days[0], near=found.name)
        return Change(said=(near_miss(turn.state, days[0], found, text),), view=opened.view)
    if isinstance(found, Reject):
        return None if found.code in _UNCLEAR else Change((found,))
    return _changed(turn, {days[0]: found})


def _changed(turn: Turn, values: Mapping[Spot, Json]) -> Change:
    said = tuple(
        Took(
            spot.path,
            called(turn.state, spot.question, spot.entry),
            shown(turn.state, spot.question, value),
            corrects=True,
        )
        for spot, value in values.items()
    )
    return Change(said, {**turn.answers, **{spot.path: value for spot, value in values.items()}})
