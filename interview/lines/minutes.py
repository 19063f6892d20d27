"""Labels in a text: "Thời gian: 26/11 Địa điểm: nhà văn hóa". A label is a question's name, label or alias.

What follows the label of a question for words is its answer, up to the next label or the end of the line; after other
labels the readers find the answer themselves. The labels are in no answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview.forms.form import Form, Question, QuestionGroup
from interview.kinds.table import kind_of
from interview.lines.phrases import WrittenLine
from interview.reading.writing import Span, Writing, spelled, writing
from interview.steps import Kind

_LABEL = re.compile(r"(?:^|(?<=[\n;,.•]))(?:[ivx]{1,4}[.)])?[ \-*+•–0-9.)/]*(?P<label>[^\W\d_][^\n:;,.]{0,40}?) ?: ?")
_ENDS = re.compile(r"\n|;|\. (?=[A-ZĐ])|$")
_PROSE = re.compile(spelled(r"[ ,](?:hôm|ngày|sáng|chiều|tối|nữ|nam|lúc|gồm)(?: |:)"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label of a text with the question that it names, and the words after it."""

    nodes: tuple[Question | QuestionGroup, ...]
    """Questions of different reports may be called alike."""
    label: Span
    value: Span


def labelled_in(form: Form, written: Writing) -> tuple[Labelled, ...]:
    """The labels of a text that name a question, in their order."""
    found = [(match, node) for match in _LABEL.finditer(written.said) if (node := _named(form, match["label"]))]
    several = len(found) > 1 or "\n" in written.said
    return tuple(_values(written, found)) if found and several else ()


def _values(
    written: Writing, found: Sequence[tuple[re.Match[str], tuple[Question | QuestionGroup, ...]]]
) -> Iterator[Labelled]:
    for at, (match, node) in enumerate(found):
        end = _ENDS.search(written.text if written.places is None else written.said, match.end())
        last = end.start() if end else len(written.said)
        if at + 1 < len(found):
            last = min(last, found[at + 1][0].start())
        prose = _PROSE.search(written.said, match.end(), last)
        if prose and "\n" not in written.said:
            last = prose.start()
        yield Labelled(node, match.span(), (match.end(), last))


def _is_count(node: Question | QuestionGroup) -> bool:
    """Whether a label names what a number counts: the readers of numbers want it."""
    return isinstance(node, Question) and kind_of(node).is_count


def _named(form: Form, label: str) -> tuple[Question | QuestionGroup, ...]:
    return tuple(_names(form).get(" ".join(label.split()), ()))


@lru_cache(maxsize=8)
def _names(form: Form) -> dict[str, list[Question | QuestionGroup]]:
    """By what people may call it each question and group."""
    names: dict[str, list[Question | QuestionGroup]] = {}
    for node in form.by_path.values():
        if isinstance(node, Question | QuestionGroup) and node.repeat < 0:
            for called in (*node.called.plain(), *node.label.plain(), *node.aliases):
                nodes = names.setdefault(writing(called.strip(" ?:")).said, [])
                if node not in nodes:
                    nodes.append(node)
    return names


def answered_by_labels(line: WrittenLine, labels: Sequence[Labelled]) -> tuple[WrittenLine, dict[str, str]]:
    """The line without its labels, and the answers in words that stand after them."""
    answers: dict[str, str] = {}
    line = line.without(tuple(one.label for one in labels if not _is_count(one.nodes[0])))
    for one in labels:
        said = line.written.written(one.value).strip(" ,.;:-–")
        for node in one.nodes:
            if isinstance(node, Question) and node.kind is Kind.TEXT and said:
                answers.setdefault(node.name, said)
                line = line.read(one.value, node)
    return line, answers
