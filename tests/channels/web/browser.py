"""What a browser does, without the page's script: join, say, send, and listen to the stream."""

import asyncio
from io import BytesIO
from itertools import count
from typing import Any

from aiohttp import ClientResponse, ClientWebSocketResponse, FormData
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

    async def listens(self, after: str = "") -> "Stream":
        """Open the stream after a cursor."""
        return Stream(await self.client.ws_connect(f"{self.chat}stream", params={"after": after}))

    async def asks(self, after: str = "") -> list[dict[str, Any]]:
        """What a page without a stream is told."""
        answer = await self.client.get(f"{self.chat}stream", params={"after": after})
        assert answer.status == 200
        told: list[dict[str, Any]] = await answer.json()
        return told


class Stream:
    """A page's line, event by event."""

    def __init__(self, socket: "ClientWebSocketResponse[bool]") -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        """The next event; it must come."""
        async with asyncio.timeout(PATIENCE):
            event: dict[str, Any] = await self.socket.receive_json()
            return event

    async def until(self, name: str) -> list[dict[str, Any]]:
        """All messages before the next event of this name."""
        return rows_of(await self.events_until(name))

    async def events_until(self, name: str) -> list[dict[str, Any]]:
        """All events before the next of this name."""
        events = []
        while name not in (event := await self.next()):
            events.append(event)
        return events

    async def message(self) -> dict[str, Any]:
        """The next message."""
        while "row" not in (event := await self.next()):
            continue
        return dict(event["row"])

    async def close(self) -> None:
        await self.socket.close()


def rows_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages among events."""
    return [event["row"] for event in events if "row" in event]
