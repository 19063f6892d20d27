"""Somebody in Telegram, by the fake Bot API server."""

from typing import Any

from tests.cases.person import Person, photo
from tests.fakes.telegram import FakeTelegram, Someone
from tests.fakes.telegram.people import buttons, shown


class TelegramPerson(Person):
    """Presses real buttons of real messages."""

    def __init__(self, code: str, fake: FakeTelegram, number: int) -> None:
        super().__init__(code)
        self._someone = Someone(fake.world, number, "Lan")
        self._last = 0
        self._pressed: dict[str, Any] = {}

    async def heard(self) -> str:
        return "\n".join(shown(message) for message in self._new())

    def _new(self) -> list[dict[str, Any]]:
        return [message for message in self._someone.seen() if message["message_id"] > self._last]

    def _does(self) -> Someone:
        self._last = max(self._someone.chat.messages, default=0)
        return self._someone

    async def comes_with(self, code: str) -> None:
        self._does().says(f"/start {code}")

    async def says(self, text: str) -> None:
        self._does().says(text)

    async def photographs(self) -> None:
        self._does().sends_photo(photo())

    async def sends_a_sticker(self) -> None:
        sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}
        self._does().posts({"sticker": sticker | {"is_animated": False, "is_video": False}})

    async def edits(self, old: str, new: str) -> None:
        self._does().edits(new, of=old)

    async def offered(self, label: str) -> str | None:
        for message in reversed(self._new()):
            for button in buttons(message):
                if button["text"].startswith(label):
                    self._pressed = message
                    return str(button["callback_data"])
        return None

    async def chooses(self, choice: str) -> None:
        self._does().presses(self._pressed, choice)
