"""What people type while the review is shown: to send it, to open a question, or to correct an answer at once.

A correction is taken where it surely answers one question: by its name or a word of its label (
    "địa điểm: nhà văn hóa"
),
numbers by their names ("nữ 35 nam 10"), a day ("ngày 20/11"), or a choice that only one question offers ("học sinh").
A number alone never does anything here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from interview.forms.form import Question, QuestionGroup, Repeat
from interview.kinds.choices import wordings
from interview.kinds.protocol import Near
from interview.kinds.table import kind_of
from interview.limits import MAX_LINE, MAX_LINE_WORDS
from interview.lines.amounts import amount
from interview.lines.grouped import GroupAnswers, read_group, speaks_of_group
from interview.lines.phrases import line_of
from interview.reading.choosing import choose, read_position
from interview.reading.dates import days_in
from interview.reading.replacing import what_is_meant, wrong_and_right
from interview.reading.spoken import WordSet, without_courtesy
from interview.reading.words import offered, says_send, says_that_it_is_right
from interview.reading.writing import Span, spelled, writing
from interview.reviewing.naming import Target, named_first, targets_of, wordings_of
from interview.reviewing.review import opened_by, reviewed
from interview.steps import Json, Kind, Reject, Took, WalkCommand
from interview.walking.commands import not_at_review, run
from interview.walking.entering import begin_entry
from interview.walking.giving import none_left_unsorted, took
from interview.walking.stepping import StepChange, Stepping, rejected
from interview.walking.taking import near_miss, read_typed
from interview.walking.walk import Spot, answer_at, relevant_spots

_VERBS = WordSet(
    "sửa đổi chỉnh thay lại giúp muốn xin cho câu mục phần sai nhầm lộn thêm bổ sung bỏ change edit correct fix"
    " wrong add",
    exact="là à bị em giùm dùm",
)
_FAVOUR = WordSet("giúp giùm dùm hộ với nha nhé ạ sai rồi nhầm lộn", exact="bị mới đúng chưa")
_MORE_OR_LESS = re.compile(
    rf"(?<!\w){spelled('(?:thêm|bớt|tăng|giảm|cộng|trừ|còn thiếu|thiếu|dư)(?: thêm| bớt| đi)?')} (?=[0-9])"
    r"|(?<!\w)[0-9]+ (?:more|less|fewer)(?!\w)"
)
""" "thêm 5 nam": how many there are then is asked, since some count from what is shown and some from what was meant."""
_INTO = re.compile(r" (?:thành|thanh|lại là|lai la|là|la|to|->|=>) ", re.IGNORECASE)
_UNCLEAR = frozenset(
    {"group_unclear", "parts_needed", "not_a_date", "empty", "too_long", "total_alone", "which_day", "not_a_choice"}
)
"""The codes of a text that is no correction at all."""


def typed_at_review(stepping: Stepping, text: str) -> StepChange:
    """The change that a text makes at the review; most make none, and that is said."""
    if stepping.here is not None and offered(text, (WalkCommand.CONTINUE,)):
        return run(stepping, WalkCommand.CONTINUE)
    if says_send(text) or (stepping.here is None and says_that_it_is_right(text)):
        return run(stepping, WalkCommand.SEND)
    is_story = len(text) > MAX_LINE or len(text.split()) > MAX_LINE_WORDS
    change = None if is_story else _more_or_less(stepping, text) or _replaced(stepping, text) or _edited(stepping, text)
    return not_at_review(stepping) if change is None else change


def _edited(stepping: Stepping, text: str) -> StepChange | None:
    """What the text opens or corrects; a number alone does neither."""
    asked, targets = _without_verb(what_is_meant(text)), targets_of(stepping)
    if read_position(asked, 9_999) is not None:
        return None
    chosen = choose(asked, wordings_of(targets))
    if chosen.exact:
        return open_from_review(stepping, chosen.exact)
    change = _by_name(stepping, asked, targets) or _corrected(stepping, asked)
    if change is not None:
        return change
    return open_from_review(stepping, chosen.near) if chosen.near else None


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


def _by_name(stepping: Stepping, text: str, targets: list[Target]) -> StepChange | None:
    """ "địa điểm: nhà văn hóa", "số lượng 250", "số người": a question by its name, and its answer if it is written."""
    named, said = named_first(targets, text)
    nodes = list(dict.fromkeys(target.node for target in named))
    if not nodes:
        return None
    if not said:
        groups = [node for node in nodes if isinstance(node, QuestionGroup)]
        return _open(stepping, groups[0].path if groups else nodes[0].path) if len(nodes) == 1 else None
    changes = [change for target in named if (change := _answered(stepping, target, said)) is not None]
    return changes[0] if len(changes) == 1 else None


def _answered(stepping: Stepping, target: Target, said: str) -> StepChange | None:
    if isinstance(target.node, QuestionGroup):
        spots = relevant_spots(stepping.state, target.node, 0)
        return _of_group(
            stepping, target.node, spots, read_group(stepping.state, target.node, spots, said, together=False)
        )
    if target.spot is None:
        return None
    if target.spot.question.kind is Kind.DATE:
        return _day(stepping, target.spot, said)
    value = read_typed(stepping.state, target.spot, said)
    if isinstance(value, Near):
        opened = _open(stepping, target.spot.path, near=value.name)
        return StepChange(said=(near_miss(stepping.state, target.spot, value, said),), view=opened.view)
    if isinstance(value, Reject):
        return (
            None
            if kind_of(target.spot.question).is_count
            else StepChange((value,), view=_open(stepping, target.spot.path).view)
        )
    return _changed(stepping, {target.spot: value})


def _corrected(stepping: Stepping, text: str) -> StepChange | None:
    """A day, numbers, both, a choice or an amount, if the whole text says them and they mean one question only."""
    days = [spot for spot in reviewed(stepping) if spot.question.kind is Kind.DATE]
    day = _day(stepping, days[0], text) if len(days) == 1 and _may_be_day(text) else None
    change = _counts(stepping, text) or day or _choice(stepping, text) or _amount(stepping, text)
    if change is not None or len(days) != 1:
        return change
    written = writing(text)
    said = [reading.span for reading in days_in(written, stepping.state.now.date())]
    if len(said) != 1:
        return None
    one = _day(stepping, days[0], written.written(said[0]))
    counts = _counts(stepping, _without(text, said[0]))
    if one is None or counts is None or not one.answers or not counts.answers:
        return None
    dates = {output.path: one.answers[output.path] for output in one.said if isinstance(output, Took)}
    return StepChange((*one.said, *counts.said), {**counts.answers, **dates})


def _without(text: str, span: Span) -> str:
    first, last = writing(text).place(span)
    return f"{text[:first]} {text[last:]}".strip(" ,;.")


def _may_be_day(text: str) -> bool:
    """Whether a text may say a day that nobody asked for; a short word alone does not ("mai", "qua")."""
    return " " in text or len(text) > 4 or any(char.isdigit() for char in text)


def _counts(stepping: Stepping, text: str) -> StepChange | None:
    groups = [(group, spots) for group, spots in _groups(stepping) if speaks_of_group(group, spots, text)]
    if len(groups) != 1:
        return None
    group, spots = groups[0]
    return _of_group(stepping, group, spots, read_group(stepping.state, group, spots, text, together=False))


def _of_group(
    stepping: Stepping, group: QuestionGroup, spots: tuple[Spot, ...], said: GroupAnswers
) -> StepChange | None:
    if said.values:
        change = _changed(stepping, {spot: said.values[spot.path] for spot in spots if spot.path in said.values})
        answers = none_left_unsorted(stepping.state, group, spots, change.answers or {}, said.values)
        return replace(change, answers=answers)
    if said.ways:
        opened = _open(stepping, stepping.state.path(group, spots[0].entry), ways=list(map(dict, said.ways)))
        return replace(opened, said=said.rejects)
    if said.total:
        opened = _open(stepping, stepping.state.path(group, spots[0].entry), total=dict(said.total))
        return replace(opened, said=said.rejects)
    return None if not said.rejects or said.rejects[0].code in _UNCLEAR else StepChange(said.rejects)


def _more_or_less(stepping: Stepping, text: str) -> StepChange | None:
    """ "thêm 5 nam": the numbers that the text speaks of, or the one amount, asked again."""
    if not _MORE_OR_LESS.search(writing(text).said):
        return None
    groups = [(group, spots) for group, spots in _groups(stepping) if speaks_of_group(group, spots, text)]
    if len(groups) == 1:
        group, spots = groups[0]
        return _open(stepping, stepping.state.path(group, spots[0].entry))
    spots = tuple(_amounts(stepping))
    return _open(stepping, spots[0].path) if len(spots) == 1 else None


def _replaced(stepping: Stepping, text: str) -> StepChange | None:
    """ "không phải 30 mà 13": the one number that is 30 now."""
    numbers = wrong_and_right(text)
    if numbers is None:
        return None
    wrong, right = numbers
    counts = (spot for spot in reviewed(stepping) if kind_of(spot.question).is_count)
    spots = [spot for spot in counts if answer_at(stepping.state, spot.path) == wrong]
    if len(spots) != 1:
        return None
    value = read_typed(stepping.state, spots[0], str(right))
    if isinstance(value, Reject):
        return StepChange((value,))
    return None if isinstance(value, Near) else _changed(stepping, {spots[0]: value})


def _groups(stepping: Stepping) -> Iterator[tuple[QuestionGroup, tuple[Spot, ...]]]:
    for stop, entry in stepping.way:
        if isinstance(stop, QuestionGroup) and stop.together:
            yield stop, relevant_spots(stepping.state, stop, entry)


def _day(stepping: Stepping, spot: Spot, text: str) -> StepChange | None:
    day = read_typed(stepping.state, spot, text)
    if isinstance(day, Near):
        opened = _open(stepping, spot.path, near=day.name)
        return StepChange(said=(near_miss(stepping.state, spot, day, text),), view=opened.view)
    if isinstance(day, Reject):
        return None if day.code in _UNCLEAR else StepChange((day,))
    return _changed(stepping, {spot: day})


def _choice(stepping: Stepping, text: str) -> StepChange | None:
    """A text that is called as one choice of one answered question: "học sinh"."""
    line = line_of(text, stepping.state.now.date())
    whole = (0, len(line.words))
    said = [
        (spot, name)
        for spot in reviewed(stepping)
        if spot.question.kind is Kind.SELECT_ONE and (name := line.mentions(wordings(stepping.state, spot)).get(whole))
    ]
    return _changed(stepping, {said[0][0]: said[0][1]}) if len(said) == 1 else None


def _amount(stepping: Stepping, text: str) -> StepChange | None:
    """ "250 tờ": a number with the unit of the one amount that was asked."""
    spots = list(_amounts(stepping))
    if len(spots) != 1 or " " not in text:
        return None
    said = amount(stepping.state, spots[0].question, line_of(text, stepping.state.now.date()))
    value = said.answers.get(spots[0].question.name) if said and said.sure and not said.further else None
    return None if value is None else _changed(stepping, {spots[0]: value})


def _amounts(stepping: Stepping) -> Iterator[Spot]:
    """The amounts that were asked by themselves."""
    for spot in reviewed(stepping):
        if kind_of(spot.question).is_count and _stands_alone(stepping, spot.question):
            yield spot


def _stands_alone(stepping: Stepping, question: Question) -> bool:
    return question.repeat < 0 and question in stepping.form.stops


def _changed(stepping: Stepping, values: Mapping[Spot, Json]) -> StepChange:
    said = tuple(took(stepping.state, spot, value, corrects=True) for spot, value in values.items())
    return StepChange(said, {**stepping.answers, **{spot.path: value for spot, value in values.items()}})
