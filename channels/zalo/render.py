"""Writes a message as plain text: numbered lines, words to type, pages that fit. Pure.

The platform has no buttons, so choices without a word become "1. …", and those with a word are named as words to
type. `conversation.offered` decides a choice's number and reads it back; numbers count over all pages.
Every message costs quota: text, choices and hint share one page whenever they fit.
"""

from collections.abc import Iterator, Sequence

from channels.zalo.limits import MESSAGE_UNITS
from conversation.offered import numbers
from locales import Say
from messages import Choice, Outgoing
from messages.limits import units
from messages.table_lines import with_table

_BREAKS = ("\n\n", "\n", " ")
"""The places where a page may end, the best first."""


def pages(message: Outgoing, say: Say, extra: Sequence[str] = ()) -> tuple[str, ...]:
    """Write the message in pages of at most `MESSAGE_UNITS`; `extra` are lines between text and choices."""
    blocks = (with_table(message), *extra, *_menu(message.choices, say))
    return split("\n\n".join(block for block in blocks if block))


def split(text: str, limit: int = MESSAGE_UNITS) -> tuple[str, ...]:
    """Cut the text into parts of at most `limit` units: between paragraphs, else lines, else words, else anywhere."""
    return tuple(part.strip() for part in _split(text, limit, _BREAKS) if part.strip())


def _menu(choices: Sequence[Choice], say: Say) -> Iterator[str]:
    numbered = numbers(choices)
    words = " · ".join(_word(choice) for choice in choices if choice.word)
    if numbered:
        yield "\n".join(f"{number}. {_one_line(choice.label)}" for number, choice in numbered.items())
    if numbered and words:
        yield say("Reply with a number, or type: {words}", words=words)
    elif numbered:
        yield say("Reply with a number.")
    elif words:
        yield say("Type: {words}", words=words)


def _word(choice: Choice) -> str:
    """Name the word to type, with its label if that says more."""
    label = _one_line(choice.label)
    return choice.word if choice.word.casefold() in label.casefold() else f"{choice.word} ({label})"


def _one_line(label: str) -> str:
    """Put a choice on one line: a second line would look like one more choice."""
    return " ".join(label.split())


def _split(text: str, limit: int, breaks: Sequence[str]) -> Iterator[str]:
    if units(text) <= limit:
        yield text
    elif not breaks:
        yield from _cut(text, limit)
    else:
        yield from _pack(text.split(breaks[0]), limit, breaks)


def _pack(pieces: Sequence[str], limit: int, breaks: Sequence[str]) -> Iterator[str]:
    """Fill pages with whole pieces; a piece longer than a page begins on the present one and is split further."""
    page = ""
    for piece in pieces:
        joined = f"{page}{breaks[0]}{piece}" if page else piece
        if units(joined) <= limit:
            page = joined
            continue
        if page and units(piece) <= limit:
            yield page
            page = piece
            continue
        *full, page = _split(joined, limit, breaks[1:])
        yield from full
    yield page


def _cut(text: str, limit: int) -> Iterator[str]:
    """Cut between whole code points: a pair of surrogates is never torn."""
    part, length = "", 0
    for character in text:
        size = units(character)
        if length + size > limit:
            yield part
            part, length = "", 0
        part += character
        length += size
    yield part
