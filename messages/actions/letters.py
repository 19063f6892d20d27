"""Actions on letters: which there are of a period, the file itself, and what people write into them."""

from dataclasses import dataclass

from messages.actions.base import Action, OfUnit
from periods.period import Period


@dataclass(frozen=True, slots=True)
class Letters(OfUnit):
    """Offers the letters that fit a unit and a period."""

    NAME = "letters"
    unit: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class MakeLetter(OfUnit):
    """Makes a letter as a Word file: a draft with the figures of now."""

    NAME = "letter"
    unit: str | None = None
    period: Period | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LetterParts(OfUnit):
    """Lists what people write into a letter, and what of it is still empty."""

    NAME = "lparts"
    unit: str | None = None
    period: Period | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShowPart(Action):
    """Shows a part of a letter, by its place among the letter's parts, and takes what is typed next for it."""

    NAME = "lpart"
    letter: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class FillPart(Action):
    """Empties a part of a letter whose version was `seen`, or takes over `BELOW`, what the units below wrote.

    While it is offered, what is typed is written into the part.
    """

    NAME = "lfill"
    letter: int = 0
    part: int = 0
    seen: int = -1
    how: str = ""


BELOW = "below"
