"""An amount in a line of words: "200 tờ rơi và 10 áp phích", "phát thanh 5 lượt", "hai trăm bản".

A number alone could be a house, a day or a group's number: it counts only beside a phrase that made a choice, or beside
a word of the question that asks for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview.forms.form import Question
from interview.kinds.choices import wordings
from interview.lines.headcounts import noun_of
from interview.lines.phrases import WrittenLine
from interview.reading.figures import Figure, figures_in
from interview.reading.text import fold_words
from interview.reading.writing import Span, rule
from interview.steps import Json, Kind
from interview.walking.state import State
from interview.walking.taking import read_typed
from interview.walking.walk import Spot

_UNITS = rule(
    "tờ|bản|cái|bài|lượt|cuốn|quyển|bộ|tấm|chiếc|tin|video|clip|câu|tiết mục|ấn phẩm|sản phẩm|phiếu|văn bản"
    "|trang|bức|cây|lần"
    "|buổi|mẫu|suất|tập|vở|ý kiến|copies|pieces|items"
)
_BETWEEN = rule("số lượng|sl|là|được|tổng cộng|tổng|khoảng|thêm|đã")
_NOTHING = " :=,.-()"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a line says for a question that asks an amount: by product the numbers, the first one first."""

    span: Span
    answers: Mapping[str, Json]
    further: tuple[Mapping[str, Json], ...] = ()
    options: tuple[int, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Beside:
    """A number, the choice that it stands by, and how many characters are between."""

    figure: Figure
    noun: str
    span: Span


def amount(state: State, question: Question, line: WrittenLine) -> Amounts | None:
    """The numbers that this question surely means, with the words they take."""
    noun = noun_of(state.form, question)
    mentions = _mentions(state, noun, line)
    units = frozenset(
        word for label in (*question.label.plain(), *question.called.plain()) for word in fold_words(label)
    )
    figures = figures_in(line.written, tuple(span for span, _ in line.stretches))
    found = [one for figure in figures if (one := _beside(line, figure, mentions, units)) is not None]
    if not found:
        return None
    span = (min(one.span[0] for one in found), max(one.span[1] for one in found))
    others = _other_choices(state, line, found)
    names = [(one.noun, *more.values()) for one, more in zip(found, others, strict=True)]
    spot = Spot(question, 0, question.path)
    values = [read_typed(state, spot, str(one.figure.value)) if one.figure.value is not None else None for one in found]
    if (
        any(not isinstance(value, int) for value in values)
        or len(set(names)) < len(names)
        or (len(names) > 1 and any(not one.noun for one in found))
    ):
        options = tuple(option for one in found for option in (one.figure.options or _own(one.figure)))
        return Amounts(span, {}, options=options, sure=False)
    lines = [
        {**_line(question, noun, one.noun, value), **more}
        for one, value, more in zip(found, values, others, strict=True)
    ]
    return Amounts(span, lines[0], tuple(lines[1:]))


def _other_choices(state: State, line: WrittenLine, found: Sequence[_Beside]) -> Sequence[Mapping[str, Json]]:
    """What is said of each amount by itself: "in 300 tờ rơi, phát 120 tờ" made some and gave out others.

    Empty where one word is meant for all of them.
    """
    own: list[dict[str, Json]] = [{} for _ in found]
    for extra in state.form.extras if len(found) > 1 else ():
        if not isinstance(extra, Question) or extra.kind is not Kind.SELECT_ONE or not state.is_relevant(extra):
            continue
        said = line.mentions(wordings(state, Spot(extra, 0, extra.path)))
        names = list(_before_each([(line.place_of(span), name) for span, name in said.items()], found))
        if len(set(names)) > 1 and "" not in names:
            for one, name in zip(own, names, strict=True):
                one[extra.name] = name
    return own


def _before_each(said: Sequence[tuple[Span, str]], found: Sequence[_Beside]) -> Iterator[str]:
    """For each amount the choice that was said last before it."""
    for one in found:
        before = [(span, name) for span, name in said if span[1] <= one.figure.span[0]]
        yield max(before)[1] if before else ""


def _own(figure: Figure) -> tuple[int, ...]:
    return () if figure.value is None else (figure.value,)


def _line(question: Question, noun: Question | None, name: str, value: object) -> Mapping[str, Json]:
    own: dict[str, Json] = {noun.name: name} if noun and name else {}
    return {**own, question.name: value if isinstance(value, int) else None}


def _mentions(state: State, noun: Question | None, line: WrittenLine) -> Sequence[tuple[Span, str]]:
    """The products that the line names, or else the words that made a choice."""
    if noun is not None:
        said = line.mentions(wordings(state, Spot(noun, 0, noun.path)))
        longest = [
            span
            for span in said
            if not any(other[0] <= span[0] and span[1] <= other[1] and other != span for other in said)
        ]
        return [(line.place_of(span), said[span]) for span in longest]
    return [(line.places[at], "") for at in range(len(line.words)) if line.made_a_choice(at)]


def _beside(
    line: WrittenLine, figure: Figure, mentions: Sequence[tuple[Span, str]], units: frozenset[str]
) -> _Beside | None:
    """The choice or unit beside a number: the one that follows, or else the one before it."""
    said, (first, last) = line.written.said, figure.span
    after = _after(said, last, units)
    for span, name in mentions:
        if last <= span[0] <= after + 1 and not said[after : span[0]].strip():
            return _Beside(figure, name, (first, span[1]))
    for span, name in mentions:
        if span[1] <= first and not _BETWEEN.sub(" ", said[span[1] : first]).strip(_NOTHING):
            return _Beside(figure, name, (first, after))
    only = {name for _, name in mentions}
    return _Beside(figure, only.pop() if len(only) == 1 else "", (first, after)) if after > last else None


def _after(said: str, at: int, units: frozenset[str]) -> int:
    """The end of the words that say what is counted: "200 bản", "5 bài"."""
    match = _UNITS.match(said, at + (said[at : at + 1] == " "))
    if match is None:
        word = said[at:].strip().partition(" ")[0].strip(".,;:")
        return (
            at + len(said[at:]) - len(said[at:].lstrip()) + len(word)
            if word and not _unit_words(word).isdisjoint(units)
            else at
        )
    return match.end()


@lru_cache(maxsize=256)
def _unit_words(word: str) -> frozenset[str]:
    return frozenset(fold_words(word))
