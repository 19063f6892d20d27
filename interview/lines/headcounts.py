"""Numbers of people in a line of words: "tọa đàm hôm qua nữ 30 nam 15", for the group of questions that asks them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interview.forms.form import Form, Question, QuestionGroup, Stop
from interview.kinds.choices import wordings
from interview.kinds.table import kind_of
from interview.lines.grouped import GroupAnswers, group_answers, two_ways, unclear, words_of
from interview.lines.phrases import COUNTED, WrittenLine, may_be_within
from interview.reading.heads import Heads, heads_in
from interview.reading.writing import Span
from interview.steps import Json, Reject
from interview.walking.state import State
from interview.walking.walk import Spot, answer_at


@dataclass(frozen=True, slots=True)
class LineCounts:
    """What a line says for a group: its answers by name, or why it is unsure, and the further kinds of people."""

    span: Span
    answers: Mapping[str, Json]
    reject: Reject | None = None
    further: tuple[Mapping[str, Json], ...] = ()
    options: tuple[int, ...] = ()
    total: Mapping[str, Json] | None = None
    noun: Question | None = None
    view: Mapping[str, Json] = field(default_factory=dict)
    """How the question is asked if this is in doubt: what it offers, by path."""


def noun_of(form: Form, stop: Stop) -> Question | None:
    """The choice that says what a question or group counts: the nearest one before it."""
    counted: Question | None = None
    for other in form.stops:
        if other is stop:
            return counted
        if isinstance(other, Question) and COUNTED in other.look:
            counted = other
        elif not isinstance(other, Question) or kind_of(other).is_count:
            counted = None
    return None


def line_counts(state: State, group: QuestionGroup, line: WrittenLine) -> LineCounts | None:
    """What the line says of the numbers that a group asks for, if it says any and none is known yet."""
    spots = tuple(Spot(member, 0, state.path(member, 0)) for member in group.members)
    if not group.together or len(spots) < 2 or not all(kind_of(spot.question).is_count for spot in spots):
        return None
    if any(answer_at(state, spot.path) is not None for spot in spots):
        return None
    noun = noun_of(state.form, group)
    words = words_of(tuple(spot.question for spot in spots))
    said = heads_in(line.written, words, line.stretches, tuple(_nouns(state, noun, line)))
    if not said:
        return None
    span = said[0].span if len(said) == 1 else (said[0].span[0], said[-1].span[1])
    read = [group_answers(state, group, spots, heads.counts, _text(line, heads.span), together=False) for heads in said]
    rejects = [reject for one in read for reject in one.rejects]
    if not rejects and any(heads.counts and heads.counts.bare for heads in said):
        read = [_of_bare(state, spots, said, _text(line, span))]  # "45 30": which is which?
        rejects = list(read[0].rejects)
    options = tuple(option for heads in said for option in heads.options)
    if rejects and not (len(said) > 1 and all(one.values or one.total for one in read)):
        total = read[0].total if len(read) == 1 else None
        return LineCounts(
            span,
            {},
            rejects[0],
            options=options,
            total=_named(state, total) if total else None,
            noun=noun,
            view=_view(read),
        )
    if not group.summed and group.members[0].name not in _named(state, read[0].values):
        return None  # "vi phạm 8" of how many?
    lines = [_answers(state, heads, one, noun) for heads, one in zip(said, read, strict=True)]
    return LineCounts(span, lines[0], further=tuple(lines[1:]), noun=noun)


def _of_bare(state: State, spots: Sequence[Spot], said: Sequence[Heads], text: str) -> GroupAnswers:
    """What numbers without a name may mean."""
    bare = said[0].counts.bare if len(said) == 1 and said[0].counts and not said[0].counts.parts else ()
    if len(bare) == len(spots) == 2:
        return two_ways(state, spots, bare, text)
    return GroupAnswers(rejects=(unclear(state, spots, text),))


def _view(read: Sequence[GroupAnswers]) -> dict[str, Json]:
    """What the question offers: the ways in which its numbers may be meant, or the total as it is."""
    if len(read) != 1:
        return {}
    if read[0].ways:
        return {"ways": list(map(dict, read[0].ways))}
    return {"total": dict(read[0].total)} if read[0].total else {}


def _answers(state: State, heads: Heads, read: GroupAnswers, noun: Question | None) -> Mapping[str, Json]:
    own: dict[str, Json] = {noun.name: heads.noun} if noun and heads.noun else {}
    return own | _named(state, read.values or read.total)


def _named(state: State, values: Mapping[str, Json]) -> dict[str, Json]:
    return {node.name: value for path, value in values.items() if (node := state.form.by_path.get(path)) is not None}


def _nouns(state: State, noun: Question | None, line: WrittenLine) -> Iterator[tuple[Span, str]]:
    if noun is not None and state.is_relevant(noun):
        said = line.mentions(wordings(state, Spot(noun, 0, noun.path)))
        others = _other_choices(state, noun, line) if any(may_be_within(span) for span in said) else ()
        for span, name in said.items():
            if not (may_be_within(span) and any(_is_within(span, other) for other in others)):
                yield line.place_of(span), name


def _other_choices(state: State, noun: Question, line: WrittenLine) -> Sequence[Span]:
    """What the line says of other choices: a name within them belongs to them ("tập huấn tuyên truyền viên")."""
    open_choices = [
        stop
        for stop in state.form.stops
        if isinstance(stop, Question) and stop is not noun and kind_of(stop).chooses and state.is_relevant(stop)
    ]
    return [span for stop in open_choices for span in line.mentions(wordings(state, Spot(stop, 0, stop.path)))]


def _is_within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and other != span


def _text(line: WrittenLine, span: Span) -> str:
    return line.written.written(span).strip(" ,.;:")
