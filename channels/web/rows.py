"""A stored message as the page gets it: text, buttons, and where its pictures or document are."""

import json
from typing import Any

from channels.web.sessions import chat_path
from messages import Choice, decode
from storage.pulled import Said
from storage.weeks import ZONE


def view(chat: str, said: Said) -> dict[str, Any]:
    """The message for the page; parts that it does not have are left out."""
    message = decode(said.body)
    media = f"{chat_path(chat)}media/{said.id}"
    found: dict[str, Any] = {"id": said.id, "at": said.at.astimezone(ZONE).isoformat(), "text": message.text}
    if message.choices:
        found["choices"] = [_button(choice) for choice in message.choices]
    if message.pictures:
        found["pictures"] = [{"src": f"{media}/{n}", "alt": each.alt} for n, each in enumerate(message.pictures)]
    if message.document:
        found["document"] = {"src": f"{media}/{len(message.pictures)}", "name": message.document.name}
    return found


def _button(choice: Choice) -> dict[str, str]:
    """A button; one with a word steers the conversation rather than answering, and looks quieter."""
    button = {"id": choice.id, "label": choice.label}
    return button | {"word": choice.word} if choice.word else button


def compact(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
