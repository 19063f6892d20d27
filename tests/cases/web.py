"""Somebody in a browser, by the HTTP routes that the page uses."""

import re
from itertools import count
from typing import Any

from aiohttp import ClientSession, CookieJar, FormData

from tests.cases.person import Person, photo

_IDS = count()


class WebPerson(Person):
    """One browser with its cookies; close it."""

    def __init__(self, code: str, address: str) -> None:
        super().__init__(code)
        # An address of numbers keeps no cookies otherwise.
        self._session = ClientSession(address, cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "vi"})
        self._chat = ""
        self._page = ""
        self._cursor = ""

    async def close(self) -> None:
        await self._session.close()

    async def heard(self) -> str:
        return "\n".join([self._page, *(_words(row) for row in await self._rows())])

    async def _rows(self) -> list[dict[str, Any]]:
        """What the stream brings after the cursor until it says that the page is up to date."""
        rows: list[dict[str, Any]] = []
        if not self._chat:
            return rows
        async with self._session.ws_connect(f"{self._chat}stream?after={self._cursor}") as stream:
            while "ready" not in (event := await stream.receive_json()):
                if "row" in event:
                    rows.append(event["row"])
        return rows

    async def _moves_on(self) -> None:
        self._page = ""
        for row in await self._rows():
            self._cursor = row["cursor"]

    async def comes_with(self, code: str) -> None:
        async with self._session.get(f"/j/{code}", headers={"Accept": "text/html"}) as page:
            self._page = re.sub("<[^>]+>", " ", await page.text())
            if page.status != 200:
                return
        async with self._session.post(f"/j/{code}", data={"name": "Lan"}, allow_redirects=False) as joined:
            assert joined.status == 303
            self._chat = joined.headers["Location"]

    async def says(self, text: str) -> None:
        await self._posts({"text": text})

    async def photographs(self) -> None:
        await self._moves_on()
        form = FormData({"id": f"m{next(_IDS)}", "kind": "photo"})
        form.add_field("file", photo(), filename="hinh.jpg", content_type="image/jpeg")
        async with self._session.post(f"{self._chat}files", data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def offered(self, label: str) -> str | None:
        choices = [choice for row in await self._rows() for choice in row.get("choices", ())]
        return next((str(choice["id"]) for choice in choices if choice["label"].startswith(label)), None)

    async def chooses(self, choice: str) -> None:
        await self._posts({"choose": choice})

    async def _posts(self, content: dict[str, str]) -> None:
        await self._moves_on()
        async with self._session.post(f"{self._chat}say", json={"id": f"m{next(_IDS)}", **content}) as answer:
            assert answer.status == 200, await answer.text()


def _words(row: dict[str, Any]) -> str:
    """A message's text, and all that stands in its table."""
    return "\n".join([str(row["text"]), *(str(part) for part in row.get("table", {}).values())])
