"""The chats, messages and files behind the fake server."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.telegram.queue import UpdateQueue
from tests.fakes.telegram.rates import Rates
from tests.fakes.telegram.refusals import Refusal, bad

BOT_ID = 4_242
TOKEN = f"{BOT_ID}:AAcanaryTOKENcanaryTOKENcanaryTOKEN"
"""The token that the server knows; tests look for its second half where it must not be."""


@dataclass
class Chat:
    """A private chat or group, with what stands in it."""

    id: int
    kind: str = "private"
    name: str = ""
    language: str = "vi"
    blocked: bool = False
    deactivated: bool = False
    moved_to: int | None = None
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    def wire(self) -> dict[str, Any]:
        name = {"first_name": self.name} if self.kind == "private" else {"title": self.name}
        return {"id": self.id, "type": self.kind} | name


@dataclass
class Press:
    """A callback query that waits for its answer."""

    at: float
    answer: dict[str, Any] | None = None


class World:
    """Everything that Telegram would remember."""

    def __init__(
        self,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        first_update: int = 700_000_001,
    ) -> None:
        self.now = now
        self.updates = UpdateQueue(first_update, now)
        self.rates = Rates(monotonic)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.presses: dict[str, Press] = {}
        self.menus: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.uploads = 0
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.keep_calls = True
        self.knows_rich = True
        """False for a server older than Bot API 10.1."""
        self.albums = count(1)
        self.on_message: Callable[[Chat, dict[str, Any]], None] | None = None
        self._message_ids = count(1)
        self._file_ids = count(1)

    def me(self) -> dict[str, Any]:
        return {"id": BOT_ID, "is_bot": True, "first_name": "Gò Vấp", "username": "govap_test_bot"}

    def chat_for_sending(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write to it now."""
        chat = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return chat

    def post(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """A new message in a chat."""
        number = next(self._message_ids)
        place: dict[str, Any] = {"message_id": number, "from": sender, "chat": chat.wire(), "date": int(self.now())}
        message = chat.messages[number] = place | content
        if sender["is_bot"] and self.on_message:
            self.on_message(chat, message)
        return message

    def store(self, content: bytes, *, uploaded: bool) -> str:
        """A file under a new id."""
        number = next(self._file_ids)
        self.uploads += uploaded
        file_id = f"AgACAgUAAx{number:08d}"
        self.files[file_id] = content
        return file_id
