"""Every kind of question that a chat can ask, in one table (a group and "one more?" are the walk's).

To add a kind: its module, and its line here.
"""

from collections.abc import Mapping

from interview.forms.form import Question
from interview.kinds.dates import DateKind
from interview.kinds.datetimes import DateTimeKind
from interview.kinds.decimals import DecimalKind
from interview.kinds.files import FileKind
from interview.kinds.geopoints import GeopointKind
from interview.kinds.images import ImageKind
from interview.kinds.integers import IntegerKind
from interview.kinds.notes import NoteKind
from interview.kinds.protocol import QuestionKind
from interview.kinds.ranges import RangeKind
from interview.kinds.select_multiple import SelectMultipleKind
from interview.kinds.select_one import SelectOneKind
from interview.kinds.texts import TextKind
from interview.kinds.times import TimeKind
from interview.steps import NOTHING, Json, Kind
from interview.walking.state import State

KINDS: Mapping[Kind, QuestionKind] = {
    Kind.TEXT: TextKind(),
    Kind.INTEGER: IntegerKind(),
    Kind.DECIMAL: DecimalKind(),
    Kind.DATE: DateKind(),
    Kind.TIME: TimeKind(),
    Kind.DATETIME: DateTimeKind(),
    Kind.SELECT_ONE: SelectOneKind(),
    Kind.SELECT_MULTIPLE: SelectMultipleKind(),
    Kind.NOTE: NoteKind(),
    Kind.IMAGE: ImageKind(),
    Kind.FILE: FileKind(),
    Kind.GEOPOINT: GeopointKind(),
    Kind.RANGE: RangeKind(),
}

BY_CONTROL: Mapping[tuple[str, str], Kind] = {
    control: kind for kind, implementation in KINDS.items() for control in implementation.controls
}
"""By element and type in an XForm the kind of question."""

NUMERIC = frozenset({Kind.GROUP, *(kind for kind, implementation in KINDS.items() if implementation.is_number)})
"""Kinds to which a number alone is an answer."""


def kind_of(question: Question) -> QuestionKind:
    """The kind of a question, which reads, offers and shows its answers."""
    return KINDS[question.kind]


def shown(state: State, question: Question, value: Json) -> str:
    """An answer in the form's words: labels of choices, days as 15/11/2026, thousands apart."""
    return NOTHING if value is None else KINDS[question.kind].shown(state, question, value)


def example(state: State, question: Question, entry: int = 0) -> str:
    """A right answer to this question."""
    return KINDS[question.kind].example(state, question, entry)
