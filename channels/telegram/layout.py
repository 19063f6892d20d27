"""Lays a message out for Telegram: long texts are cut, buttons are arranged for a phone. Pure.

Telegram counts UTF-16 units of the text that is left after entities are parsed, so lengths are measured before
escaping: "ế" is one unit, "👩‍🏫" five.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from aiogram.types import InputRichMessage

from channels.telegram import limits
from messages import Choice, Outgoing, PassOn
from messages.limits import units
from messages.table_lines import with_table
from scheduler.outcomes import AttachedFile

Rows = tuple[tuple[Choice, ...], ...]

ROW_UNITS = 26
"""Letters that fit side by side on a phone 360 px wide, beside the buttons' own margins."""
BUTTON_UNITS = 3
"""What a button's margins cost, in letters."""
MAX_COLUMNS = 5
MORE = "⋯"
"""The text of a message that is sent only for buttons which fitted nowhere else."""


@dataclass(frozen=True, slots=True)
class Part:
    """One call: a text, a photo or document with its caption, an album of photos, or a rich message; HTML, escaped."""

    html: str
    buttons: Rows = ()
    files: tuple[AttachedFile, ...] = ()
    as_photos: bool = False
    rich: InputRichMessage | None = None
    pass_on: PassOn | None = None

    @property
    def is_album(self) -> bool:
        return len(self.files) > 1

    @property
    def messages(self) -> int:
        """The number of messages as Telegram's API server counts them: each photo of an album is one."""
        return max(1, len(self.files))


def parts(message: Outgoing, photos: Sequence[AttachedFile] = (), papers: Sequence[AttachedFile] = ()) -> list[Part]:
    """The calls that a classic message takes, in order: its files (`papers` go as documents), its text, its buttons.

    An album takes no buttons, and a person who opens the chat sees its end. So text and buttons come last, as they do
    under a single photo.
    """
    text = with_table(message)
    albums = [tuple(photos[at : at + limits.MAX_ALBUM]) for at in range(0, len(photos), limits.MAX_ALBUM)]
    shown = [*(Part("", (), album, as_photos=True) for album in albums), *(Part("", (), (paper,)) for paper in papers)]
    if len(shown) == 1 and not shown[0].is_album and units(text) <= limits.MAX_CAPTION:
        laid = [replace(shown[0], html=_html(text))]
    else:
        laid = [*shown, *(Part(_html(piece)) for piece in split(text))]
    return with_buttons(laid, message.choices, message.pass_on)


def with_buttons(laid: list[Part], choices: Sequence[Choice], pass_on: PassOn | None = None) -> list[Part]:
    """The parts with these buttons under the last, and further messages for those that find no room there."""
    boards = [rows(choices[at : at + limits.MAX_BUTTONS]) for at in range(0, len(choices), limits.MAX_BUTTONS)]
    if not boards and not pass_on:
        return laid
    last = laid.pop() if laid and not laid[-1].is_album else Part(MORE)
    first = replace(last, buttons=boards[0] if boards else (), pass_on=pass_on)
    return [*laid, first, *(Part(MORE, board) for board in boards[1:])]


def rows(choices: Sequence[Choice]) -> Rows:
    """Put buttons, in order, into rows as wide as a phone. Words of navigation (back, skip) get rows of their own."""
    runs = groupby(choices, key=lambda choice: bool(choice.word))
    return tuple(row for _, run in runs for row in _grid(list(run)))


def _grid(choices: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    """Give all rows the same number of columns: as many as the longest label leaves room for."""
    longest = max(units(choice.label) for choice in choices) + BUTTON_UNITS
    columns = min(max(1, ROW_UNITS // longest), MAX_COLUMNS, len(choices))
    for at in range(0, len(choices), columns):
        yield tuple(choices[at : at + columns])


def split(text: str, limit: int = limits.MAX_TEXT) -> list[str]:
    """Cut the text into pieces of at most `limit` units: between paragraphs if possible, else lines, words, letters."""
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
    """Count the characters of the text that fit into so many units."""
    used = 0
    for at, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return at
    return len(text)


def _html(text: str) -> str:
    return escape(text, quote=False)
