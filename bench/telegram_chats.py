"""Plays many people who type the next line as soon as the last one is answered, and times each answer."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram import FakeTelegram, Someone
from tests.fakes.telegram.world import Chat

FIRST_CHAT = 1_000


@dataclass
class Typist:
    """A person in the middle of the conversation."""

    someone: Someone
    at: int = 0
    since: float = 0.0


@dataclass
class Crowd:
    """All people who type at the same time; `took` are the answers' times in seconds."""

    fake: FakeTelegram
    typed: tuple[str, ...]
    took: list[float] = field(default_factory=list)
    finished: int = 0
    _typists: dict[int, Typist] = field(default_factory=dict)

    def begin(self, chats: int) -> None:
        """Let so many people type from now on."""
        self.fake.world.on_message = self._answered
        self._typists = {FIRST_CHAT + n: Typist(Someone(self.fake.world, FIRST_CHAT + n, "Lan")) for n in range(chats)}
        for typist in self._typists.values():
            self._type(typist)

    def end(self) -> None:
        """Let nobody type any more."""
        self._typists = {}

    def _type(self, typist: Typist) -> None:
        typist.since = time.perf_counter()
        typist.someone.chat.messages.clear()
        typist.someone.says(self.typed[typist.at])

    def _answered(self, chat: Chat, _message: dict[str, Any]) -> None:
        typist = self._typists.get(chat.id)
        if typist is None:
            return
        self.took.append(time.perf_counter() - typist.since)
        typist.at += 1
        if typist.at == len(self.typed):
            typist.at = 0
            self.finished += 1
        self._type(typist)
