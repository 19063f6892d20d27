"""Somebody in Zalo, by the fake platform: no buttons, but numbered lines and words to type."""

import re

from tests.cases.person import Person, photo
from tests.fakes.zalo import FakeZalo


class ZaloPerson(Person):
    """Types the number of what they choose, or the word that stands for it."""

    def __init__(self, code: str, fake: FakeZalo, token: str, chat: str) -> None:
        super().__init__(code)
        self._fake, self._token, self._chat = fake, token, chat
        self._before = 0

    async def heard(self) -> str:
        return "\n".join(self._fake.heard(self._chat)[self._before :])

    async def comes_with(self, code: str) -> None:
        await self.says(f"mã {code}")

    async def says(self, text: str) -> None:
        self._before = len(self._fake.heard(self._chat))
        self._fake.says(self._token, self._chat, text)

    async def photographs(self) -> None:
        self._before = len(self._fake.heard(self._chat))
        self._fake.sends_photo(self._token, self._chat, photo())

    async def sends_a_sticker(self) -> None:
        self._before = len(self._fake.heard(self._chat))
        self._fake.sends_file(self._token, self._chat)

    async def offered(self, label: str) -> str | None:
        heard = await self.heard()
        numbered = re.search(rf"^(\d+)\. {re.escape(label)}", heard, re.MULTILINE)
        if numbered:
            return numbered[1]
        words = " · ".join(re.findall("gõ: (.*)", heard)).split(" · ")
        return next((word for word in words if word and word in label.casefold()), None)

    async def chooses(self, choice: str) -> None:
        await self.says(choice)
