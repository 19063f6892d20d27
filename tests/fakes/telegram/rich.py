"""What Telegram refuses of a rich message, as the documentation of Bot API 10.3 has it.

The limits are documented, the words of the refusals are not; those of a message without any content were reported.
"""

from collections.abc import Iterator
from typing import Any

from tests.fakes.telegram.refusals import bad

MAX_TEXT = 32_768
MAX_BLOCKS = 500
MAX_DEPTH = 16
MAX_COLUMNS = 20
MAX_BUTTONS = 8
MAX_CALLBACK_DATA = 64
ALIGNS, VALIGNS = {"left", "center", "right"}, {"top", "middle", "bottom"}
_TEXTS = {"paragraph", "heading", "footer", "pre"}


def rich(given: Any) -> dict[str, Any]:
    """The rich message as the chat holds it."""
    if not isinstance(given, dict) or sum(given.get(form) is not None for form in ("html", "markdown", "blocks")) != 1:
        raise bad("exactly one of html, markdown and blocks must be used")
    blocks = given.get("blocks")
    if not blocks:
        raise bad("RICH_MESSAGE_CONTENT_REQUIRED")
    counted = [weight for block in blocks for weight in _weigh(block, 1)]
    if len(counted) > MAX_BLOCKS:
        raise bad("RICH_MESSAGE_BLOCKS_TOO_MUCH")
    if sum(counted) > MAX_TEXT:
        raise bad("RICH_MESSAGE_TEXT_TOO_LONG")
    return {"rich_message": {"blocks": [_stored(block) for block in blocks]}}


def _weigh(block: Any, depth: int) -> Iterator[int]:
    """For this block and all inside of it the length of its text."""
    if depth > MAX_DEPTH:
        raise bad("RICH_MESSAGE_DEPTH_TOO_BIG")
    match block:
        case {"type": "table", "cells": [_, *_] as rows}:
            yield _text(block.get("caption", ""))
            yield from map(_row, rows)
        case {"type": "details", "summary": summary, "blocks": [_, *_] as inside}:
            yield _text(summary, required=True)
            for each in inside:
                yield from _weigh(each, depth + 1)
        case {"type": "buttons", "buttons": list(buttons)} if 1 <= len(buttons) <= MAX_BUTTONS:
            yield sum(map(_button, buttons))
        case {"type": "divider"}:
            yield 0
        case {"type": str(kind), "text": text} if kind in _TEXTS:
            yield _text(text, required=True)
        case _:
            raise bad(f"can't parse InputRichBlock: {block.get('type') if isinstance(block, dict) else block!r}")


def _row(cells: Any) -> int:
    if not isinstance(cells, list) or not cells:
        raise bad("can't parse RichBlockTableCell")
    if sum(cell.get("colspan", 1) for cell in cells) > MAX_COLUMNS:
        raise bad("RICH_MESSAGE_TABLE_COLUMNS_TOO_MUCH")
    for cell in cells:
        if cell.get("align") not in ALIGNS or cell.get("valign") not in VALIGNS:
            raise bad("can't parse RichBlockTableCell: wrong alignment")
    return sum(_text(cell.get("text", "")) for cell in cells)


def _button(button: dict[str, Any]) -> int:
    data = button.get("callback_data", "")
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")
    return _text(button.get("text", ""), required=True)


def _text(text: Any, *, required: bool = False) -> int:
    """Length of a plain text; formatted ones the bot does not use."""
    if not isinstance(text, str):
        raise bad("can't parse RichText")
    if required and not text.strip():
        raise bad("RICH_TEXT_EMPTY")
    return len(text)


def _stored(block: dict[str, Any]) -> dict[str, Any]:
    """As a RichBlock of a message: what was not given is false or absent."""
    inside = {"blocks": [_stored(each) for each in block["blocks"]]} if "blocks" in block else {}
    return block | inside


def rich_text(message: dict[str, Any]) -> str:
    """All words of a rich message, a row a line."""
    return "\n".join(line for block in message.get("rich_message", {}).get("blocks", []) for line in _lines(block))


def _lines(block: dict[str, Any]) -> Iterator[str]:
    yield from filter(None, (block.get("caption"), block.get("summary"), block.get("text")))
    for row in block.get("cells", []):
        yield " | ".join(cell.get("text", "") for cell in row)
    for each in block.get("blocks", []):
        yield from _lines(each)


def rich_buttons(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The buttons inside of a rich message."""
    waiting = list(message.get("rich_message", {}).get("blocks", []))
    while waiting:
        block = waiting.pop(0)
        yield from block.get("buttons", [])
        waiting = [*block.get("blocks", []), *waiting]
