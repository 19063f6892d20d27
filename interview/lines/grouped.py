"""Several questions answered in one message: "30 15", "nữ 30 nam 15", "45 người, 30 nữ".

What is surely said is taken, the rest is asked one by one. A message is taken as a whole or not at all: numbers that
do not go together, or a total that does not fit its parts, are shown and asked again, never fixed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from interview.forms.form import Question, QuestionGroup
from interview.kinds.protocol import Near
from interview.kinds.table import example, kind_of
from interview.limits import MAX_SAID, MAX_TEXT
from interview.reading.counts import Counts, part_words, parts_named, read_counts, says_altogether
from interview.reading.text import clean
from interview.reading.unreadable import Unreadable
from interview.shown import called, clipped, number
from interview.steps import Json, Reject
from interview.walking.state import State, slot_text
from interview.walking.taking import Checked, counted, read_unchecked, rejection
from interview.walking.walk import Spot, answer_at

_SEPARATOR = re.compile(r"[;\n]|, ?(?![0-9]{3}\b)")
_SAMPLE = (30, 15, 10, 5)


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """The values that were surely said, by path, and what was wrong."""

    values: Mapping[str, Json] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    total: Mapping[str, Json] = field(default_factory=dict)
    """The values, by path, if the total that was said is to stand as it is: part of it is unsorted then."""
    ways: tuple[Mapping[str, Json], ...] = ()
    """The values, by path, that may be meant by two numbers without a name, the likeliest first."""


def read_group(
    state: State, group: QuestionGroup, spots: Sequence[Spot], text: str, *, together: bool = True
) -> GroupAnswers:
    """The answers that one message gives to the questions of a group.

    Where they are asked `together`, "nữ 30 thôi" says that nobody else came.
    """
    length = len(clean(text))
    if not 0 < length <= MAX_TEXT:
        limits = {"limit": MAX_TEXT, "length": length}
        return GroupAnswers(rejects=(_reject(state, spots, "too_long" if length else "empty", text, limits),))
    if not all(kind_of(spot.question).is_count for spot in spots):
        return _in_turn(state, spots, text)
    counts = read_counts(text, words_of(tuple(spot.question for spot in spots)))
    return group_answers(state, group, spots, counts, text, together=together)


def group_answers(
    state: State, group: QuestionGroup, spots: Sequence[Spot], counts: Counts | None, text: str, *, together: bool
) -> GroupAnswers:
    """The answers that counts give to the questions of a group; `text` said them."""
    if counts is None:
        return GroupAnswers(rejects=(_reject(state, spots, "group_unclear", text),))
    if counts.alone == "all" or (counts.alone and together):
        counts = _with_nobody_else(group, spots, counts)
    if counts.unsorted and group.unsorted is not None and counts.total is not None:
        spot = Spot(group.unsorted, spots[0].entry, state.path(group.unsorted, spots[0].entry))
        return _check(state, spots, [(spot, counted(state, spot, counts.total))])
    if (
        group.summed
        and len(spots) == len(counts.bare) == 2
        and counts.bare[0] > counts.bare[1] > 0
        and not counts.parts
    ):
        return two_ways(state, spots, counts.bare, text)
    named = _named(state, group, spots, counts)
    if isinstance(named, Unreadable):
        return _with_unsorted(state, group, spots, counts, text) or GroupAnswers(
            rejects=(_reject(state, spots, named.code, text, named.params),)
        )
    return _check(state, spots, [(spots[at], counted(state, spots[at], count)) for at, count in sorted(named.items())])


def speaks_of_group(group: QuestionGroup, spots: Sequence[Spot], text: str) -> bool:
    """Whether an answer to one member is about the group: it names a member, or says a total."""
    if len(text) > MAX_SAID or not all(kind_of(spot.question).is_count for spot in spots):
        return False
    named = parts_named(text, words_of(tuple(spot.question for spot in spots)))
    return bool(named) or (group.summed and says_altogether(text))


def unclear(state: State, spots: Sequence[Spot], text: str) -> Reject:
    """The rejection of a message about these questions that can be understood in two ways."""
    return _reject(state, spots, "group_unclear", text)


def group_example(state: State, spots: Sequence[Spot]) -> str:
    """ "nữ 30, nam 15" in the form's own words."""
    if all(kind_of(spot.question).is_count for spot in spots):
        samples = [str(_SAMPLE[at % len(_SAMPLE)]) for at in range(len(spots))]
        return ", ".join(
            f"{called(state, spot.question, spot.entry).lower()} {sample}"
            for spot, sample in zip(spots, samples, strict=True)
        )
    return "; ".join(example(state, spot.question, spot.entry) for spot in spots)


@lru_cache(maxsize=256)
def words_of(questions: tuple[Question, ...]) -> tuple[frozenset[str], ...]:
    """The words that tell these questions apart, in all languages of the form."""
    return part_words([(*question.label.plain(), *question.called.plain(), question.name) for question in questions])


def _with_nobody_else(group: QuestionGroup, spots: Sequence[Spot], counts: Counts) -> Counts:
    others = range(len(spots)) if group.summed and counts.total is None else ()
    return replace(counts, parts={**dict.fromkeys(others, 0), **counts.parts})


def _named(state: State, group: QuestionGroup, spots: Sequence[Spot], counts: Counts) -> Mapping[int, int] | Unreadable:
    """The number of every part, from names, order and total."""
    parts = dict(counts.parts) or dict(enumerate(counts.bare))
    missing = [at for at in range(len(spots)) if at not in parts]
    if not counts.parts and (not parts or (missing and parts.keys() == {0})):
        return Unreadable("parts_needed")
    if len(parts) > len(spots) or (counts.bare and (counts.parts or missing)):
        return Unreadable("group_unclear")
    return parts if counts.total is None else _with_total(state, group, spots, parts, counts.total)


def _with_total(
    state: State, group: QuestionGroup, spots: Sequence[Spot], parts: Mapping[int, int], total: int
) -> Mapping[int, int] | Unreadable:
    missing = [at for at in range(len(spots)) if at not in parts]
    if not group.summed or len(missing) > 1:
        return Unreadable("group_unclear")
    rest = total - sum(parts.values())
    if (missing and rest < 0) or (not missing and rest):
        return _mismatch(state, spots, parts, total)
    return {**parts, **dict.fromkeys(missing, rest)}


def _with_unsorted(
    state: State, group: QuestionGroup, spots: Sequence[Spot], counts: Counts, text: str
) -> GroupAnswers | None:
    """What stands if part of the total that was said is unsorted; `None` if that cannot be meant."""
    total, parts = counts.total, counts.parts
    if total is None and not parts and len(counts.bare) == 1:
        total = counts.bare[0]
    if group.unsorted is None or total is None or counts.bare[1:] or (parts and len(parts) < len(spots)):
        return None
    rest = total - sum(parts.values())
    spot = Spot(group.unsorted, spots[0].entry, state.path(group.unsorted, spots[0].entry))
    if rest < 1 or isinstance(counted(state, spot, rest), Reject):
        return None
    checked = _check(state, spots, [(spots[at], counted(state, spots[at], count)) for at, count in parts.items()])
    if checked.rejects:
        return checked
    params = {"total": total, "sum": sum(parts.values()), "rest": rest}
    reject = _reject(state, spots, "total_beyond" if parts else "total_alone", text, params)
    return GroupAnswers(rejects=(reject,), total={**checked.values, spot.path: rest})


def two_ways(state: State, spots: Sequence[Spot], bare: Sequence[int], text: str) -> GroupAnswers:
    """ "45 30": both parts in their order, or a total and one part of it; "30 45": in either order."""
    one, other = bare
    counts = ((one, other), (other, one - other) if one > other else (other, one))
    ways = [dict(zip((spot.path for spot in spots), way, strict=True)) for way in counts]
    fit = [way for way in ways if not any(isinstance(counted(state, spot, way[spot.path]), Reject) for spot in spots)]
    names = [called(state, spot.question, spot.entry).lower() for spot in spots]
    first, second = (", ".join(f"{name} {count}" for name, count in zip(names, way, strict=True)) for way in counts)
    params = {"first": first, "second": second, "example": first}
    reject = _reject(state, spots, "which_counts", text, params)
    return GroupAnswers(rejects=(reject,), ways=tuple(fit) if len(fit) == len(counts) else ())


def _mismatch(state: State, spots: Sequence[Spot], parts: Mapping[int, int], total: int) -> Unreadable:
    language = state.interview.language
    said = [
        f"{called(state, spot.question, spot.entry)} {number(parts[at], language)}"
        for at, spot in enumerate(spots)
        if at in parts
    ]
    counted = {spot.question.name: parts[at] for at, spot in enumerate(spots) if at in parts}
    params: dict[str, str | int | float] = {
        "total": total,
        "sum": sum(parts.values()),
        "parts": " + ".join(said),
        **counted,
    }
    return Unreadable("total_mismatch", params)


def _in_turn(state: State, spots: Sequence[Spot], text: str) -> GroupAnswers:
    """Questions of other kinds: every question gets one part of the message, in order."""
    parts = [part for part in map(clean, _SEPARATOR.split(text)) if part]
    if len(parts) != len(spots):
        return GroupAnswers(rejects=(_reject(state, spots, "group_unclear", text),))
    return _check(state, spots, [(spot, _sure(state, spot, part)) for spot, part in zip(spots, parts, strict=True)])


def _sure(state: State, spot: Spot, text: str) -> Checked:
    """What one part of a message says; a near miss is refused."""
    value = read_unchecked(state, spot, text)
    return rejection(state, spot, Unreadable(kind_of(spot.question).unread), text) if isinstance(value, Near) else value


def _check(state: State, spots: Sequence[Spot], said: Sequence[tuple[Spot, Checked]]) -> GroupAnswers:
    """The values of a message, if all could be read and they go together with one another and with what stands."""
    values: dict[str, Json] = {}
    rejects: list[Reject] = []
    for spot, value in said:
        if isinstance(value, Reject):
            rejects.append(value)
        else:
            values[spot.path] = value
    if not rejects:
        rejects += _conflict(state, spots, values)
    return GroupAnswers(rejects=tuple(rejects)) if rejects else GroupAnswers(values)


def _conflict(state: State, spots: Sequence[Spot], values: Mapping[str, Json]) -> Iterator[Reject]:
    """The first member whose constraint does not hold once all of the message is taken."""
    said = [(spot.question, spot.entry, values[spot.path]) for spot in spots if spot.path in values]
    assumed = state.assuming(said)
    for spot in spots:
        answer = values.get(spot.path, answer_at(state, spot.path))
        if answer is not None and not assumed.holds(spot.question, spot.entry):
            yield rejection(assumed, spot, Unreadable("constraint"), slot_text(answer))
            return


def _reject(
    state: State, spots: Sequence[Spot], code: str, text: str, more: Mapping[str, str | int | float] | None = None
) -> Reject:
    parts = ", ".join(called(state, spot.question, spot.entry) for spot in spots)
    params = {"answer": clipped(clean(text)), "example": group_example(state, spots), "parts": parts}
    return Reject(code, params | dict(more or {}))
