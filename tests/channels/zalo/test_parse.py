"""Updates of every shape, documented and captured, become one vocabulary."""

from typing import Any

import pytest

from channels.zalo.parse import Ignored, UnreadableUpdate, to_incoming, updates_in
from messages import Content, File, Incoming, Text, Unsupported
from tests.fakes.zalo import updates

PHOTO = "https://photo.example/a.jpg"


def content_of(update: dict[str, Any]) -> Content:
    found = to_incoming("100", update)
    assert isinstance(found, Incoming)
    return found.content


def test_a_text_keeps_who_sent_it_and_its_identity() -> None:
    found = to_incoming("100", updates.text("6ede", "2d75", "Xin chào"))
    assert found == Incoming("zalo", "100", "6ede", "2d75", Text("Xin chào"), name="Ted")


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_a_photo_is_found_under_both_names(field: str) -> None:
    assert content_of(updates.photo("6ede", "1", field, PHOTO, "Tọa đàm")) == File(
        is_image=True, mime="image/jpeg", remote=PHOTO, caption="Tọa đàm"
    )


@pytest.mark.parametrize(
    ("event", "what"),
    [("message.unsupported.received", "file"), ("message.sticker.received", "sticker"), ("odd", "file"), ("", "file")],
)
def test_what_cannot_be_read_is_named(event: str, what: str) -> None:
    assert content_of({"event_name": event, "message": updates.message("6ede", "1")}) == Unsupported(what)


@pytest.mark.parametrize("address", ["ftp://x/y", "", 7, None, "javascript:alert(1)", "https://x/" + "a" * 3_000])
def test_a_photo_without_a_usable_address_is_unsupported(address: object) -> None:
    update = {"event_name": "message.image.received", "message": updates.message("6ede", "1", photo_url=address)}
    assert content_of(update) == Unsupported("image")


@pytest.mark.parametrize(
    "update",
    [
        updates.without_message(),
        {"event_name": "message.text.received", "message": {"chat": {"id": "g", "chat_type": "GROUP"}, "text": "x"}},
        {"event_name": "message.text.received", "message": {"chat": {"id": "c"}, "from": {"is_bot": True}}},
    ],
)
def test_what_nobody_waits_for_is_ignored(update: dict[str, Any]) -> None:
    assert isinstance(to_incoming("100", update), Ignored)


@pytest.mark.parametrize("update", [{"event_name": "message.text.received"}, {"message": {"text": "x"}}, {"odd": 1}])
def test_an_unknown_shape_is_unreadable(update: dict[str, Any]) -> None:
    assert isinstance(to_incoming("100", update), UnreadableUpdate)


def test_a_missing_message_id_is_replaced_by_the_updates_fingerprint() -> None:
    update = updates.text("6ede", "", "Xin chào")
    first, again = to_incoming("100", update), to_incoming("100", dict(reversed(update.items())))
    other = to_incoming("100", updates.text("6ede", "", "Xin chào!"))
    assert isinstance(first, Incoming)
    assert isinstance(other, Incoming)
    assert first == again
    assert first.message_id.startswith("sha256:")
    assert first.message_id != other.message_id


def test_control_characters_and_length_are_bounded() -> None:
    found = content_of(updates.text("6ede", "1", "a\x00\ud800" + "b" * 10_000))
    assert isinstance(found, Text)
    assert found.text.startswith("a\ufffd\ufffdb")
    assert len(found.text) == 4_096


UPDATE = updates.text("6ede", "1", "x")


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (UPDATE, 1),
        ({"ok": True, "result": UPDATE}, 1),
        ([UPDATE, {"result": UPDATE}], 2),
        ({"ok": True, "result": [UPDATE, UPDATE]}, 2),
        (None, 0),
        ({}, 0),
        ([], 0),
        ("text", 0),
        ({"ok": True, "result": None}, 0),
    ],
)
def test_updates_are_found_in_and_out_of_an_envelope(raw: object, count: int) -> None:
    assert updates_in(raw) == [UPDATE] * count
