"""Somebody at a channel's real edge: what they do there, and what they hear after it."""

import asyncio
import io
import itertools
import random
import time
from abc import ABC, abstractmethod

from PIL import Image

from tests.waiting import PATIENCE

_PHOTOS = itertools.count()


def photo() -> bytes:
    """A photo that nobody took before: one that stands in another report is asked about."""
    chance, buffer = random.Random(next(_PHOTOS)), io.BytesIO()
    Image.frombytes("L", (12, 9), chance.randbytes(108)).resize((64, 48)).save(buffer, "JPEG")
    return buffer.getvalue()


class Person(ABC):
    """`code` is their invitation. Everything that they do forgets what was heard before."""

    def __init__(self, code: str) -> None:
        self.code = code

    @abstractmethod
    async def heard(self) -> str:
        """All texts since they last did something."""

    @abstractmethod
    async def comes_with(self, code: str) -> None: ...

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    async def photographs(self) -> None: ...

    @abstractmethod
    async def offered(self, label: str) -> str | None:
        """How to choose what begins with this label among what was offered since they last did something."""

    @abstractmethod
    async def chooses(self, choice: str) -> None:
        """Choose what `offered` found."""

    async def taps(self, label: str) -> None:
        until = time.monotonic() + PATIENCE
        while (choice := await self.offered(label)) is None:
            assert time.monotonic() < until, f"nothing like {label!r} is offered by: {await self.heard()}"
            await asyncio.sleep(0.01)
        self._chosen = choice
        await self.chooses(choice)

    async def taps_again(self) -> None:
        await self.chooses(self._chosen)

    async def sends_a_sticker(self) -> None:
        raise NotImplementedError("nobody can send one here")

    async def edits(self, old: str, new: str) -> None:
        raise NotImplementedError("nothing can be edited here")

    async def answered(self) -> None:
        """Nobody goes on before they have read what came."""
        until = time.monotonic() + PATIENCE
        while not (await self.heard()).strip():
            assert time.monotonic() < until, "no answer"
            await asyncio.sleep(0.01)

    async def sees(self, *parts: str) -> None:
        until = time.monotonic() + PATIENCE
        while missing := _missing(parts, await self.heard()):
            assert time.monotonic() < until, f"{missing} not in: {await self.heard()}"
            await asyncio.sleep(0.01)


def _missing(parts: tuple[str, ...], heard: str) -> list[str]:
    return [part for part in parts if part not in heard]
