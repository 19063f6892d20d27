"""Raw updates as what people said."""

from typing import Any

import pytest

from channels.telegram.reading import MalformedUpdate, read
from messages import Content, Edit, File, Incoming, Location, Press, Reachability, Text, Unsupported
from tests.fakes.telegram import Someone
from tests.fakes.telegram.world import World

BOT = "4242"
LAN = {"id": 7, "is_bot": False, "first_name": "Lan", "last_name": "Trần", "language_code": "vi"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Lan"}
GROUP = {"id": -1007, "type": "supergroup", "title": "Phường 10"}


def message(chat: dict[str, Any] = PRIVATE, **parts: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "from": LAN, "chat": chat, "date": 1_604_476_800} | parts}


def heard(raw: Any) -> Incoming:
    found = read(raw, BOT)
    assert found
    return found.incoming


def file(file_id: str, **parts: Any) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": file_id} | parts


PHOTO = [
    file("s", width=90, height=60),
    file("l", width=800, height=600, file_size=9000),
    file("m", width=320, height=2),
]

CONTENTS: list[tuple[dict[str, Any], Content]] = [
    ({"text": "nữ 30 nam 15"}, Text("nữ 30 nam 15")),
    ({"text": "/start@govap_bot ABC-123"}, Text("/start ABC-123")),
    ({"text": "thư: lan@example.vn"}, Text("thư: lan@example.vn")),
    ({"text": "a\x00b\r\nc"}, Text("a\ufffdb\nc")),
    ({"text": "nửa \ud83d biểu tượng"}, Text("nửa \ufffd biểu tượng")),
    (
        {"photo": PHOTO, "caption": "buổi tọa đàm", "media_group_id": "g1"},
        File(True, "photo.jpg", "image/jpeg", 9000, remote="l", caption="buổi tọa đàm", album="g1"),
    ),
    (
        {"document": file("d", file_name="a.pdf", mime_type="application/pdf", file_size=3)},
        File(False, "a.pdf", "application/pdf", 3, remote="d"),
    ),
    ({"document": file("d", mime_type="image/png")}, File(True, "", "image/png", remote="d")),
    ({"document": file("d", file_size=21 * 1024 * 1024)}, Unsupported("big_file")),
    ({"location": {"latitude": 10.8, "longitude": 106.7}}, Location(10.8, 106.7)),
    ({"contact": {"phone_number": "0901", "first_name": "An"}}, Text("An 0901")),
    (
        {"sticker": file("s", type="regular", width=1, height=1, is_animated=False, is_video=False)},
        Unsupported("sticker"),
    ),
    ({"voice": file("v", duration=3)}, Unsupported("voice")),
    ({"text": "mới", "a_field_of_next_year": {"x": [1]}}, Text("mới")),
]


@pytest.mark.parametrize(
    ("parts", "content"), CONTENTS, ids=lambda value: "-".join(value) if isinstance(value, dict) else ""
)
def test_a_message_is_read_as_what_it_holds(parts: dict[str, Any], content: Content) -> None:
    incoming = heard(message(**parts))
    assert incoming.content == content
    assert (incoming.channel, incoming.bot, incoming.account) == ("telegram", BOT, "7")
    assert (incoming.name, incoming.language) == ("Lan Trần", "vi")
    assert incoming.message_id == ("album:g1:5" if "media_group_id" in parts else "5")


SERVICE = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}
ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
AS_CHANNEL = {"id": 136_817_688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
CHANNEL = {"id": -1009, "type": "channel", "title": "Tin"}


@pytest.mark.parametrize(
    "parts",
    [
        {"from": ANONYMOUS, "sender_chat": GROUP, "chat": GROUP},
        {"from": ANONYMOUS, "chat": GROUP},
        {"from": ANONYMOUS | {"is_bot": False}, "chat": GROUP},
        {"from": SERVICE, "sender_chat": CHANNEL, "chat": GROUP, "is_automatic_forward": True},
        {"from": SERVICE, "chat": PRIVATE},
        {"from": AS_CHANNEL, "sender_chat": CHANNEL, "chat": GROUP},
        {"from": LAN, "sender_chat": CHANNEL, "chat": GROUP},
        {"from": LAN | {"is_bot": True}, "chat": PRIVATE},
    ],
)
@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query"])
def test_who_cannot_be_told_from_others_is_nobody(parts: dict[str, Any], kind: str) -> None:
    said = {"message_id": 5, "date": 1_604_476_800, "edit_date": 1_604_476_801, "text": "/start ABC-123"} | parts
    if kind == "callback_query":
        sender = {"id": "1", "from": parts["from"], "chat_instance": "x", "data": "agree"}
        assert (read({"update_id": 1, kind: sender}, BOT) is None) is (parts["from"] != LAN)
    else:
        assert read({"update_id": 1, kind: said}, BOT) is None


def test_a_channels_post_is_nobodys_word() -> None:
    post = {"message_id": 5, "date": 1_604_476_800, "text": "/start ABC-123", "chat": CHANNEL, "sender_chat": CHANNEL}
    assert read({"update_id": 1, "channel_post": post}, BOT) is None
    assert read(message(GROUP, text="/menu"), BOT) is not None


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "poll": {"id": "1"}, "something_new": {}},
        message(new_chat_title="x"),
        message(GROUP, text="chuyện trong nhóm"),
        message(GROUP, photo=PHOTO),
        {"update_id": 1, "callback_query": {"id": "1", "from": LAN, "chat_instance": "1", "game_short_name": "x"}},
    ],
    ids=["unknown kind", "service message", "group talk", "group photo", "game"],
)
def test_what_is_nothing_to_a_bot_is_passed_over(raw: dict[str, Any]) -> None:
    if "poll" in raw:
        raw = {key: value for key, value in raw.items() if key != "poll"}
    assert read(raw, BOT) is None


def test_a_command_in_a_group_is_its_senders_and_has_a_number_of_its_own() -> None:
    incoming = heard(message(GROUP, text="/tomtat@govap_bot"))
    assert incoming.account == "7"
    assert incoming.message_id == "-1007:5"
    assert incoming.content == Text("/tomtat")


def test_a_groups_move_to_a_supergroup_changes_nothing_for_its_people() -> None:
    old = {"id": -55, "type": "group", "title": "Phường 10"}
    assert read(message(old, migrate_to_chat_id=-1007), BOT) is None
    assert heard(message(old, text="/menu")).account == heard(message(GROUP, text="/menu")).account == "7"


def test_presses_edits_and_blocking_have_identities_of_their_own() -> None:
    world = World()
    lan = Someone(world, 7)
    lan.says("30")
    lan.edits("35", of="30")
    lan.blocks()
    lan.unblocks()
    lan.presses(world.post(lan.chat, world.me(), {"text": "?"}), "i:1:2:a")
    found = [heard(waiting.body) for waiting in world.updates.peek()]
    assert [each.content for each in found] == [
        Text("30"),
        Edit("1", "35"),
        Reachability(False),
        Reachability(True),
        Press("i:1:2:a"),
    ]
    assert len({each.message_id for each in found}) == 5


def test_a_press_on_a_message_too_old_to_show_is_still_a_press() -> None:
    query = {"id": "9", "from": LAN, "chat_instance": "1", "data": "menu",
             "message": {"message_id": 3, "chat": PRIVATE, "date": 0}}  # fmt: skip
    assert heard({"update_id": 1, "callback_query": query}).content == Press("menu")


@pytest.mark.parametrize("raw", [None, 5, [], {}, {"update_id": 3, "message": {"text": "x"}}, {"update_id": "a" * 9}])
def test_what_is_no_update_is_called_unreadable_without_quoting_it(raw: Any) -> None:
    with pytest.raises(MalformedUpdate) as caught:
        read(raw, BOT)
    assert "x" not in str(caught.value).split(".")


def test_a_text_is_read_up_to_its_limit() -> None:
    content = heard(message(text="a" * 10_000)).content
    assert isinstance(content, Text)
    assert len(content.text) == 4_096
