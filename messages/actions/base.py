"""How an action becomes a button's id and is read back: the fields of a dataclass, each by its type."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self

from messages.choices import Choice
from messages.limits import MAX_CHOICE_ID_BYTES
from periods.cuts import NO_CUTS, Cuts
from periods.period import Period, period_of

YES = "yes"
"""The person confirmed what the bot asked."""
_LONGEST_NUMBER = 18
"""Digits of the longest number that is read: a longer one fits no database."""


def number(text: str, otherwise: int = 0) -> int:
    """The number that a part of an id says; `otherwise` if it says none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else otherwise


def _period(text: str, cuts: Cuts) -> Period | None:
    """The period of a code; `None` if the code names none."""
    try:
        return period_of(text, cuts)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_READERS: Mapping[Any, Callable[[str, Any, Cuts], Any]] = {
    int: lambda text, default, _: number(text, default),
    int | None: lambda text, *_: number(text),
    str: lambda text, *_: text,
    str | None: lambda text, *_: text,
    Period | None: lambda text, _, cuts: _period(text, cuts),
    date | None: lambda text, *_: _day(text),
}
"""How a part of an id is read, by its field's type, with the field's default and the rules of periods."""


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.code if isinstance(value, Period) else str(value)


@dataclass(frozen=True, slots=True)
class Action:
    """An action is written as its name and then its fields in order ("approve:12:3").

    Fields that are left out at the end have their defaults, and every field has one, so that any id can be read. Only
    a field that the id leaves out is sure to be `None`: not every type reads an empty part back as `None`.
    """

    NAME: ClassVar[str]

    def __str__(self) -> str:
        parts, given = [self.NAME], 1
        for place, (name, default, _) in enumerate(self._shape(), 2):
            value = getattr(self, name)
            parts.append(_written(value))
            given = given if value == default else place
        return ":".join(parts[:given])

    @classmethod
    def read(cls, arguments: Sequence[str], cuts: Cuts = NO_CUTS) -> Self:
        """The action with these fields, as an id gives them after its name; periods have days by a plan's rules."""
        given = zip(cls._shape(), arguments, strict=False)
        return cls(*(read(text, default, cuts) for (_, default, read), text in given))

    @classmethod
    @cache  # a question offers many choices
    def _shape(cls) -> tuple[tuple[str, Any, Callable[[str, Any, Cuts], Any]], ...]:
        """The name, the default and the reader of every field."""
        return tuple((field.name, field.default, _READERS[field.type]) for field in fields(cls))


class OfUnit(Action):
    """An action that shows or changes a unit.

    It is open to some roles; a person needs one of these that lets them see the unit. An id without a unit means the
    person's own.
    """

    __slots__ = ()
    unit: str | None


def fitting(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Those whose ids fit a button; of figures narrowed to many things some do not, and are left out."""
    return tuple(offered for offered in choices if len(offered.id.encode()) <= MAX_CHOICE_ID_BYTES)


def choice(action: Action, label: str, word: str = "") -> Choice:
    """A choice that does this action when it is pressed."""
    return Choice(str(action), label, word)
