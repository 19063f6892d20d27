"""A compiled form: immutable, shared by all interviews and threads.

Every part has a slot (where its value stands for expressions); `order` is an order in which all values can be
computed, `stops` is the order in which people are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from interview.forms.expression import Expression, Slot
from interview.forms.functions import text_of
from interview.forms.layout import Layout
from interview.forms.sheet import Sheet
from interview.reading.choosing import Wording
from interview.reading.digits import whole_number
from interview.steps import Kind

TextParts: TypeAlias = tuple[str | Expression, ...]
"""A text in one language: fixed words, and expressions that put a value between them."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A label, hint or message in the form's languages, with the values it mentions."""

    by_language: Mapping[str, TextParts]
    fallback: str
    """The language used for one that the form lacks."""

    def say(self, language: str, slots: Sequence[Slot], entry: int = 0) -> str:
        """The text in `language`."""
        words = self.by_language.get(language) or self.by_language.get(self.fallback, ())
        if len(words) == 1 and isinstance(words[0], str):
            return words[0]
        said = (word if isinstance(word, str) else text_of(word.value(slots, entry)) for word in words)
        return "".join(said).strip()

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def __or__(self, other: "Texts") -> "Texts":
        """These texts, and the other's for the languages that they lack."""
        return Texts({**other.by_language, **self.by_language}, self.fallback or other.fallback)

    def plain(self) -> tuple[str, ...]:
        """The fixed words in all languages: how people may call it."""
        return tuple("".join(word for word in words if isinstance(word, str)) for words in self.by_language.values())


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One row of a choice list."""

    name: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What a question offers: a list and, if it has a filter, the expression that picks from it."""

    items: tuple[ListedChoice, ...]
    wordings: tuple[Wording, ...]
    by_name: Mapping[str, int]
    fallback: str
    filter: Expression | None = None

    def allowed(self, slots: Sequence[Slot], entry: int = 0) -> Sequence[int]:
        """The positions in the list of what may be chosen now, in order."""
        if self.filter is None:
            return range(len(self.items))
        positions = self.filter.value(slots, entry)
        return positions if isinstance(positions, tuple) else ()

    def label(self, name: str, language: str) -> str:
        """The choice's label, or the name itself for a choice that the list does not hold."""
        at = self.by_name.get(name)
        if at is None:
            return name
        labels = self.items[at].labels
        return labels.get(language) or labels.get(self.fallback) or name


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """Anything with a slot. `parent` and `repeat` are slots of what it lies in, or -1."""

    slot: int
    name: str
    path: str
    parent: int
    repeat: int
    relevant: Expression | None
    speaks: bool
    """Whether it can have a value that nobody gave as an answer: a calculation, or the one choice that is left."""
    row: int | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Question(Node):
    """Something a person is asked (or told, for a note)."""

    kind: Kind
    label: Texts
    called: Texts
    """What it is called beside its answer: its short name where the form gives one, else the label."""
    aliases: tuple[str, ...]
    """What else people may call it."""
    hint: Texts
    required: Expression | bool
    required_message: Texts
    constraint: Expression | None
    constraint_message: Texts
    default: Expression | str
    choices: Choices | None
    on_review: bool
    highest: int
    """The largest number that it takes; for photos, how many."""
    lowest: int
    attributes: Mapping[str, str]
    """The other attributes of the control, for the question's kind to read."""
    depends: bool
    """Whether another answer can make this one wrong (a filter, or a constraint that reads others)."""

    @property
    def look(self) -> list[str]:
        """The words of its appearance."""
        return self.attributes.get("appearance", "").split()


class Source(StrEnum):
    """How the form gets a value that it asks nobody for."""

    GIVEN = "given"
    CALCULATED = "calculated"
    START = "start"
    END = "end"
    TODAY = "today"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Derived(Node):
    """A hidden, calculated or metadata value; `expression` is the calculation, or a hidden value's default."""

    source: Source
    expression: Expression | str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class QuestionGroup(Node):
    """Questions under one condition; with `together`, asked in one message (`summed`: a total may be said)."""

    label: Texts
    called: Texts
    """What it is called on the review's button: its short name where the form gives one, else the label."""
    aliases: tuple[str, ...]
    """What else people may call it."""
    members: tuple[Question, ...]
    together: bool
    summed: bool
    on_review: bool = False
    unsorted: Question | None = None
    """The count of those whom no member counts. Nobody is asked for it: it is taken from a total, if the person says
    so, and while it stands the members need no answer."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Repeat(Node):
    """Questions that are asked anew for every entry.

    With `on_review` nobody is asked for "one more?": a button of the review begins an entry.
    """

    label: Texts
    stops: tuple[Question | QuestionGroup, ...]
    on_review: bool
    highest: int
    """How many entries it takes."""
    openings: tuple[Question | QuestionGroup, ...]
    """The stops that can be an entry's first: their conditions read no other answer of the entry."""

    def first(self, slots: Sequence[Slot]) -> Question | QuestionGroup | None:
        """What an entry that is not begun yet would ask first."""
        relevant = (stop for stop in self.openings if stop.relevant is None or stop.relevant.value(slots) is True)
        return next(relevant, None)


Stop: TypeAlias = Question | QuestionGroup | Repeat


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A published form. `hash` is the SHA-256 of `source`, its tables, and `csvs`, the lists that it uses."""

    id: str
    version: str
    source: str
    csvs: Mapping[str, str]
    hash: str
    sheet: Sheet
    """What `source` was converted to: it serves with other lists, too."""
    titles: Mapping[str, str]
    languages: tuple[str, ...]
    """Codes ("vi", "en"), the default first; `("default",)` when the form names none."""
    questions: tuple[Question, ...]
    stops: tuple[Stop, ...]
    """What is asked in turn; of the extras only entries that were begun, and questions where they are required."""
    extras: tuple[Stop, ...]
    """What the review offers: on-review questions, groups and repeats."""
    notes: tuple[Question, ...]
    order: tuple[Node, ...]
    order_without_entries: tuple[Node, ...]
    """The same without what lies in repeats."""
    blank: Sequence[Slot]
    """By slot what a value is before anything is computed; inside a repeat that has no entries."""
    repeats: tuple[Repeat, ...]
    rank: Mapping[int, int]
    """By slot its place in `order`."""
    dependents: Mapping[int, tuple[Node, ...]]
    """By slot the nodes to compute and check again when its value changes, in order."""
    by_slot: Mapping[int, Node]
    by_path: Mapping[str, Node]
    layout: Layout

    def title(self, language: str) -> str:
        """The form's title."""
        return self.titles.get(language) or self.titles[self.languages[0]]

    def spot_at(self, path: str) -> tuple[Node, int] | None:
        """The node and the entry that a path names ("rep[2]/name" is entry 1), if the form has it."""
        node = self.by_path.get(path)
        if node is not None:
            return node, 0
        head, bracket, rest = path.partition("[")
        digits, _, tail = rest.partition("]")
        node, number = self.by_path.get(head + tail), whole_number(digits)
        return (node, number - 1) if bracket and node is not None and number is not None else None
