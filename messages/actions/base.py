"""How an action becomes a button's id and is read back: the fields of a dataclass, each by its type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self

from messages.outgoing import Choice
from periods.period import Period, period_of

YES = "yes"
"""What was asked about is confirmed."""
_LONGEST_NUMBER = 18
"""Digits; what has more fits no database."""


def number(text: str, otherwise: int = 0) -> int:
    """A number in an id; `otherwise` for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else otherwise


def _period(text: str) -> Period | None:
    """A period by its code; `None` for what is none."""
    try:
        return period_of(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_READERS: Mapping[Any, Callable[[str, Any], Any]] = {
    int: number,
    int | None: lambda text, _: number(text),
    str: lambda text, _: text,
    str | None: lambda text, _: text,
    Period | None: lambda text, _: _period(text),
    date | None: lambda text, _: _day(text),
}
"""What a text in an id says, by the field's type; the field's default is given for what says nothing."""


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.code if isinstance(value, Period) else str(value)


@dataclass(frozen=True, slots=True)
class Action:
    """A name, then the fields in their order, as "approve:12:3"; what is left out at the end has its default.

    Each field has a default: any text in an id reads as something. A text that names nothing is not the same as none:
    `None` is a field that the id does not have, so a field after it cannot be written.
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
    def read(cls, arguments: Sequence[str]) -> Self:
        """What stands behind the name in an id."""
        given = zip(cls._shape(), arguments, strict=False)
        return cls(*(read(text, default) for (_, default, read), text in given))

    @classmethod
    @cache  # a question offers many choices
    def _shape(cls) -> tuple[tuple[str, Any, Callable[[str, Any], Any]], ...]:
        """The fields: name, default, reader."""
        return tuple((each.name, each.default, _READERS[each.type]) for each in fields(cls))


class OfUnit(Action):
    """An action that shows or changes a unit: whoever does it must see that by one of the roles that it is open to.

    Where the id names none, it is the person's own.
    """

    __slots__ = ()
    unit: str | None


def choice(action: Action, label: str, word: str = "") -> Choice:
    """A choice that does this."""
    return Choice(str(action), label, word)
