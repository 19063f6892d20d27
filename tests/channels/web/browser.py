"""What a browser does, without the page's script: join, say, send, and listen to the stream."""

import asyncio
import json
from io import BytesIO
from itertools import count
from typing import Any

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient

from tests.conversation import Town
from tests.waiting import PATIENCE


class Browser:
    """One client with its cookies; `chat` is the path of the conversation that it joined."""

    def __init__(self, client: TestClient[Any, Any], place: Town) -> None:
        self.client = client
        self.place = place
        self.chat = ""
        self._ids = count()

    async def joins(self, role: str, unit: str) -> ClientResponse:
        code = self.place.invitation(role, unit)
        answer = await self.client.post(f"/j/{code}", data={"name": "Hoa"}, allow_redirects=False)
        assert answer.status == 303, await answer.text()
        self.chat = answer.headers["Location"]
        return answer

    async def says(self, text: str, message_id: str = "") -> ClientResponse:
        return await self.posts({"text": text}, message_id)

    async def presses(self, choice: str) -> ClientResponse:
        return await self.posts({"choose": choice})

    async def posts(self, content: dict[str, Any], message_id: str = "") -> ClientResponse:
        return await self.client.post(f"{self.chat}say", json={"id": message_id or self.new_id(), **content})

    async def uploads(self, name: str, data: bytes, kind: str = "photo", **fields: str) -> ClientResponse:
        form = FormData()
        for field, value in {"id": self.new_id(), "kind": kind, **fields}.items():
            form.add_field(field, value)
        form.add_field("file", BytesIO(data), filename=name, content_type="application/octet-stream")
        return await self.client.post(f"{self.chat}files", data=form, headers={"Accept-Language": "vi"})

    def new_id(self) -> str:
        return f"m{next(self._ids)}"

    async def listens(self, after: int = 0, last_event_id: str = "") -> "Stream":
        """Open the stream; it is up to date when this returns."""
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        response = await self.client.get(f"{self.chat}events?after={after}", headers=headers)
        assert response.status == 200
        assert response.content_type == "text/event-stream"
        return Stream(response)


class Stream:
    """Server-sent events, one after the other."""

    def __init__(self, response: ClientResponse) -> None:
        self._response = response

    async def next(self) -> dict[str, str]:
        """The next event by its fields; it must come."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            while True:
                line = (await self._response.content.readline()).decode().rstrip("\n")
                assert line or fields or not self._response.content.at_eof(), "the stream has ended"
                name, _, value = line.partition(": ")
                if line:
                    fields[name.rstrip(":")] = value
                elif set(fields) - {"retry"}:
                    return fields

    async def until(self, event: str) -> list[dict[str, Any]]:
        """All messages before the next event of this name."""
        rows = []
        while (fields := await self.next()).get("event") != event:
            if "event" not in fields:
                rows.append(json.loads(fields["data"]))
                assert fields["id"] == str(rows[-1]["id"])
        return rows

    async def message(self) -> dict[str, Any]:
        """The next message."""
        while "event" in (fields := await self.next()):
            continue
        found: dict[str, Any] = json.loads(fields["data"])
        return found

    def close(self) -> None:
        self._response.close()
