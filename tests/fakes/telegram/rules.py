"""What Telegram refuses to send."""

import re
from typing import Any

from tests.fakes.telegram.markup import parse_html, utf16
from tests.fakes.telegram.refusals import Refusal, bad

MAX_TEXT = 4_096
MAX_CAPTION = 1_024
MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
MAX_COPIED = 256
MIN_ALBUM, MAX_ALBUM = 2, 10
"""As documented; the real server lets a single item pass, on which nobody should build."""
MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024


def formatted(params: dict[str, Any], field: str, limit: int, *, required: bool) -> dict[str, Any]:
    """The text or caption as the message shows it, with its entities."""
    raw = params.get(field, "")
    if params.get("parse_mode", "").upper() == "HTML":
        text, entities = parse_html(raw)
    else:
        text, entities = raw, params.get("entities") or []
    text = text.strip()
    if required and not text:
        raise bad("message text is empty")
    if utf16(text) > limit:
        raise bad("message is too long" if field == "text" else "message caption is too long")
    if not text:
        return {}
    return {field: text} | ({f"{'caption_' if field == 'caption' else ''}entities": entities} if entities else {})


def keyboard(params: dict[str, Any]) -> dict[str, Any]:
    """The inline keyboard, if one was sent."""
    markup = params.get("reply_markup")
    if not markup:
        return {}
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        _button(button)
    return {"reply_markup": {"inline_keyboard": rows}} if buttons else {}


def _button(button: dict[str, Any]) -> None:
    if not button.get("text", "").strip():
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data, copied = button.get("callback_data"), button.get("copy_text")
    if sum(bool(kind) for kind in (data, button.get("url"), copied)) > 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    if copied is not None and not 1 <= utf16(copied.get("text", "")) <= MAX_COPIED:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if data is None and not button.get("url") and copied is None:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")


def upload(content: bytes, kind: str) -> None:
    """Whether a file may be sent as this kind."""
    if not content:
        raise bad("file must be non-empty")
    if len(content) > MAX_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and len(content) > MAX_PHOTO:
        raise bad(f"file is too big for a photo; the maximum size is {MAX_PHOTO} bytes")


def album(media: Any) -> list[dict[str, Any]]:
    """The items of an album. Of types that could be in one, the bot uses two."""
    if not isinstance(media, list):
        raise bad("expected an Array of InputMedia")
    if len(media) > MAX_ALBUM:
        raise bad("too many messages to send as an album")
    if len(media) < MIN_ALBUM:
        raise bad("there are no messages to send as an album")
    for item in media:
        if item.get("type") not in {"photo", "document"}:
            raise bad(f'can\'t parse InputMedia: type "{item.get("type")}" is unsupported')
        if not item.get("media") or str(item["media"]).startswith("attach://"):
            raise bad("can't parse InputMedia: media not found")
    if len({item["type"] for item in media}) > 1:
        raise bad("document can't be mixed with other media types")
    return media


def commands(listed: list[dict[str, str]]) -> None:
    """Whether these may be a commands menu."""
    if len(listed) > 100:
        raise bad("can't parse BotCommand: too many commands specified")
    for entry in listed:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(entry["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
