"""All rules in one table, each by a name that says what it is about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.letters.checking import body, head
from reports.letters.checking.page import Page

RULES: Mapping[str, Callable[[Page, str], Iterator[str]]] = {
    "page": head.page,
    "issuer": head.issuer,
    "state": head.state,
    "number and day": head.number_and_day,
    "title": head.title,
    "body": body.body,
    "signature": body.signature,
    "recipients": body.recipients,
    "appendices": body.appendices,
    "numerals": body.numerals,
    "placeholders": body.nothing_left_over,
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a letter breaks, and where."""

    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


def problems_of(path: Path, form: str) -> list[Breach]:
    """All breaches of a letter's file, under the rules of a form (its id). Raises what python-docx does for no file."""
    letter = Page(path)
    return [Breach(name, text) for name, rule in RULES.items() for text in rule(letter, form)]
