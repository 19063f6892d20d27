"""Reads a raw update as an `Incoming`, in the documented and the captured shapes; unknown fields are passed over."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from channels.zalo import CHANNEL
from messages import MAX_TEXT, Content, File, Incoming, Text, Unsupported, clean

Update: TypeAlias = Mapping[str, Any]
_KIND = 100
_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that needs no answer: from a group, from a bot, or without any content."""

    why: str


@dataclass(frozen=True, slots=True)
class UnreadableUpdate:
    """An update of an unknown shape. It is kept so that somebody can look at it."""

    why: str


def updates_in(raw: Any) -> list[Update]:
    """List the updates of a poll's result or a webhook's body: one or several, in an envelope or without."""
    if isinstance(raw, list):
        return [update for entry in raw for update in updates_in(entry)]
    if not isinstance(raw, dict) or not raw:
        return []
    if "event_name" not in raw and "message" not in raw and "result" in raw:
        return updates_in(raw["result"])
    return [raw]


def to_incoming(bot: str, update: Update) -> Incoming | Ignored | UnreadableUpdate:
    """Read what a person sent to this bot."""
    event = str(update.get("event_name") or "")
    message = update.get("message")
    if not isinstance(message, dict):
        return Ignored("no message") if "unsupported" in event else UnreadableUpdate("no message")
    chat, sender = _part(message, "chat"), _part(message, "from")
    if chat.get("chat_type") not in {None, "", "PRIVATE"}:
        return Ignored("not a private chat")
    if sender.get("is_bot") is True:
        return Ignored("from a bot")
    account = _id(chat.get("id")) or _id(sender.get("id"))
    if not account:
        return UnreadableUpdate("no chat")
    return Incoming(
        channel=CHANNEL,
        bot=bot,
        account=account,
        message_id=_id(message.get("message_id")) or fingerprint(update),
        content=_content(event, message),
        name=clean(str(sender.get("display_name") or "")),
    )


def fingerprint(update: Update) -> str:
    """Make a stand-in for a missing message id; the same update always gets the same one."""
    canonical = json.dumps(update, sort_keys=True, ensure_ascii=True, default=str)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()[:32]}"


def _content(event: str, message: Update) -> Content:
    photo = _address(message.get("photo")) or _address(message.get("photo_url"))
    if photo:
        caption = clean(str(message.get("caption") or ""))[:MAX_TEXT]
        return File(is_image=True, mime="image/jpeg", remote=photo, caption=caption)
    text = message.get("text")
    if isinstance(text, str) and text:
        return Text(clean(text)[:MAX_TEXT])
    return Unsupported(_kind(event))


def _kind(event: str) -> str:
    """Name the kind: "message.voice.received" → "voice". A kind that the platform does not carry is called "file"."""
    parts = event.split(".")
    kind = parts[1] if len(parts) > 1 else ""
    return clean(kind)[:_KIND] if kind not in {"", "unsupported"} else "file"


def _part(message: Update, name: str) -> Update:
    part = message.get(name)
    return part if isinstance(part, dict) else {}


def _id(value: Any) -> str:
    """Read an id, which is opaque; a number that should have been a string is kept as it is written."""
    if isinstance(value, str):
        return clean(value)[:200]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _address(value: Any) -> str:
    """Read a web address; `photos` decides whether it may be fetched."""
    if not isinstance(value, str) or len(value) > _ADDRESS or not value.startswith(("https://", "http://")):
        return ""
    return clean(value)
