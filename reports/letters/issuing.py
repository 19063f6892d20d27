"""The head, the signature and the recipients of a letter: whose it is, in the issuer's words."""

from typing import Any

from plan.letters.model import Issuer, LetterKind, Letters
from reports.letters.model import Issue
from reports.letters.numerals import month_in_words
from reports.letters.plain import plain
from reports.letters.sentences import Phrases
from storage.directory.units import Unit, UnitsOfDay

_LEFT_OUT = ("phòng", "và", "-", "ban", "thành", "phố")
"""Words that give no letter to a symbol."""


def place_of(name: str) -> str:
    """A ward's name as its letters' place: "Hạnh Thông", but "Phường 10", since a number alone is no name."""
    first, _, rest = name.partition(" ")
    return rest if rest and not rest[0].isdecimal() and first.casefold() in ("phường", "quận") else name


def initials(name: str) -> str:
    """Phòng Văn hóa và Thông tin: VHTT."""
    return "".join(word[0] for word in name.split() if word.casefold() not in _LEFT_OUT).upper()


class Head:
    """The issuer's texts for one unit."""

    def __init__(self, letters: Letters, issuer: Issuer, unit: Unit, units: UnitsOfDay) -> None:
        above = units.parent(unit.code)
        self._issuer = issuer
        self._values = {
            "unit": plain(unit.name),
            "above": _within(plain(above.name)) if above else letters.city,
            "place": place_of(plain(unit.name)),
            "initials": initials(plain(unit.name)),
        }

    def text(self, pattern: str) -> str:
        """A text of the issuer with the unit's names put in."""
        return pattern.format(**self._values)

    def symbol(self, kind: LetterKind) -> str:
        """BC-UBND; of a công văn the issuer's alone."""
        return "-".join(filter(None, (kind.symbol, self.text(self._issuer.symbol))))

    def to_dict(self) -> dict[str, Any]:
        issuer = self._issuer
        *others, archive = (self.text(each) for each in issuer.recipients)
        return {
            "parent": self.text(issuer.parent).upper(),
            "body": self.text(issuer.body).upper().split("\n"),
            "short": self.text(issuer.short),
            "place": self.text(issuer.place),
            "to": self.text(issuer.to),
            "signature": [self.text(each) for each in issuer.signature],
            "recipients": [f"- {each};" for each in others],
            "archive": f"- {archive}.",
        }


def _within(name: str) -> str:
    """A name that is said after another: "Ủy ban nhân dân quận Gò Vấp"."""
    first, space, rest = name.partition(" ")
    return first.lower() + space + rest if first in ("Quận", "Phường", "Thành") else name


def dated(phrase: Phrases, head: Head, kind: LetterKind, year: int, issue: Issue | None) -> dict[str, str]:
    """Number, place and day, and what the appendices phrase of the letter: blank until it is issued."""
    symbol, named = head.symbol(kind), head.to_dict()
    common: dict[str, object] = {"symbol": symbol, "issuer": named["short"]}
    common["kind"] = kind.kind[:1] + kind.kind[1:].lower() or phrase("kind_letter")
    if issue is None:
        return {
            "number": phrase("number_line", symbol=symbol),
            "date": phrase("date_line", place=named["place"], year=year),
            "attached": phrase("attached", **common, year=year),
            "signer": "",
            "replaces": "",
        }
    on = {"day": f"{issue.day.day:02}", "month": month_in_words(issue.day), "year": issue.day.year}
    number, _, typed = plain(issue.number).partition("/")
    symbol = typed or symbol
    common["symbol"] = symbol
    return {
        "number": phrase("number_line_issued", number=number, symbol=symbol),
        "date": phrase("date_line_issued", place=named["place"], **on),
        "attached": phrase("attached_issued", **common, number=number, **on),
        "signer": plain(issue.signer),
        "replaces": plain(issue.replaces),
    }
