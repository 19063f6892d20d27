"""The plan's letters as values: which there are, who issues them, what people write into them, and in which form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


class Reads(StrEnum):
    """How the lines of a part are read."""

    TEXT = "text"
    DOCUMENTS = "documents"
    """Number and symbol; day; what it is about."""
    ESTIMATES = "estimates"
    """Indicator; planned; done; estimate for the year; note."""


@dataclass(frozen=True, slots=True)
class LetterForm:
    """The rules that letters follow from a day on: their templates are named after its id."""

    id: str
    name: str
    holds_from: date


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the plan, and the heading under which its activities stand."""

    section: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """What figures cannot say, and people write. Of a `gathered` part the units below may have written some, too."""

    id: str
    name_vi: str
    name_en: str
    hint_vi: str = ""
    hint_en: str = ""
    reads: Reads = Reads.TEXT
    gathered: bool = False

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi

    def hint(self, language: str) -> str:
        return self.hint_en if language == "en" else self.hint_vi


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. One without a `kind` of document is a công văn, which has a subject instead of a title."""

    id: str
    name_vi: str
    name_en: str
    kind: str
    symbol: str
    title: str
    fits: tuple[str, ...]
    levels: tuple[str, ...]
    parts: tuple[Part, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the letters of some units, or of a level, with texts that name {unit}, {above} and {place}."""

    units: tuple[str, ...]
    level: str
    parent: str
    body: str
    short: str
    symbol: str
    place: str
    signature: tuple[str, ...]
    to: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """All of it; `folder` holds the templates."""

    folder: Path
    opening: str
    city: str
    forms: tuple[LetterForm, ...]
    chapters: tuple[Chapter, ...]
    parts: Mapping[str, Part] = field(default_factory=dict)
    kinds: Mapping[str, LetterKind] = field(default_factory=dict)
    issuers: tuple[Issuer, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)

    def form_on(self, day: date) -> LetterForm:
        """The form that holds on a day; the first one for days before all of them."""
        holding = [form for form in self.forms if form.holds_from <= day]
        return max(holding or self.forms[:1], key=lambda form: form.holds_from)

    def issuer_of(self, unit: str, level: str) -> Issuer | None:
        """The issuer of a unit's letters."""
        named = (issuer for issuer in self.issuers if unit in issuer.units)
        of_level = (issuer for issuer in self.issuers if issuer.level == level)
        return next(named, None) or next(of_level, None)

    def fitting(self, length: str, level: str) -> list[LetterKind]:
        """The letters that a unit of a level can write about a period of a length."""
        return [kind for kind in self.kinds.values() if length in kind.fits and level in kind.levels]

    def template(self, kind: str, form: str) -> Path:
        """The Word file of a letter in a form."""
        return self.folder / "templates" / f"{kind}.{form}.docx"


NO_LETTERS = Letters(Path(), "", "", (), ())
"""Of a plan that was not read from a folder."""
