"""Somebody at a terminal: JSON lines through `bot.chat`."""

import json
from pathlib import Path
from typing import Any

from bot.chat import Chat
from bot.prepare import OpenInstallation
from bot.settings import Settings
from channels import terminal
from channels.terminal import Shown
from channels.terminal_table import aligned
from messages import Table
from tests.cases.person import Person, photo


class TerminalPerson(Person):
    """What `chat --as CODE --json` does with a line, less the pipe."""

    def __init__(self, code: str, prepared: OpenInstallation, media: Path) -> None:
        super().__init__(code)
        self._prepared, self._media = prepared, media
        self._chat = Chat(prepared, Settings(media=media), code)
        self._messages: list[dict[str, Any]] = []

    async def heard(self) -> str:
        return "\n".join(_words(message) for message in self._messages)

    async def comes_with(self, code: str) -> None:
        self._chat = Chat(self._prepared, Settings(media=self._media), code)
        self._hear(self._chat.join_if_new())

    async def says(self, text: str) -> None:
        self._writes({"text": text})

    async def photographs(self) -> None:
        path = self._media.parent / "hinh.jpg"
        path.write_bytes(photo())
        self._writes({"photo": str(path)})

    async def offered(self, label: str) -> str | None:
        choices = [choice for message in self._messages for choice in message["choices"]]
        return next((str(choice["id"]) for choice in choices if choice["label"].startswith(label)), None)

    async def chooses(self, choice: str) -> None:
        self._writes({"choose": choice})

    def _writes(self, line: dict[str, str]) -> None:
        self._hear(self._chat.take(terminal.read_json_line(json.dumps(line), self._chat.load)))

    def _hear(self, shown: list[Shown]) -> None:
        self._messages = [json.loads(line) for line in terminal.json_lines(shown)]
        self._chat.printed()


def _words(message: dict[str, Any]) -> str:
    """A message's text, and its table as it is printed for people."""
    table = [Table.of_json(message["table"])] if "table" in message else []
    return "\n".join([str(message["text"]), *(line for each in table for line in aligned(each, 100))])
