"""An amount in a line of words: "200 tờ rơi", "phát thanh 5 lượt", "hai trăm bản".

A number alone could be a house, a day or a group's number: it counts only beside a phrase that made a choice, or
before a word of the question that asks for it.
"""

from collections.abc import Iterator

from interview.forms.form import Question
from interview.lines.phrases import Span, WrittenLine
from interview.reading.names import NUMBERED
from interview.reading.numbers import read_digits
from interview.reading.numerals import read_numerals
from interview.reading.text import fold, fold_words, plain_digits
from interview.walking.state import State
from interview.walking.taking import read_typed
from interview.walking.walk import Spot

_LONGEST = 6
"""Words of the longest number: "một trăm hai mươi lăm", and one to spare."""


def amount(state: State, question: Question, line: WrittenLine) -> tuple[Span, int] | None:
    """The one number that this question surely means, with the words it takes."""
    units = frozenset(word for label in question.label.plain() for word in fold_words(label))
    candidates = list(_candidates(line, units))
    if len(candidates) != 1:
        return None
    span, number = candidates[0]
    value = read_typed(state, Spot(question, 0, question.path), str(number))
    return (span, value) if isinstance(value, int) else None


def _candidates(line: WrittenLine, units: frozenset[str]) -> Iterator[tuple[Span, int]]:
    covered: set[int] = set()
    for first, last in line.spans(_LONGEST):
        if not line.is_fresh((first, last)) or not covered.isdisjoint(range(first, last)):
            continue
        number = _number(line.words[first:last])
        if number is None:
            continue
        covered.update(range(first, last))
        end = _after_units(line, last, units)
        beside = end > last or line.made_a_choice(first - 1) or line.made_a_choice(last)
        if beside and not (first and fold(line.words[first - 1]) in NUMBERED):
            yield (first, end), number


def _number(words: tuple[str, ...]) -> int | None:
    written = [plain_digits(word).strip(",.;:").lower() for word in words]
    if len(written) == 1 and written[0][:1].isdigit():
        digits = read_digits(written[0])
        return digits if isinstance(digits, int) else None
    return read_numerals(written)


def _after_units(line: WrittenLine, at: int, units: frozenset[str]) -> int:
    """The end of the words of the question that follow a number."""
    while at < len(line.words) and line.is_fresh((at, at + 1)) and fold(line.words[at]).strip(",.;:") in units:
        at += 1
    return at
