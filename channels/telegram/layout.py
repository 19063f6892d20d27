"""How a message looks in Telegram: texts cut where they may be cut, buttons laid out for a phone. Pure.

Telegram counts UTF-16 units of the text that is left after entities are parsed, so lengths are measured before
escaping: "ế" is one unit, "👩‍🏫" five.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from channels.telegram import limits
from messages import Choice, Outgoing

Rows = tuple[tuple[Choice, ...], ...]

ROW_UNITS = 26
"""Letters that fit side by side on a phone 360 px wide, beside the buttons' own margins."""
BUTTON_UNITS = 3
"""What a button's margins cost, in letters."""
MAX_COLUMNS = 5
MORE = "⋯"
"""Text of a message that only carries the buttons that found no room."""


@dataclass(frozen=True, slots=True)
class Part:
    """One call: a text, or the message's picture or document with the text as its caption; HTML, escaped."""

    html: str
    buttons: Rows = ()
    has_file: bool = False


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def parts(message: Outgoing) -> list[Part]:
    """The calls that a message takes, in order: text, then the file, then the buttons under the last of them."""
    has_file = message.picture is not None or message.document is not None
    captioned = has_file and units(message.text) <= limits.MAX_CAPTION
    texts = [] if captioned else split(message.text)
    laid = [Part(_html(text)) for text in texts]
    if has_file:
        laid.append(Part(_html(message.text) if captioned else "", has_file=True))
    return _with_buttons(laid, message.choices)


def _with_buttons(laid: list[Part], choices: Sequence[Choice]) -> list[Part]:
    boards = [rows(choices[at : at + limits.MAX_BUTTONS]) for at in range(0, len(choices), limits.MAX_BUTTONS)]
    if not boards:
        return laid
    last = laid.pop() if laid else Part(MORE)
    return [*laid, Part(last.html, boards[0], last.has_file), *(Part(MORE, board) for board in boards[1:])]


def rows(choices: Sequence[Choice]) -> Rows:
    """Buttons in their order, in rows as wide as a phone; words of navigation (back, skip) get rows of their own."""
    runs = groupby(choices, key=lambda choice: bool(choice.word))
    return tuple(row for _, run in runs for row in _grid(list(run)))


def _grid(choices: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    """All rows with the same number of columns: as many as the longest label leaves room for."""
    longest = max(units(choice.label) for choice in choices) + BUTTON_UNITS
    columns = min(max(1, ROW_UNITS // longest), MAX_COLUMNS, len(choices))
    for at in range(0, len(choices), columns):
        yield tuple(choices[at : at + columns])


def split(text: str, limit: int = limits.MAX_TEXT) -> list[str]:
    """The text in pieces of at most `limit` units, cut between paragraphs if that goes, else lines, words, letters."""
    pieces = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, limit: int) -> int:
    window = text[: _fitting(text, limit)]
    for boundary in ("\n\n", "\n", " "):
        # A cut in the first half would make many small messages of one: rather cut at a lesser boundary.
        cut = window.rfind(boundary)
        if cut > len(window) // 2:
            return cut
    return len(window)


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit into so many units."""
    used = 0
    for at, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return at
    return len(text)


def _html(text: str) -> str:
    return escape(text, quote=False)
