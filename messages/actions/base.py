"""How an action becomes a button's id and is read back: the fields of a dataclass, each by its type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
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
        values = [(getattr(self, each.name), each.default) for each in fields(self)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        return ":".join([self.NAME, *(_written(value) for value, _ in values)])

    @classmethod
    def read(cls, arguments: Sequence[str]) -> Self:
        """What stands behind the name in an id."""
        given = zip(fields(cls), arguments, strict=False)
        return cls(**{each.name: _READERS[each.type](text, each.default) for each, text in given})


class OfUnit(Action):
    """An action that shows or changes a unit: whoever does it must see that by one of the roles that it is open to.

    Where the id names none, it is the person's own.
    """

    __slots__ = ()
    unit: str | None


def choice(action: Action, label: str, word: str = "") -> Choice:
    """A choice that does this."""
    return Choice(str(action), label, word)
