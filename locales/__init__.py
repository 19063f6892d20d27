"""Interface texts: English in the code as message ids, Vietnamese in `vi/*.po`, one catalogue a room.

`say("Saved. {count} people", count=3)` looks the text up and puts the values in; a text without a translation
stays English rather than failing, and a test finds it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import polib

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"
_FOLDER = Path(__file__).parent


class Say:
    """The texts in one language."""

    def __init__(self, language: str, entries: dict[str, str]) -> None:
        self.language = language
        self._entries = entries

    def __call__(self, text: str, /, **values: Any) -> str:
        """The text in this language with `{named}` values put in."""
        translated = self._entries.get(text, text)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, /, n: int, **values: Any) -> str:
        """The text for `n` things; Vietnamese has one form for all numbers."""
        text = self._entries.get(one) or (one if n == 1 else many)
        return text.format(n=n, **values)


@cache
def texts(language: str) -> Say:
    """The texts of a language; an unknown one gets the default's."""
    chosen = language if language in LANGUAGES else DEFAULT_LANGUAGE
    entries: dict[str, str] = {}
    for path in sorted((_FOLDER / chosen).glob("*.po")):
        for entry in polib.pofile(str(path)).translated_entries():
            entries[entry.msgid] = entry.msgstr or entry.msgstr_plural[0]
    return Say(chosen, entries)


def capital(words: str) -> str:
    """The words as a line or a button begins: "thường trực Ban" keeps its second capital, which `capitalize` takes."""
    return words[:1].upper() + words[1:]


def number(value: int, language: str = DEFAULT_LANGUAGE) -> str:
    """A count as people write it: 1.200 in Vietnamese, 1,200 in English."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def decimal(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """A number to a tenth: 62,5 in Vietnamese, 62.5 in English."""
    tenths = f"{value:.1f}"
    return tenths if language == "en" else tenths.replace(".", ",")
