"""The payloads that the platform sends, as documented and as captured."""

from typing import Any

Payload = dict[str, Any]
_DATE = 1_750_316_131_602


def message(chat: str, message_id: str, **content: Any) -> Payload:
    return {
        "from": {"id": chat, "display_name": "Ted", "is_bot": False},
        "chat": {"id": chat, "chat_type": "PRIVATE"},
        "message_id": message_id,
        "date": _DATE,
        **content,
    }


def text(chat: str, message_id: str, words: str) -> Payload:
    return {"event_name": "message.text.received", "message": message(chat, message_id, text=words)}


def photo(chat: str, message_id: str, field: str, address: str, caption: str = "") -> Payload:
    content = {field: address} | ({"caption": caption} if caption else {})
    return {"event_name": "message.image.received", "message": message(chat, message_id, **content)}


def unsupported(chat: str, message_id: str) -> Payload:
    return {"event_name": "message.unsupported.received", "message": message(chat, message_id)}


def without_message() -> Payload:
    return {"event_name": "message.unsupported.received"}


def enveloped(update: Payload) -> Payload:
    return {"ok": True, "result": update}
