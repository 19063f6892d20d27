"""A letter as a value: what fills its template, and what people have yet to write into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan.letters.model import LetterForm, LetterKind, Part


@dataclass(frozen=True, slots=True)
class Issue:
    """What the clerk enters when a letter goes out: without it number, day and name stay blank.

    The number may stand with its symbol ("12/BC-UBND") or without. `replaces` is the letter's first line where it
    replaces an earlier one (Decree 30/2020, Article 18).
    """

    number: str
    day: date
    signer: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of the letter that is replaced, and what it is now: both as texts with their unit."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a kind in a form; `context` is what the template's placeholders stand for: texts and lists."""

    kind: LetterKind
    form: LetterForm
    unit: str
    context: Mapping[str, Any]
    missing: tuple[Part, ...]
    """The parts that nobody has written: they print "…" and keep the letter from being issued."""
