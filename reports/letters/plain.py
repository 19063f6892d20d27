"""What people wrote, made safe for a letter: one line of text that no template language and no XML stumbles over."""

import re

from messages import clean

_JOINER = "\u2060"
"""Takes no room and is not seen."""
_BRACES = re.compile(r"(?<=\{)(?=[{%#_])|(?<=[}%#_])(?=\})")


def plain(text: str) -> str:
    """A text in one line, without control characters; between braces that a template would read stands a joiner."""
    return _BRACES.sub(_JOINER, " ".join(_written(text).split()))


def paragraphs(text: str) -> list[str]:
    """The lines of a text, each made plain; empty ones are left out."""
    return [line for line in map(plain, _written(text).splitlines()) if line]


def _written(text: str) -> str:
    """The text without what no store can hold: a letter has no use for the sign that stands in its place."""
    return clean(text).replace("\ufffd", "")
