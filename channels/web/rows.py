"""Turns a stored message into what the page gets: text, buttons, and the addresses of its pictures or document."""

import hashlib
import json
import re
from datetime import UTC
from typing import Any

from channels.web.sessions import chat_path
from channels.web.tables import table_view
from messages import Choice, decode
from messages.actions import is_of_interview
from periods.days import ZONE
from storage.delivery.pulled import StoredMessage

_CURSOR = re.compile("([0-9]{1,18})-[0-9a-f]{12}")
"""A row's id has at most 18 digits: both databases can look for any such number."""


def view(chat: str, said: StoredMessage) -> dict[str, Any]:
    """Make the message for the page; parts that it does not have are left out."""
    message = decode(said.body)
    media = f"{chat_path(chat)}media/{said.id}"
    fields: dict[str, Any] = {
        "id": said.id,
        "cursor": cursor_of(said),
        "at": said.at.astimezone(ZONE).isoformat(),
        "text": message.text,
    }
    if said.turn:
        fields["turn"] = said.turn
    if message.choices:
        fields["choices"] = [_button(choice) for choice in message.choices]
        fields["question"] = any(is_of_interview(choice.id) for choice in message.choices)
    if message.pictures:
        fields["pictures"] = [{"src": f"{media}/{n}", "alt": picture.alt} for n, picture in enumerate(message.pictures)]
    if message.document:
        fields["document"] = {"src": f"{media}/{len(message.pictures)}", "name": message.document.name}
    if message.table:
        fields["table"] = table_view(message.table)
    if message.pass_on:
        given = message.pass_on
        fields["pass_on"] = {"text": given.whole, "copy": given.copy, "share": given.share}
    return fields


def cursor_of(said: StoredMessage) -> str:
    """Name a message by its id and content: a restored database may give the same id to another message."""
    what = hashlib.sha256(f"{said.at.astimezone(UTC).isoformat()} {said.body}".encode())
    return f"{said.id}-{what.hexdigest()[:12]}"


def row_of(cursor: str) -> int:
    """Read the id in a cursor; 0, which no message has, if it is no cursor."""
    match = _CURSOR.fullmatch(cursor)
    return int(match[1]) if match else 0


def _button(choice: Choice) -> dict[str, str]:
    """Make a button. One with a word steers the conversation instead of answering, and looks quieter."""
    button = {"id": choice.id, "label": choice.label}
    return button | {"word": choice.word} if choice.word else button


def compact(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
