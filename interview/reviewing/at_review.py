"""What people type while the review is shown: to send it, to open a question, or to correct an answer at once.

A correction is taken where it surely answers one question: numbers by their names ("nữ 35 nam 10"), or a day
("ngày 20/11"). A number alone never does anything here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from interview.forms.form import QuestionGroup, Repeat
from interview.kinds.protocol import Near
from interview.limits import MAX_LINE, MAX_LINE_WORDS
from interview.lines.grouped import read_group, speaks_of_group
from interview.lines.phrases import LONGEST_DAY, Span, days_in, may_be_day
from interview.reading.choosing import Wording, choose, read_position
from interview.reading.spoken import WordSet, without_courtesy
from interview.reading.words import offered, says_send
from interview.reviewing.review import edit_token, open_extras, opened_by, reviewed
from interview.shown import called
from interview.steps import Json, Kind, Reject, Took, WalkCommand
from interview.walking.commands import not_at_review, run
from interview.walking.entering import begin_entry
from interview.walking.giving import none_left_unsorted, took
from interview.walking.stepping import StepChange, Stepping, rejected
from interview.walking.taking import near_miss, read_typed
from interview.walking.walk import Spot, relevant_spots, repeat_of

_VERBS = WordSet("sửa đổi chỉnh thay lại giúp muốn xin cho câu mục số change edit correct fix")
_FAVOUR = WordSet("giúp hộ với")
_INTO = re.compile(r" (?:thành|thanh|lại là|lai la|là|la|to) ", re.IGNORECASE)
_UNCLEAR = frozenset({"group_unclear", "parts_needed", "not_a_date", "empty", "too_long"})
"""The codes of a text that is no correction at all."""


def typed_at_review(stepping: Stepping, text: str) -> StepChange:
    """The change that a text makes at the review; most make none, and that is said."""
    if len(text) > MAX_LINE or len(text.split()) > MAX_LINE_WORDS:
        return not_at_review(stepping)
    if stepping.here is not None and offered(text, (WalkCommand.CONTINUE,)):
        return run(stepping, WalkCommand.CONTINUE)
    if says_send(text):
        return run(stepping, WalkCommand.SEND)
    asked = _without_verb(text)
    exact, near = _meant(stepping, asked)
    if exact:
        return open_from_review(stepping, exact)
    return _corrected(stepping, asked) or (open_from_review(stepping, near) if near else not_at_review(stepping))


def open_from_review(stepping: Stepping, token: str) -> StepChange:
    """What a line or an extra of the review opens: a question, a group, or one more entry."""
    opened = opened_by(stepping.state, token)
    if opened is None:
        return rejected("stale_option")
    return begin_entry(stepping, opened) if isinstance(opened, Repeat) else _open(stepping, opened)


def _open(stepping: Stepping, path: str, **seen: Json) -> StepChange:
    """Ask it again; afterwards the walk goes on, or back to a review that was opened in the middle of it."""
    return StepChange(view={"open": path, "from": "end" if stepping.here is None else "review", **seen})


def _without_verb(text: str) -> str:
    """ "sửa ngày thành 20/11" names a question and its answer."""
    words = without_courtesy(text).split()
    first, last = 0, len(words)
    while first < last and words[first] in _VERBS:
        first += 1
    while last > first and words[last - 1] in _FAVOUR:
        last -= 1
    return _INTO.sub(" ", " ".join(words[first:last])) or text


def _meant(stepping: Stepping, text: str) -> tuple[str | None, str | None]:
    """The token of the line or extra that the words name, and of the one that they nearly name.

    Entries are called alike, so none of them is meant by its words.
    """
    language, slots = stepping.state.interview.language, stepping.state.slots
    lines = [
        Wording(edit_token(spot.question, spot.entry), _names(stepping, spot))
        for spot in reviewed(stepping)
        if (repeat := repeat_of(stepping.form, spot.question)) is None or not repeat.on_review
    ]
    extras = [
        Wording(
            edit_token(extra, 0), tuple(filter(None, (texts.say(language, slots) for texts in (said, extra.label))))
        )
        for extra, said in open_extras(stepping.state)
    ]
    chosen = choose(text, [*lines, *extras])
    exact = chosen.exact if chosen.exact and read_position(text, 9_999) is None else None
    return exact, chosen.near


def _names(stepping: Stepping, spot: Spot) -> tuple[str, ...]:
    """How a person may call a question at the review."""
    label = spot.question.label.say(stepping.state.interview.language, stepping.state.slots, spot.entry)
    return called(stepping.state, spot.question, spot.entry), label


def _corrected(stepping: Stepping, text: str) -> StepChange | None:
    """A day, numbers, or both, if the whole text says them and they mean one question only."""
    for change in (_counts(stepping, text), _day(stepping, text)):
        if change is not None:
            return change
    words = text.split()
    said = days_in(words, stepping.state.now.date())
    if not said or _apart(said) > LONGEST_DAY:
        return None
    for first, last in said:
        day = _day(stepping, " ".join(words[first:last]))
        counts = _counts(stepping, " ".join((*words[:first], *words[last:])).strip(" ,;"))
        if day is not None and day.answers and counts is not None and counts.answers:
            days = {took.path: day.answers[took.path] for took in day.said if isinstance(took, Took)}
            return StepChange((*day.said, *counts.said), {**counts.answers, **days})
    return None


def _apart(spans: Collection[Span]) -> int:
    """Words from the first of these stretches to the end of the last: two days are no correction of one."""
    return max(last for _, last in spans) - min(first for first, _ in spans)


def _counts(stepping: Stepping, text: str) -> StepChange | None:
    groups = [(group, spots) for group, spots in _groups(stepping) if speaks_of_group(group, spots, text)]
    if len(groups) != 1:
        return None
    group, spots = groups[0]
    said = read_group(stepping.state, group, spots, text, together=False)
    if said.values:
        change = _changed(stepping, {spot: said.values[spot.path] for spot in spots if spot.path in said.values})
        return replace(
            change, answers=none_left_unsorted(stepping.state, group, spots, change.answers or {}, said.values)
        )
    if said.total:
        opened = _open(stepping, stepping.state.path(group, spots[0].entry), total=dict(said.total))
        return replace(opened, said=said.rejects)
    return None if said.rejects[0].code in _UNCLEAR else StepChange(said.rejects)


def _groups(stepping: Stepping) -> Iterator[tuple[QuestionGroup, tuple[Spot, ...]]]:
    for stop, entry in stepping.way:
        if isinstance(stop, QuestionGroup) and stop.together:
            yield stop, relevant_spots(stepping.state, stop, entry)


def _day(stepping: Stepping, text: str) -> StepChange | None:
    days = [spot for spot in reviewed(stepping) if spot.question.kind is Kind.DATE]
    if len(days) != 1 or not may_be_day(text):
        return None
    day = read_typed(stepping.state, days[0], text)
    if isinstance(day, Near):
        opened = _open(stepping, days[0].path, near=day.name)
        return StepChange(said=(near_miss(stepping.state, days[0], day, text),), view=opened.view)
    if isinstance(day, Reject):
        return None if day.code in _UNCLEAR else StepChange((day,))
    return _changed(stepping, {days[0]: day})


def _changed(stepping: Stepping, values: Mapping[Spot, Json]) -> StepChange:
    said = tuple(took(stepping.state, spot, value, corrects=True) for spot, value in values.items())
    return StepChange(said, {**stepping.answers, **{spot.path: value for spot, value in values.items()}})
