"""Someone with Telegram on the phone: what they do becomes updates, what the bot does they see."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.fakes.telegram.markup import utf16
from tests.fakes.telegram.rich import rich_buttons, rich_text
from tests.fakes.telegram.world import Chat, Press, World
from tests.waiting import PATIENCE

_PRESSES = count(1)


class Someone:
    """A person in a private chat with the bot, or in a group with it."""

    def __init__(
        self, world: World, number: int, name: str = "Lan", language: str = "vi", group: int | None = None
    ) -> None:
        self._world = world
        self.number = number
        self.user = {"id": number, "is_bot": False, "first_name": name, "language_code": language}
        place = group or number
        kind = "supergroup" if group else "private"
        self.chat = world.chats.setdefault(place, Chat(place, kind, name, language))
        self._acted_at = 0

    # What they do; each returns the update's id.

    def says(self, text: str) -> int:
        command = text.partition(" ")[0] if text.startswith("/") else ""
        entity = {"type": "bot_command", "offset": 0, "length": utf16(command)}
        return self.posts({"text": text} | ({"entities": [entity]} if command else {}))

    def posts(self, content: dict[str, Any]) -> int:
        """Any message, by its parts on the wire."""
        message = self._world.post(self.chat, self.user, content)
        self._acted_at = message["message_id"]
        return self._world.updates.put("message", dict(message), self.chat.id)

    def edits(self, text: str, of: str) -> int:
        message = next(each for each in reversed(self.chat.messages.values()) if each.get("text") == of)
        message |= {"text": text, "edit_date": int(self._world.now())}
        return self._world.updates.put("edited_message", dict(message), self.chat.id)

    def sends_photo(self, content: bytes, caption: str = "", album: str = "") -> int:
        sizes = [
            {"file_id": self._world.store(content, uploaded=False), "file_unique_id": f"u{width}", "width": width,
             "height": width * 3 // 4, "file_size": len(content)}
            for width in (90, 320, 800)
        ]  # fmt: skip
        extra = ({"caption": caption} if caption else {}) | ({"media_group_id": album} if album else {})
        return self.posts({"photo": sizes} | extra)

    def sends_document(self, content: bytes, name: str, mime: str, size: int | None = None) -> int:
        file_id = self._world.store(content, uploaded=False)
        document = {"file_id": file_id, "file_unique_id": "d", "file_name": name, "mime_type": mime}
        return self.posts({"document": document | {"file_size": len(content) if size is None else size}})

    def sends_location(self, latitude: float, longitude: float) -> int:
        return self.posts({"location": {"latitude": latitude, "longitude": longitude}})

    def taps(self, label: str) -> int:
        """Press the newest button with this label."""
        for message in reversed(self.chat.messages.values()):
            for button in buttons(message):
                if button["text"] == label:
                    return self.presses(message, button["callback_data"])
        raise AssertionError(f"no button {label!r} in {self.buttons()}")

    def presses(self, message: dict[str, Any], data: str) -> int:
        query = f"{self.number}00{next(_PRESSES)}"
        self._acted_at = max(self.chat.messages)
        self._world.presses[query] = Press(self._world.now())
        body = {"id": query, "from": self.user, "chat_instance": "1", "data": data, "message": dict(message)}
        return self._world.updates.put("callback_query", body, self.chat.id)

    def blocks(self) -> int:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblocks(self) -> int:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def _membership(self, before: str, after: str) -> int:
        def status(kind: str) -> dict[str, Any]:
            extra = {"until_date": 0} if kind == "kicked" else {}
            return {"user": self._world.me(), "status": kind} | extra

        body = {
            "chat": self.chat.wire(),
            "from": self.user,
            "date": int(self._world.now()),
            "old_chat_member": status(before),
            "new_chat_member": status(after),
        }
        return self._world.updates.put("my_chat_member", body, self.chat.id)

    # What they see.

    def seen(self) -> list[dict[str, Any]]:
        """The bot's messages, oldest first."""
        return [message for message in self.chat.messages.values() if message["from"]["is_bot"]]

    def texts(self) -> list[str]:
        return [shown(message) for message in self.seen()]

    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        for message in reversed(self.seen()):
            if labels(message):
                return labels(message)
        return []

    async def sees(self, text: str) -> dict[str, Any]:
        """The newest message since they last did something that has these words in it, as soon as there is one."""
        return await self._comes(lambda each: text in shown(each) and each["message_id"] > self._acted_at, text)

    async def sees_edited(self, text: str) -> dict[str, Any]:
        """An earlier message that was changed to have these words in it."""
        return await self._comes(lambda each: text in shown(each) and "edit_date" in each, text)

    async def _comes(self, fits: Callable[[dict[str, Any]], bool], text: str) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while loop.time() < end:
            found = [each for each in self.seen() if fits(each)]
            if found:
                return found[-1]
            await asyncio.sleep(0.01)
        raise AssertionError(f"{text!r} did not come; seen: {self.texts()[-5:]}")


def shown(message: dict[str, Any]) -> str:
    """The words of a message."""
    return str(message.get("text") or message.get("caption") or rich_text(message))


def labels(message: dict[str, Any]) -> list[str]:
    """The buttons under a message."""
    return [button["text"] for button in _under(message)]


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons under a message, and those inside of it."""
    return [*_under(message), *rich_buttons(message)]


def _under(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
